import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { Asked, Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Badge, Card, Empty, Note, Page } from '../../kit/page.js';
import { Progress } from '../../kit/progress.js';
import { useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { changedPromotions, promotionName } from './program-file.js';
import { ReportBlocks } from './report-blocks.js';
import { REPORT } from './report-words.js';
import { type Draft, type Programs, usePrograms } from './use-programs.js';
import { useSimulation } from './use-simulation.js';

/** The draft, what it would have done to the last ninety days, and the way to publish it. */
export function DraftPage() {
  const t = useWords(REPORT);
  const programs = usePrograms();
  return (
    <Asked query={programs} rows={10}>
      {(known) =>
        known.draft ? (
          <Drafted programs={known} draft={known.draft} />
        ) : (
          <Page title={t('title')}>
            <Card>
              <Empty title={t('noDraft')} action={<LinkButton to="/promotions/new">{t('newOne')}</LinkButton>}>
                {t('noDraftMore')}
              </Empty>
            </Card>
          </Page>
        )
      }
    </Asked>
  );
}

function Drafted({ programs, draft }: { programs: Programs; draft: Draft }) {
  const t = useWords(REPORT);
  const language = useLanguage();
  const may = useMay();
  const go = useNavigate();
  const changed = changedPromotions(programs.live.file, draft.file);
  const names = changed.map(({ id }) => promotionName(draft.file, id, language)).join(', ');
  const playing = useSimulation(draft, programs.live.published);
  const again = () => playing.begin.mutate(null);
  useKeys({ again, check: () => void go('/promotions/publish') });
  return (
    <Page
      title={names === '' ? t('title') : names}
      lead={<Badge tone="draft">{t('draftOnly')}</Badge>}
      actions={
        <>
          {may('edit-drafts') && changed[0] && (
            <LinkButton to={`/promotions/edit/${encodeURIComponent(changed[0].id)}`}>{t('edit')}</LinkButton>
          )}
          {may('publish') ? (
            <LinkButton look="primary" to="/promotions/publish">
              {t('check')}
            </LinkButton>
          ) : (
            <small>{t('whoPublishes')}</small>
          )}
        </>
      }
    >
      <Running playing={playing} again={again} />
      {playing.simulation?.report && (
        <ReportBlocks
          simulation={playing.simulation}
          report={playing.simulation.report}
          programs={programs}
          draft={draft}
        />
      )}
    </Page>
  );
}

type Playing = ReturnType<typeof useSimulation>;

/** How far it is, what became of it, and whether it still speaks of this draft. */
function Running({ playing, again }: { playing: Playing; again(): void }) {
  const t = useWords(REPORT);
  const format = useFormat();
  const may = useMay()('edit-drafts');
  const { simulation, stale, begin, stop, failure, underWay } = playing;
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
          <p>{t('failed', { why: simulation.error ?? '' })}</p>
          {runAgain}
        </Note>
      )}
      {simulation?.status === 'cancelled' && (
        <Note>
          <p>{t('stopped')}</p>
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

/** R runs again, Ctrl Enter opens the check page; never while something is being written. */
function useKeys({ again, check }: { again(): void; check(): void }) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isWriting = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) check();
      else if (event.key === 'r' && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) again();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
