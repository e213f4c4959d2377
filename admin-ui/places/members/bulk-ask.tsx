import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field, Select } from '../../kit/fields.js';
import { useDesk, useFormat, useWords } from '../../shell/desk-context.js';
import { balanceAfter } from './balance-after.js';
import { BULK } from './bulk-words.js';
import { useLooking, type Whom } from './use-bulk.js';
import { MEMBERS } from './words.js';

/** How many points each, and why: then one looks at what that would be in all. */
export function BulkAsk({ whom, onClose }: { whom: Whom; onClose(): void }) {
  const t = useWords(BULK);
  const m = useWords(MEMBERS);
  const format = useFormat();
  const { me } = useDesk();
  const navigate = useNavigate();
  const [wish, setWish] = useState({ unit: me.program.units[0]?.unit ?? 'points', points: '', reason: '' });
  const points = balanceAfter('0', wish.points)?.points ?? null;
  const typed = wish.points !== '' && wish.points !== '-';
  const look = useLooking();
  const go = (size: string) =>
    look.mutate(
      { ...wish, points: size, ...whom },
      { onSuccess: ({ id }) => void navigate(`/members/together/${id}`) },
    );
  return (
    <Dialog
      title={t('give')}
      open
      onClose={onClose}
      actions={
        <Button
          look="primary"
          isDisabled={points === null || wish.reason.trim() === ''}
          isPending={look.isPending}
          onPress={() => points !== null && go(points)}
        >
          {t('look')}
        </Button>
      }
    >
      {look.isError && <Failed error={look.error} />}
      <div className="form">
        {me.program.units.length > 1 && (
          <Select
            label={m('unit')}
            value={wish.unit}
            onChange={(unit) => setWish({ ...wish, unit })}
            options={me.program.units.map(({ unit }) => ({ value: unit, text: format.unitName(unit) }))}
          />
        )}
        <Field
          label={t('amount')}
          help={t('amountHelp')}
          autoFocus
          inputMode="text"
          value={wish.points}
          onChange={(typedNow) => setWish({ ...wish, points: typedNow })}
          error={typed && points === null ? m('amountWrong') : null}
        />
        <Field
          label={m('reason')}
          help={m('reasonHelp')}
          lines={2}
          value={wish.reason}
          onChange={(reason) => setWish({ ...wish, reason })}
        />
        <p className="lead">{t('lookHelp')}</p>
      </div>
    </Dialog>
  );
}
