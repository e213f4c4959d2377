import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { useWords } from '../../shell/desk-context.js';
import { balanceAfter } from './balance-after.js';
import { BULK_HOLD } from './bulk-hold-words.js';
import { BULK } from './bulk-words.js';
import { PointsFields, useNoPoints } from './points-fields.js';
import { useLooking, useLookingAtHold, type Whom } from './use-bulk.js';
import { MEMBERS } from './words.js';

/** How many points each, and why: then one looks at what that would be in all. */
export function BulkAsk({ whom, onClose }: { whom: Whom; onClose(): void }) {
  const t = useWords(BULK);
  const m = useWords(MEMBERS);
  const navigate = useNavigate();
  const [wish, setWish] = useState(useNoPoints());
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
        <PointsFields
          wish={wish}
          onChange={setWish}
          label={t('amount')}
          help={t('amountHelp')}
          error={typed && points === null ? m('amountWrong') : null}
        />
        <p className="lead">{t('lookHelp')}</p>
      </div>
    </Dialog>
  );
}

/** Why they are put on hold, or why that ends: then one looks at how many it would be. */
export function BulkHoldAsk({ whom, hold, onClose }: { whom: Whom; hold: boolean; onClose(): void }) {
  const t = useWords(BULK);
  const h = useWords(BULK_HOLD);
  const m = useWords(MEMBERS);
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const look = useLookingAtHold();
  const go = () =>
    look.mutate({ hold, reason, ...whom }, { onSuccess: ({ id }) => void navigate(`/members/together/${id}`) });
  return (
    <Dialog
      title={m(hold ? 'hold' : 'release')}
      open
      onClose={onClose}
      actions={
        <Button look="primary" isDisabled={reason.trim() === ''} isPending={look.isPending} onPress={go}>
          {t('look')}
        </Button>
      }
    >
      {look.isError && <Failed error={look.error} />}
      <div className="form">
        <p>{m(hold ? 'holdMeans' : 'releaseMeans')}</p>
        <Field label={m('reason')} help={h('holdReasonHelp')} autoFocus lines={2} value={reason} onChange={setReason} />
        <p className="lead">{h('lookHoldHelp')}</p>
      </div>
    </Dialog>
  );
}
