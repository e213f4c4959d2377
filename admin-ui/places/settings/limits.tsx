import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useDesk, useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { LIMITS } from './limits-words.js';

type Limit = operations['adjustmentLimits']['responses'][200]['content']['application/json']['limits'][number];

/** What each role gives and takes by hand: alone, at once, in a day. */
export function Limits() {
  const t = useWords(LIMITS);
  const api = useApi();
  const query = useQuery({
    queryKey: ['adjustment-limits'],
    queryFn: () => answered(api.GET('/api/v1/adjustment-limits')),
  });
  return (
    <Card title={t('limits')}>
      <p className="lead">{t('lead')}</p>
      <Asked query={query} rows={6}>
        {({ limits }) => (
          <div className="stack">
            {limits.map((limit) => (
              <OfRole key={limit.role} limit={limit} />
            ))}
          </div>
        )}
      </Asked>
    </Card>
  );
}

function OfRole({ limit }: { limit: Limit }) {
  const t = useWords(LIMITS);
  const mine = useMay()('manage-staff');
  const format = useFormat();
  const { me } = useDesk();
  const [wish, setWish] = useState({ alone: limit.alone ?? '', atOnce: limit.atOnce, aDay: limit.aDay });
  const save = useSaving(limit.role);
  if (!mine)
    return (
      <p>
        <strong>{t(limit.role)}</strong>:{' '}
        {[
          ...(limit.alone === null ? [] : [`${t('alone')} ${format.number(limit.alone)}`]),
          `${t('atOnce')} ${format.number(limit.atOnce)}`,
          `${t('aDay')} ${format.number(limit.aDay)}`,
        ].join(' · ')}
      </p>
    );
  const wrong = (text: string) => (/^\d{1,15}$/.test(text) ? null : t('whole'));
  const contradicts =
    wrong(wish.aDay) ?? (BigInt(wish.aDay) < BigInt(wrong(wish.atOnce) ? 0 : wish.atOnce) ? t('contradict') : null);
  const errors = { alone: wish.alone === '' ? null : wrong(wish.alone), atOnce: wrong(wish.atOnce), aDay: contradicts };
  const send = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ role: limit.role, ...wish, alone: wish.alone === '' ? null : wish.alone });
  };
  return (
    <form className="form" onSubmit={send}>
      <h3>{t(limit.role)}</h3>
      {save.isError && <Failed error={save.error} />}
      <div className="halves">
        <Field
          label={t('alone')}
          help={t('aloneHelp')}
          inputMode="numeric"
          value={wish.alone}
          error={errors.alone}
          onChange={(alone) => setWish({ ...wish, alone: alone.trim() })}
        />
        <Field
          label={t('atOnce')}
          inputMode="numeric"
          value={wish.atOnce}
          error={errors.atOnce}
          onChange={(atOnce) => setWish({ ...wish, atOnce: atOnce.trim() })}
        />
        <Field
          label={t('aDay')}
          help={t('aDayHelp', { zone: me.program.zone })}
          inputMode="numeric"
          value={wish.aDay}
          error={errors.aDay}
          onChange={(aDay) => setWish({ ...wish, aDay: aDay.trim() })}
        />
      </div>
      <div>
        <Button
          type="submit"
          isPending={save.isPending}
          isDisabled={Object.values(errors).some((error) => error !== null)}
        >
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function useSaving(role: Limit['role']) {
  const t = useWords(LIMITS);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  return useMutation({
    mutationFn: (body: Limit) => answered(api.PUT('/api/v1/adjustment-limits', { body })),
    onSuccess: (now) => {
      known.setQueryData(['adjustment-limits'], now);
      tell(t('saved', { role: t(role) }));
    },
  });
}
