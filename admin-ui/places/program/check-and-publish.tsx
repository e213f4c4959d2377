import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Choices, Field } from '../../kit/fields.js';
import { Badge, Card, Empty, Note } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat as useFigures, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { MembersConcerned } from './members-concerned.js';
import { OutOfUse } from './out-of-use.js';
import { Problems } from './part-form.js';
import { ProblemList } from './problem-list.js';
import { startOfDay } from './start-of-day.js';
import { useDiff } from './use-diff.js';
import { useDraft } from './use-program.js';
import { PROGRAM } from './words.js';

/** Before it is live: what changes, who is concerned, what is wrong with it; then from when. */
export function CheckAndPublish() {
  const t = useWords(PROGRAM);
  const draft = useDraft();
  const edit = useMay()('edit-drafts');
  return (
    <Asked query={draft}>
      {(there) =>
        there === null ? (
          <Empty title={t('noDraft')} action={edit && <LinkButton to="/program/draft">{t('edit')}</LinkButton>}>
            {t('noDraftMore')}
          </Empty>
        ) : (
          <Checked hash={there.hash} />
        )
      }
    </Asked>
  );
}

function Checked({ hash }: { hash: string }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const may = useMay();
  const locale = useLanguage();
  const check = useQuery({
    queryKey: ['draft-check', hash, locale],
    queryFn: () => answered(api.POST('/api/v1/draft/check', { params: { query: { locale } } })),
  });
  return (
    <>
      <p className="program-bar">
        <Badge tone="draft">{t('draftHint')}</Badge>
      </p>
      <Changes from="live" to="draft" hash={hash} />
      <Asked query={check}>
        {({ fine, problems, failures, traps }) => (
          <>
            {fine && <Note tone="good">{t('fine')}</Note>}
            {problems.length > 0 && <Problems problems={problems} />}
            {failures.length > 0 && (
              <Note tone="bad">
                <strong>{t('failures')}</strong>
                <ul>
                  {failures.map(({ example, path, what, expected, got }, at) => (
                    <li key={at}>
                      {t('failure', { example, what, expected, got })} <code>{path}</code>
                    </li>
                  ))}
                </ul>
              </Note>
            )}
            {traps.length > 0 && (
              <Note tone="warning">
                <strong>{t('traps')}</strong>
                <ProblemList problems={traps} />
              </Note>
            )}
            {problems.length === 0 && may('see-reports') && <MembersConcerned key={hash} hash={hash} />}
            <OutOfUse to="draft" hash={hash} />
            {may('publish') && <Publishing hash={hash} fine={fine} />}
          </>
        )}
      </Asked>
    </>
  );
}

/** What is another, a sentence each, in the reader's language. */
export function Changes({ from, to, hash }: { from: 'live' | number; to: 'draft' | number; hash: string }) {
  const t = useWords(PROGRAM);
  const diff = useDiff(from, to, hash);
  return (
    <Card title={t('changes')}>
      <Asked query={diff}>
        {({ changes }) =>
          changes.length === 0 ? (
            <p>{t('noChanges')}</p>
          ) : (
            <ul className="rules-lines">
              {changes.map((change, at) => (
                <li key={at}>{change}</li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Card>
  );
}

function Publishing({ hash, fine }: { hash: string; fine: boolean }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const figures = useFigures();
  const known = useQueryClient();
  const tell = useToast();
  const navigate = useNavigate();
  const [when, setWhen] = useState<'now' | 'date'>('now');
  const [date, setDate] = useState('');
  const from = when === 'date' && date !== '' ? startOfDay(date, figures.zone) : null;
  const publish = useMutation({
    mutationFn: () =>
      answered(api.POST('/api/v1/publish', { body: { hash, ...(from ? { from: from.toISOString() } : {}) } })),
    onSuccess: async ({ version, from: since }) => {
      tell(t('published', { n: version, at: figures.moment(since) }));
      await known.invalidateQueries();
      await navigate('/program/versions');
    },
  });
  const text = from ? t('publishFrom', { at: figures.day(from) }) : t('publishNow');
  return (
    <Card title={t('publish')}>
      {publish.isError && <Failed error={publish.error} />}
      {!fine && <Note tone="warning">{t('fixFirst')}</Note>}
      <div className="form">
        <Choices
          label={t('publishAt')}
          value={when}
          onChange={(chosen) => setWhen(chosen)}
          options={[
            { value: 'now', text: t('atOnce') },
            { value: 'date', text: t('onDate') },
          ]}
        />
        {when === 'date' && (
          <Field type="date" label={t('date', { zone: figures.zone })} value={date} onChange={setDate} isRequired />
        )}
        <div className="actions">
          <Button
            look="primary"
            isDisabled={!fine || (when === 'date' && from === null)}
            isPending={publish.isPending}
            onPress={() => publish.mutate()}
          >
            {text}
          </Button>
        </div>
      </div>
    </Card>
  );
}
