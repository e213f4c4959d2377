import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Card, Note } from '../../kit/page.js';
import { Progress } from '../../kit/progress.js';
import { useToast } from '../../kit/toasts.js';
import { useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { BULK_HOLD } from './bulk-hold-words.js';
import { BULK } from './bulk-words.js';
import { type Bulk, useBulkActs } from './use-bulk.js';

/** `+1,200 points`, of points in all or of each. */
export function usePointsOf({ unit, points }: Bulk) {
  const format = useFormat();
  const sign = points.startsWith('-') ? '−' : '+';
  return (many: string) => `${sign}${unit === null ? many : format.points(many.replace('-', ''), unit)}`;
}

/** How far it is, and the way to stop it. */
export function UnderWay({ of }: { of: Bulk }) {
  const h = useWords(BULK_HOLD);
  const t = useWords(BULK);
  const format = useFormat();
  const may = useMay();
  const tell = useToast();
  const { cancel } = useBulkActs(of.id);
  if (of.progress === null) return null;
  const isBack = of.state === 'undoing';
  const count = isBack
    ? { done: format.number(of.undone), all: format.number(of.given.members) }
    : { done: format.number(of.given.members), all: format.number(of.members) };
  return (
    <Card>
      <div className="stack">
        <Progress label={t(isBack ? 'back' : 'far', count)} share={of.progress} />
        <p className="help">{t('leaveIt')}</p>
        {cancel.isError && <Failed error={cancel.error} />}
        {!isBack && (of.mine || may('approve-adjustments')) && (
          <Button
            isPending={cancel.isPending}
            onPress={() =>
              cancel.mutate(undefined, {
                onSuccess: () => tell(of.kind === 'points' ? t('stopped') : h('stoppedHold')),
              })
            }
          >
            {t('stop')}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** What came of it. */
export function Outcome({ of }: { of: Bulk }) {
  const h = useWords(BULK_HOLD);
  const t = useWords(BULK);
  const format = useFormat();
  const pointsOf = usePointsOf(of);
  if (!['done', 'stopped', 'undone', 'failed'].includes(of.state)) return null;
  const worth = of.given.worth ? ` (${format.money(of.given.worth.minor, of.given.worth)})` : '';
  const said = {
    ...{ n: of.given.members, all: format.number(of.members) },
    points: `${pointsOf(of.given.points)}${worth}`,
  };
  const isUndone = of.state === 'undone';
  const which = of.state === 'done' ? ('Done' as const) : ('Stopped' as const);
  const changed = of.given.members - of.undone;
  return (
    <Card>
      <Note tone={of.state === 'done' ? 'good' : 'warning'}>
        {of.kind === 'points'
          ? t(isUndone ? 'summaryUndone' : `summary${which}`, isUndone ? { n: of.undone } : said)
          : h(isUndone ? 'summaryUndoneHold' : `summary${which}_${of.kind}`, isUndone ? { n: of.undone } : said)}
        {isUndone && of.kind !== 'points' && changed > 0 && ` ${h('changedSince', { n: changed })}`}
      </Note>
    </Card>
  );
}
