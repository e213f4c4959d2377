import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../api/client.js';
import { Button } from '../kit/button.js';
import { Dialog } from '../kit/dialog.js';
import { Select } from '../kit/fields.js';
import { KIT } from '../kit/words.js';
import { type Language, LANGUAGES } from '../words/words.js';
import { useDesk, useWords } from './desk-context.js';
import { type Theme, themeNow, wear } from './theme.js';
import { Passkeys } from './passkeys.js';
import { SHELL } from './words.js';

/** Who is here, in which language and look; and the way out. */
export function AccountMenu() {
  const t = useWords(SHELL);
  const kit = useWords(KIT);
  const { me, api, host } = useDesk();
  const known = useQueryClient();
  const [open, setOpen] = useState(false);
  const [theme, setTheme] = useState<Theme>(themeNow);
  const speak = useMutation({
    mutationFn: (language: Language) => answered(api.PUT('/api/v1/me', { body: { language } })),
    onSuccess: (now) => known.setQueryData(['me'], now),
  });
  return (
    <>
      <Button onPress={() => setOpen(true)}>{me.name}</Button>
      <Dialog title={t('account')} open={open} onClose={() => setOpen(false)}>
        <p>
          {me.name} · {kit(`role_${me.role}`)}
          {me.email !== null && (
            <>
              <br />
              <small>{me.email}</small>
            </>
          )}
        </p>
        <Select
          label={t('language')}
          value={me.language}
          onChange={(language) => speak.mutate(language)}
          options={Object.entries(LANGUAGES).map(([value, text]) => ({ value: value as Language, text }))}
        />
        <Select
          label={t('theme')}
          value={theme}
          onChange={(chosen) => {
            wear(chosen);
            setTheme(chosen);
          }}
          options={(['system', 'light', 'dark'] as const).map((value) => ({ value, text: t(value) }))}
        />
        {!host.embedded && <Passkeys />}
        {host.leave && <Button onPress={() => void host.leave?.()}>{t('leave')}</Button>}
      </Dialog>
    </>
  );
}
