import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../api/client.js';
import { Asked, Failed } from '../kit/asked.js';
import { Button } from '../kit/button.js';
import { Field } from '../kit/fields.js';
import { Note } from '../kit/page.js';
import { useToast } from '../kit/toasts.js';
import { devicesMaySign, makeKey } from './ask-device.js';
import { useApi, useFormat, useWords } from './desk-context.js';
import { PASSKEY } from './passkey-words.js';

/** One's own passkeys: the devices that open the desk without a mail. */
export function Passkeys() {
  const t = useWords(PASSKEY);
  const api = useApi();
  const format = useFormat();
  const known = useQueryClient();
  const tell = useToast();
  const [name, setName] = useState(t('thisDevice'));
  const query = useQuery({ queryKey: ['passkeys'], queryFn: () => answered(api.GET('/api/v1/me/passkeys')) });
  const add = useMutation({
    mutationFn: async () => {
      const made = await makeKey(await answered(api.POST('/api/v1/me/passkeys/challenge')));
      return made && answered(api.POST('/api/v1/me/passkeys', { body: { ...made, name } }));
    },
    onSuccess: (now) => {
      if (!now) return;
      known.setQueryData(['passkeys'], now);
      tell(t('added'));
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => answered(api.DELETE('/api/v1/me/passkeys/{id}', { params: { path: { id } } })),
    onSuccess: (now) => {
      known.setQueryData(['passkeys'], now);
      tell(t('removed'));
    },
  });
  const error = add.error ?? remove.error;
  return (
    <section className="stack" aria-label={t('title')}>
      <h3>{t('title')}</h3>
      <p className="lead">{t('lead')}</p>
      {error && <Failed error={error} />}
      {add.data === null && <Note tone="warning">{t('not')}</Note>}
      <Asked query={query} rows={1}>
        {({ passkeys }) => (
          <ul className="rules-lines">
            {passkeys.map((one) => (
              <li key={one.id} className="spread">
                <span>
                  {one.name} <small>{one.used ? t('used', { at: format.moment(one.used) }) : t('unused')}</small>
                </span>
                <Button look="quiet" isPending={remove.isPending} onPress={() => remove.mutate(one.id)}>
                  {t('remove', { name: one.name })}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Asked>
      {!devicesMaySign() && <p className="help">{t('cannot')}</p>}
      {devicesMaySign() && (
        <div className="row ends">
          <Field label={t('name')} value={name} onChange={setName} maxLength={60} />
          <Button isPending={add.isPending} isDisabled={name.trim() === ''} onPress={() => add.mutate()}>
            {t('add')}
          </Button>
        </div>
      )}
    </section>
  );
}
