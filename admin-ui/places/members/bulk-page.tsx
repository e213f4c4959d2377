import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Field } from '../../kit/fields.js';
import { Card, Fact, Note, Page } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { ADJUST } from './adjust-words.js';
import { BulkState } from './bulk-list.js';
import { BULK_HOLD } from './bulk-hold-words.js';
import { Outcome, UnderWay, usePointsOf } from './bulk-outcome.js';
import { BULK } from './bulk-words.js';
import { type Bulk, useBulk, useBulkActs } from './use-bulk.js';
import { useMyLimits } from './use-adjusting.js';
import { withinLimits } from './within-limits.js';
import { MEMBERS } from './words.js';

/** Points for many members at once, or their hold: what it would be, then how far it is, what came out, and the way back. */
export function BulkPage() {
  const t = useWords(BULK);
  const { id = '' } = useParams();
  const one = useBulk(id);
  return (
    <Page title={t('title')} lead={<Link to="/members/together">{t('earlier')}</Link>}>
      <Asked query={one} rows={6}>
        {(of) => (
          <>
            <What of={of} />
            <UnderWay of={of} />
            <Outcome of={of} />
          </>
        )}
      </Asked>
    </Page>
  );
}

function What({ of }: { of: Bulk }) {
  const t = useWords(BULK);
  const a = useWords(ADJUST);
  const h = useWords(BULK_HOLD);
  const m = useWords(MEMBERS);
  const format = useFormat();
  const pointsOf = usePointsOf(of);
  const heading = of.kind === 'points' ? t('heading', { points: pointsOf(of.points) }) : h(`kind_${of.kind}`);
  return (
    <Card title={heading} actions={<Steps of={of} />}>
      <p className="member-why">{of.reason}</p>
      <dl className="facts">
        <Fact name={t('was')}>
          <BulkState state={of.state} />
        </Fact>
        <Fact name={t('members')}>{format.number(of.members)}</Fact>
        {of.kind === 'points' && <Fact name={t('inAll')}>{pointsOf(of.total)}</Fact>}
        {of.worth && <Fact name={t('costs')}>{format.money(of.worth.minor, of.worth)}</Fact>}
      </dl>
      {of.state !== 'looked' && (
        <p className="lead">{a('askedBy', { who: of.asked.who, at: format.moment(of.asked.at) })}</p>
      )}
      {of.short > 0 && <p className="lead">{t('short', { n: of.short })}</p>}
      {of.leftOut > 0 && (
        <p className="lead">
          {of.kind === 'points' ? t('leftOut', { n: of.leftOut }) : h(`leftOut_${of.kind}`, { n: of.leftOut })}
        </p>
      )}
      {of.state === 'looked' && of.kind === 'points' && <Judged of={of} />}
      {of.state === 'looked' && of.kind !== 'points' && (
        <p className="lead">{m(of.kind === 'hold' ? 'holdMeans' : 'releaseMeans')}</p>
      )}
      {of.state === 'waiting' && of.mine && <Note tone="pending">{a('willWait')}</Note>}
      {of.decided && !['refused', 'withdrawn'].includes(of.state) && (
        <p className="lead">{t('agreedBy', { who: of.decided.who, at: format.moment(of.decided.at) })}</p>
      )}
      {of.state === 'refused' && of.decided && (
        <Note tone="bad">{t('refusedBy', { who: of.decided.who, said: of.said ?? '' })}</Note>
      )}
      {of.error !== null && <Note tone="bad">{of.error}</Note>}
    </Card>
  );
}

/** The limits of whoever looks hold for the sum. */
function useJudged(of: Bulk) {
  const limits = useMyLimits();
  if (of.unit === null) return { limits: null, judged: withinLimits('0', null) };
  const left = limits?.left[of.unit] ?? '0';
  return { limits: limits && { ...limits, left }, judged: withinLimits(of.total, limits && { ...limits, left }) };
}

function Judged({ of }: { of: Bulk }) {
  const a = useWords(ADJUST);
  const format = useFormat();
  const { limits, judged } = useJudged(of);
  const { unit } = of;
  if (!limits || unit === null) return null;
  const count = (points: string) => format.points(points, unit);
  return (
    <>
      {judged === 'waits' && <Note tone="pending">{a('willWait')}</Note>}
      {judged === 'too-much' && <Note tone="bad">{a('tooMuch', { atOnce: count(limits.atOnce) })}</Note>}
      {judged === 'too-much-today' && <Note tone="bad">{a('tooMuchToday', { left: count(limits.left) })}</Note>}
      <p className="lead">
        {limits.alone !== null && `${a('alone', { alone: count(limits.alone) })} `}
        {a('left', { left: count(limits.left) })}
      </p>
    </>
  );
}

/** What the reader may do with it now. */
function Steps({ of }: { of: Bulk }) {
  const may = useMay();
  const second = may('approve-adjustments');
  if (of.state === 'looked') return of.mine ? <Start of={of} /> : null;
  if (of.state === 'waiting')
    return (
      <>
        {/* a second person who does not want it refuses, and says why */}
        {of.mine ? <Withdraw of={of} /> : second && <Decide of={of} />}
      </>
    );
  const isUndoable = ['done', 'stopped', 'failed'].includes(of.state) && of.given.members > 0;
  return isUndoable && (of.mine || second) ? <Undo of={of} /> : null;
}

function Start({ of }: { of: Bulk }) {
  const t = useWords(BULK);
  const format = useFormat();
  const tell = useToast();
  const h = useWords(BULK_HOLD);
  const navigate = useNavigate();
  const { judged } = useJudged(of);
  const { start, cancel } = useBulkActs(of.id);
  const discard = () =>
    cancel.mutate(undefined, {
      onSuccess: () => {
        tell(t('discarded'));
        void navigate('/members');
      },
    });
  const begin = () =>
    start.mutate(undefined, {
      onSuccess: ({ state }) => tell(state === 'waiting' ? t('askedNow') : t('started', { n: of.members })),
    });
  return (
    <>
      {(start.error ?? cancel.error) && <Failed error={(start.error ?? cancel.error)!} />}
      <Button look="quiet" isPending={cancel.isPending} onPress={discard}>
        {t('discard')}
      </Button>
      <Button
        look="primary"
        isDisabled={judged === 'too-much' || judged === 'too-much-today'}
        isPending={start.isPending}
        onPress={begin}
      >
        {of.kind === 'points'
          ? t(judged === 'waits' ? 'ask' : 'go', { n: of.members, points: format.signed(of.points) })
          : h(`go_${of.kind}`, { n: of.members })}
      </Button>
    </>
  );
}

function Withdraw({ of }: { of: Bulk }) {
  const a = useWords(ADJUST);
  const tell = useToast();
  const { cancel } = useBulkActs(of.id);
  return (
    <Button
      isPending={cancel.isPending}
      onPress={() => cancel.mutate(undefined, { onSuccess: () => tell(a('withdrawn')) })}
    >
      {a('withdraw')}
    </Button>
  );
}

function Decide({ of }: { of: Bulk }) {
  const t = useWords(BULK);
  const a = useWords(ADJUST);
  const tell = useToast();
  const { decide } = useBulkActs(of.id);
  const pointsOf = usePointsOf(of);
  const [refusing, setRefusing] = useState(false);
  const [said, setSaid] = useState('');
  const say = (approve: boolean) =>
    decide.mutate(
      { approve, said: approve ? '' : said },
      {
        onSuccess: () => {
          tell(approve ? t('agreedNow') : a('refusedNow'));
          setRefusing(false);
        },
      },
    );
  return (
    <>
      {decide.isError && !refusing && <Failed error={decide.error} />}
      <Button onPress={() => setRefusing(true)}>{a('refuse')}</Button>
      <Button look="primary" isPending={decide.isPending} onPress={() => say(true)}>
        {of.kind === 'points' ? a('agree', { points: pointsOf(of.total) }) : t('agree')}
      </Button>
      <Dialog
        title={a('refuse')}
        open={refusing}
        onClose={() => setRefusing(false)}
        actions={
          <Button look="danger" isPending={decide.isPending} onPress={() => say(false)}>
            {a('refuse')}
          </Button>
        }
      >
        {decide.isError && <Failed error={decide.error} />}
        <Field
          label={a('whyNot')}
          help={a('whyNotHelp', { who: of.asked.who })}
          autoFocus
          lines={2}
          value={said}
          onChange={setSaid}
        />
      </Dialog>
    </>
  );
}

function Undo({ of }: { of: Bulk }) {
  const t = useWords(BULK);
  const h = useWords(BULK_HOLD);
  const tell = useToast();
  const { undo } = useBulkActs(of.id);
  const [asking, setAsking] = useState(false);
  const back = () =>
    undo.mutate(t('undone', { reason: of.reason }).slice(0, 500), {
      onSuccess: () => {
        tell(t('undoing'));
        setAsking(false);
      },
    });
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t('undo')}</Button>
      <Dialog
        title={t('undo')}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <Button look="danger" isPending={undo.isPending} onPress={back}>
            {t('undo')}
          </Button>
        }
      >
        {undo.isError && <Failed error={undo.error} />}
        <p>{of.kind === 'points' ? t('undoSure') : h(`undoSure_${of.kind}`)}</p>
      </Dialog>
    </>
  );
}
