import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered, ApiError } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Checkbox } from '../../kit/fields.js';
import { Fact, Card, Empty, Note, Page } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { type Language, LANGUAGES } from '../../words/words.js';
import { Changes } from './changes.js';
import { DraftSentences } from './draft-sentences.js';
import { costOf } from './figures.js';
import { useBlocking } from './look-first.js';
import { asProgramFile, changedPromotions, onNewest, promotionName } from './program-file.js';
import { REPORT } from './report-words.js';
import { Running } from './running.js';
import { type Draft, type Programs, usePrograms, useSaveDraft } from './use-programs.js';
import { useSimulation } from './use-simulation.js';

/** The last look: what changes in four languages, what it costs, who loses, the ceiling. Then it is published. */
export function CheckPage() {
  const t = useWords(REPORT);
  const programs = usePrograms();
  return (
    <Page title={t('checkTitle')} lead={t('checkLead')}>
      <Asked query={programs} rows={6}>
        {(known) =>
          known.draft ? (
            <Check programs={known} draft={known.draft} />
          ) : (
            <Empty title={t('noDraft')} action={<LinkButton to="/promotions">{t('back')}</LinkButton>} />
          )
        }
      </Asked>
    </Page>
  );
}

function Check({ programs, draft }: { programs: Programs; draft: Draft }) {
  const t = useWords(REPORT);
  const may = useMay()('publish');
  const [anyway, setAnyway] = useState(false);
  const playing = useSimulation(draft, programs.live.published);
  const { simulation, stale } = playing;
  const check = useBlocking(draft);
  const isFresh = simulation?.status === 'done' && stale === null;
  return (
    <>
      <Words programs={programs} draft={draft} />
      <Card title={t('cost')}>
        {isFresh && simulation.report ? (
          <Costs simulation={simulation.report} programs={programs} draft={draft} />
        ) : (
          <>
            <Running playing={playing} again={() => playing.begin.mutate(null)} />
            {may && (
              <p>
                <Checkbox isSelected={anyway} onChange={setAnyway}>
                  {t('anyway')}
                </Checkbox>
              </p>
            )}
          </>
        )}
      </Card>
      {check.data?.fine === false && (
        <Note tone="bad" alert>
          {t('notFine')}
        </Note>
      )}
      <Publishing programs={programs} draft={draft} allowed={(isFresh || anyway) && check.data?.fine === true} />
    </>
  );
}

function Costs({
  simulation: report,
  programs,
  draft,
}: {
  simulation: Parameters<typeof costOf>[0];
  programs: Programs;
  draft: Draft;
}) {
  const t = useWords(REPORT);
  const format = useFormat();
  const language = useLanguage();
  const cost = costOf(report);
  const changed = changedPromotions(programs.live.file, draft.file);
  return (
    <>
      <dl className="facts">
        <Fact name={t('costAbout')}>{format.money(cost.cost)}</Fact>
        <Fact name={t('losers')}>{format.number(report.members.worse)}</Fact>
        <Fact name={t('winners')}>{format.number(report.members.better)}</Fact>
      </dl>
      {changed.map(({ id, ceiling }) => (
        <p key={id}>
          {promotionName(draft.file, id, language)}:{' '}
          {ceiling === undefined
            ? t('without')
            : 'money' in ceiling
              ? t('stopsAt', { money: format.money(ceiling.money) })
              : t('stopsAt', { money: format.points(ceiling.points) })}
        </p>
      ))}
    </>
  );
}

/** What shoppers will read of it in every language, and what else the draft changes. */
function Words({ programs, draft }: { programs: Programs; draft: Draft }) {
  const t = useWords(REPORT);
  const languages = Object.keys(LANGUAGES) as Language[];
  return (
    <>
      <Card title={t('forShoppers')}>
        {languages.map((locale) => (
          <div key={locale} lang={locale} className="in-language">
            <h3>{LANGUAGES[locale]}</h3>
            <DraftSentences programs={programs} draft={draft} language={locale} />
          </div>
        ))}
      </Card>
      <Card title={t('inWords')}>
        <Changes draft={draft} />
      </Card>
    </>
  );
}

function Publishing({ programs, draft, allowed }: { programs: Programs; draft: Draft; allowed: boolean }) {
  const t = useWords(REPORT);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const go = useNavigate();
  const may = useMay()('publish');
  const back = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/rollback', { body: { version: programs.live.version } })),
    onSuccess: async () => {
      await known.invalidateQueries();
      tell(t('rolledBack', { version: programs.live.version }));
    },
  });
  const publish = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/publish', { body: { hash: draft.hash } })),
    onSuccess: async ({ version }) => {
      void go('/promotions');
      await known.invalidateQueries();
      tell(t('published', { version }), { text: t('undo'), act: () => back.mutate() });
    },
  });
  if (!may) return <Note>{t('whoPublishes')}</Note>;
  const outdated = publish.error instanceof ApiError && publish.error.code === 'draft_outdated';
  return (
    <>
      {publish.error &&
        (outdated ? (
          <Outdated programs={programs} draft={draft} error={publish.error} />
        ) : (
          <Failed error={publish.error} />
        ))}
      <div className="actions">
        <Button look="primary" isDisabled={!allowed} isPending={publish.isPending} onPress={() => publish.mutate()}>
          {t('publish')}
        </Button>
        <LinkButton to="/promotions/draft">{t('back')}</LinkButton>
        <small>{t('undoHow')}</small>
      </div>
    </>
  );
}

/** Something was published since the draft was begun: says what, and puts the draft's promotions on top of it. */
function Outdated({ programs, draft, error }: { programs: Programs; draft: Draft; error: Error }) {
  const t = useWords(REPORT);
  const api = useApi();
  const save = useSaveDraft();
  const go = useNavigate();
  const changes = error instanceof ApiError && Array.isArray(error.details['changes']) ? error.details['changes'] : [];
  const renew = useMutation({
    mutationFn: async () => {
      const base = await answered(api.GET('/api/v1/versions/{version}', { params: { path: { version: draft.base } } }));
      const versions = await answered(api.GET('/api/v1/versions'));
      const latest = versions.versions.at(-1)?.version ?? programs.live.version;
      const newest = await answered(api.GET('/api/v1/versions/{version}', { params: { path: { version: latest } } }));
      const change = () => onNewest(asProgramFile(base.file), draft.file, asProgramFile(newest.file));
      return save.mutateAsync({ programs, change, base: latest });
    },
    onSuccess: () => void go('/promotions/draft'),
  });
  return (
    <Note tone="warning" alert>
      <p>{t('outdated')}</p>
      <ul>
        {changes.map((change) => (
          <li key={String(change)}>{String(change)}</li>
        ))}
      </ul>
      {renew.isError && <Failed error={renew.error} />}
      <Button isPending={renew.isPending} onPress={() => renew.mutate()}>
        {t('renew')}
      </Button>
    </Note>
  );
}
