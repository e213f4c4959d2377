import { Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Note } from '../../kit/page.js';
import { Progress } from '../../kit/progress.js';
import { useFormat, useMay, useWords } from '../../shell/desk-context.js';
import { REPORT } from './report-words.js';
import type { useSimulation } from './use-simulation.js';

type Playing = ReturnType<typeof useSimulation>;

/** How far it is, what became of it, and whether it still speaks of this draft; `below` = the report of one before it stands beneath. */
export function Running({ playing, again, below = false }: { playing: Playing; again(): void; below?: boolean }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const may = useMay()('edit-drafts');
  const { simulation, shown, stale, begin, stop, failure, underWay } = playing;
  const before = below && shown && shown.id !== simulation?.id && (
    <p>{t('before', { at: format.moment(shown.askedAt) })}</p>
  );
  const runAgain = may && (
    <Button onPress={again} isPending={begin.isPending} aria-keyshortcuts="R">
      {t('again')}
    </Button>
  );
  return (
    <>
      {[failure, begin.error, stop.error].map((error, at) => error && <Failed key={at} error={error} />)}
      {underWay && simulation && (
        <section className="card draft">
          <Progress
            label={
              simulation.total === null
                ? t('waits')
                : // a ceiling makes it go through everybody twice: a count of members would be of nobody's
                  t('playing', { share: format.percent(simulation.done / Math.max(1, simulation.total)) })
            }
            share={simulation.total === null ? null : simulation.done / Math.max(1, simulation.total)}
          />
          {may && (
            <Button onPress={() => stop.mutate(simulation.id)} isPending={stop.isPending}>
              {t('stop')}
            </Button>
          )}
        </section>
      )}
      {simulation === null && !underWay && <Note>{t('startsSoon')}</Note>}
      {simulation?.status === 'failed' && (
        <Note tone="bad" alert>
          <p>{t('failed')}</p>
          {/* as the service wrote it into its log, where it is looked for */}
          <p className="quiet-text" lang="en">
            {simulation.error}
          </p>
          {before}
          {runAgain}
        </Note>
      )}
      {simulation?.status === 'cancelled' && (
        <Note>
          <p>{t('stopped')}</p>
          {before}
          {runAgain}
        </Note>
      )}
      {simulation?.status === 'done' && stale !== null && (
        <Note tone="warning" alert>
          <p>{t('stale', { what: t(`stale_${stale}`, { n: simulation.newOrders }) })}</p>
          {runAgain}
        </Note>
      )}
      {simulation?.status === 'done' && simulation.report?.orders.counted === 0 && simulation.made === null && may && (
        <Note>
          <p>{t('noPast')}</p>
          <Button onPress={() => begin.mutate({ members: 500 })}>{t('sample')}</Button>
        </Note>
      )}
    </>
  );
}
