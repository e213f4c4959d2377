import { useState } from 'react';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Note } from '../../kit/page.js';
import { useFormat, useWords } from '../../shell/desk-context.js';
import { ADJUST } from './adjust-words.js';
import { balanceAfter } from './balance-after.js';
import type { Person } from './member-page.js';
import { PointsFields, useNoPoints } from './points-fields.js';
import { useAdjusting, useMyLimits } from './use-adjusting.js';
import { type Limits, withinLimits } from './within-limits.js';
import { MEMBERS } from './words.js';

/** Gives or takes by hand: with a reason that the member reads, and the balance before and after seen first. */
export function Adjust({ person, onClose }: { person: Person; onClose(): void }) {
  const t = useWords(MEMBERS);
  const a = useWords(ADJUST);
  const format = useFormat();
  const [wish, setWish] = useState(useNoPoints());
  const change = balanceAfter(person.balances[wish.unit]?.available ?? '0', wish.points);
  const limits = useMyLimits();
  const left = limits?.left[wish.unit] ?? '0';
  const judged = withinLimits(change?.points ?? '0', limits && { ...limits, left });
  const send = useAdjusting(person.id, { ...wish, points: change?.points ?? '0' }, onClose);
  const points = (n: string) => format.points(n, wish.unit);
  const typed = wish.points !== '' && wish.points !== '-';
  const wrong = {
    fits: null,
    waits: null,
    'too-much': a('tooMuch', { atOnce: points(limits?.atOnce ?? '0') }),
    'too-much-today': a('tooMuchToday', { left: points(left) }),
  }[judged];
  return (
    <Dialog
      title={t('adjust')}
      open
      onClose={onClose}
      actions={
        <Button
          look="primary"
          isDisabled={change === null || wish.reason.trim() === '' || wrong !== null}
          isPending={send.isPending}
          onPress={() => send.mutate()}
        >
          {change === null
            ? t('adjust')
            : judged === 'waits'
              ? a('ask', { points: format.signed(change.points) })
              : format.signed(change.points)}
        </Button>
      }
    >
      {send.isError && <Failed error={send.error} />}
      <div className="form">
        <PointsFields
          wish={wish}
          onChange={setWish}
          label={t('amount')}
          help={t('amountHelp')}
          error={typed && change === null ? t('amountWrong') : wrong}
        />
        <Outcome change={change} judged={judged} limits={limits && { ...limits, left }} count={points} />
      </div>
    </Dialog>
  );
}

interface OutcomeProps {
  change: ReturnType<typeof balanceAfter>;
  judged: ReturnType<typeof withinLimits>;
  limits: Limits | null;
  count(points: string): string;
}

/** What the balance will be, whether a second person has to agree first, and what the reader may give. */
function Outcome({ change, judged, limits, count }: OutcomeProps) {
  const a = useWords(ADJUST);
  const format = useFormat();
  return (
    <>
      {change && (
        <p role="status">
          <strong>
            {format.number(change.before)} → {format.number(change.after)}
          </strong>
        </p>
      )}
      {judged === 'waits' && <Note tone="pending">{a('willWait')}</Note>}
      {limits && (
        <p className="lead">
          {limits.alone !== null && `${a('alone', { alone: count(limits.alone) })} `}
          {a('left', { left: count(limits.left) })}
        </p>
      )}
    </>
  );
}
