import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useWords } from '../shell/desk-context.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { KIT } from './words.js';

/** Asks before changes are left behind, also when the window is closed. */
export function UnsavedGuard({ changed }: { changed: boolean }) {
  const t = useWords(KIT);
  const blocker = useBlocker(changed);
  useEffect(() => {
    if (!changed) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [changed]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog
      title={t('unsaved')}
      open
      onClose={() => blocker.reset()}
      actions={
        <Button look="danger" onPress={() => blocker.proceed()}>
          {t('discard')}
        </Button>
      }
    >
      <p>{t('unsavedMore')}</p>
    </Dialog>
  );
}
