import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Card, Note, Page } from '../../kit/page.js';
import { type Command, useCommands } from '../../shell/commands.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { ConflictText } from './conflict-text.js';
import { DraftCard } from './draft-card.js';
import { addMonths } from './month.js';
import { MonthView } from './month-view.js';
import type { ProgramFile } from './program-file.js';
import { PromotionList } from './promotion-list.js';
import { usePrograms } from './use-programs.js';
import { PROMOTIONS } from './words.js';

/** The month, what is in work, how promotions get along, and each of them with what can be done to it. */
export function Overview() {
  const t = useWords(PROMOTIONS);
  const edits = useMay()('edit-drafts');
  const [search, setSearch] = useSearchParams();
  const { zone, today } = useFormat();
  const month = search.get('month') ?? today().slice(0, 7);
  const isList = search.get('view') === 'list';
  const programs = usePrograms();
  const show = (wish: Record<string, string>) =>
    setSearch((now) => ({ ...Object.fromEntries(now), ...wish }), { replace: true });
  useCreateCommand();
  return (
    <Page
      title={t('title')}
      lead={t('lead', { zone })}
      actions={
        edits && (
          <LinkButton look="primary" to="/promotions/new">
            {t('new')}
          </LinkButton>
        )
      }
    >
      <div className="spread promotion-bar">
        <div className="actions" role="group" aria-label={t('view')}>
          {(['month', 'list'] as const).map((view) => (
            <Button
              key={view}
              look={(view === 'list') === isList ? 'plain' : 'quiet'}
              aria-pressed={(view === 'list') === isList}
              onPress={() => show({ view })}
            >
              {t(view)}
            </Button>
          ))}
        </div>
        {!isList && (
          <div className="actions">
            <Button aria-label={t('monthBefore')} onPress={() => show({ month: addMonths(month, -1) })}>
              ‹
            </Button>
            <strong className="month-name" aria-live="polite">
              <MonthName month={month} />
            </strong>
            <Button aria-label={t('monthAfter')} onPress={() => show({ month: addMonths(month, 1) })}>
              ›
            </Button>
          </div>
        )}
      </div>
      <Asked query={programs} rows={8}>
        {(known) => (
          <>
            {!isList && <MonthView month={month} programs={known} />}
            <DraftCard programs={known} />
            <Conflicts isDraft={known.draft !== null} file={(known.draft ?? known.live).file} />
            <PromotionList programs={known} />
          </>
        )}
      </Asked>
    </Page>
  );
}

function useCreateCommand() {
  const t = useWords(PROMOTIONS);
  const go = useNavigate();
  const edits = useMay()('edit-drafts');
  const commands = useMemo<Command[]>(
    () =>
      edits ? [{ id: 'new-promotion', text: t('new'), group: t('title'), act: () => void go('/promotions/new') }] : [],
    // the words are those of one language as long as the place is shown
    [edits],
  );
  useCommands(commands);
}

function MonthName({ month }: { month: string }) {
  const language = useLanguage();
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
}

/** Promotions that meet on one order, each pair in a sentence with the order that shows it. */
function Conflicts({ isDraft, file }: { isDraft: boolean; file: ProgramFile }) {
  const t = useWords(PROMOTIONS);
  const api = useApi();
  const locale = useLanguage();
  const conflicts = useQuery({
    queryKey: ['promotions', 'conflicts', isDraft],
    queryFn: () =>
      answered(api.GET('/api/v1/conflicts', { params: { query: { locale, ...(isDraft ? { of: 'draft' } : {}) } } })),
  });
  const found = conflicts.data?.conflicts ?? [];
  if (found.length === 0) return null;
  return (
    <Card title={t('conflicts', { n: found.length })}>
      {found.map(({ steps, ...conflict }) => (
        <Note key={`${conflict.first} ${conflict.second} ${conflict.unit}`} tone="warning">
          <ConflictText conflict={conflict} file={file} />
          <details>
            <summary>{t('howComputed')}</summary>
            <ul>
              {steps.map((step, at) => (
                <li key={at}>{step}</li>
              ))}
            </ul>
          </details>
        </Note>
      ))}
    </Card>
  );
}
