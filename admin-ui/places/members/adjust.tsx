import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { answered } from '../../api/client.js';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field, Select } from '../../kit/fields.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { balanceAfter } from './balance-after.js';
import type { Person } from './member-page.js';
import { MEMBERS } from './words.js';

/** Gives or takes by hand: with a reason that the member reads, and the balance before and after seen first. */
export function Adjust({ person, onClose }: { person: Person; onClose(): void }) {
  const t = useWords(MEMBERS);
  const format = useFormat();
  const { me } = useDesk();
  const [wish, setWish] = useState({ unit: me.program.units[0]?.unit ?? 'points', points: '', reason: '' });
  const change = balanceAfter(person.balances[wish.unit]?.available ?? '0', wish.points);
  const send = useAdjusting(person, { ...wish, points: change?.points ?? '0' }, onClose);
  return (
    <Dialog
      title={t('adjust')}
      open
      onClose={onClose}
      actions={
        <Button
          look="primary"
          isDisabled={change === null || wish.reason.trim() === ''}
          isPending={send.isPending}
          onPress={() => send.mutate()}
        >
          {change === null ? t('adjust') : format.signed(change.points)}
        </Button>
      }
    >
      {send.isError && <Failed error={send.error} />}
      <div className="form">
        {me.program.units.length > 1 && (
          <Select
            label={t('unit')}
            value={wish.unit}
            onChange={(unit) => setWish({ ...wish, unit })}
            options={me.program.units.map(({ unit }) => ({ value: unit, text: format.points(2, unit) }))}
          />
        )}
        <Field
          label={t('amount')}
          help={t('amountHelp')}
          autoFocus
          inputMode="text"
          value={wish.points}
          onChange={(points) => setWish({ ...wish, points })}
          error={wish.points !== '' && wish.points !== '-' && change === null ? t('amountWrong') : null}
        />
        <Field
          label={t('reason')}
          help={t('reasonHelp')}
          lines={2}
          value={wish.reason}
          onChange={(reason) => setWish({ ...wish, reason })}
        />
        {change && (
          <p role="status">
            <strong>
              {format.number(change.before)} → {format.number(change.after)}
            </strong>
          </p>
        )}
      </div>
    </Dialog>
  );
}

function useAdjusting({ id }: Person, wish: { unit: string; points: string; reason: string }, onDone: () => void) {
  const t = useWords(MEMBERS);
  const api = useApi();
  const format = useFormat();
  const tell = useToast();
  const known = useQueryClient();
  // sent again after a failure it is the same act
  const act = useMemo(() => `desk-${crypto.randomUUID()}`, []);
  return useMutation({
    mutationFn: () =>
      answered(api.POST('/api/v1/members/{id}/adjustments', { params: { path: { id } }, body: { ...wish, id: act } })),
    onSuccess: async () => {
      tell(t('adjusted', { points: format.signed(wish.points) }));
      await known.invalidateQueries({ queryKey: ['member', id] });
      await known.invalidateQueries({ queryKey: ['member-history', id] });
      onDone();
    },
  });
}
