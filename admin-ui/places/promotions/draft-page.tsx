import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { Asked } from '../../kit/asked.js';
import { LinkButton } from '../../kit/button.js';
import { Badge, Card, Empty, Page } from '../../kit/page.js';
import { useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { changedPromotions, promotionName } from './program-file.js';
import { ReportBlocks } from './report-blocks.js';
import { REPORT } from './report-words.js';
import { Running } from './running.js';
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
      <Running playing={playing} again={again} below />
      {playing.shown?.report && (
        <ReportBlocks simulation={playing.shown} report={playing.shown.report} programs={programs} draft={draft} />
      )}
    </Page>
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
