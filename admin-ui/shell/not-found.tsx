import { useRouteError } from 'react-router';
import { Button, LinkButton } from '../kit/button.js';
import { Empty } from '../kit/page.js';
import { useWords } from './desk-context.js';
import { SHELL } from './words.js';

export function NotFound() {
  const t = useWords(SHELL);
  return (
    <Empty title={t('notFound')} action={<LinkButton to="/">{t('goHome')}</LinkButton>}>
      {t('notFoundMore')}
    </Empty>
  );
}

/** A defect in one place leaves the rest of the desk standing. */
export function Broken() {
  const t = useWords(SHELL);
  const error = useRouteError();
  return (
    <Empty title={t('broken')} action={<Button onPress={() => location.reload()}>{t('reload')}</Button>}>
      {error instanceof Error ? error.message : ''}
    </Empty>
  );
}
