import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { answered, ApiError } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Badge, Note } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { UnsavedGuard } from '../../kit/unsaved.js';
import { useApi, useDesk, useFormat as useFigures, useWords } from '../../shell/desk-context.js';
import { SHELL } from '../../shell/words.js';
import type { Thing } from './form/form-model.js';
import { PART_NAMES, type PartName } from './form/parts.js';
import { PartForm } from './part-form.js';
import { type Draft, useDraft, useLive } from './use-program.js';
import { PROGRAM } from './words.js';

/** The draft of the next version, as forms; begun from what is live where there is none. `only` = one part, for the place that is about it. */
export function Editor({ only }: { only?: PartName }) {
  const draft = useDraft();
  const live = useLive();
  return (
    <Asked query={live} rows={8}>
      {(program) => (
        <Asked query={draft} rows={8}>
          {(there) => <Editing there={there} live={program.file} {...(only ? { only } : {})} />}
        </Asked>
      )}
    </Asked>
  );
}

function Editing({ there, live, only }: { there: Draft | null; live: Thing; only?: PartName }) {
  const t = useWords(PROGRAM);
  const s = useWords(SHELL);
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const [seen, setSeen] = useState({ hash: there?.hash ?? null, file: (there?.file ?? live) as Thing });
  const [file, setFile] = useState(seen.file);
  const changed = JSON.stringify(file) !== JSON.stringify(seen.file);
  const begin = (draft: Draft | null) => {
    const now = { hash: draft?.hash ?? null, file: (draft?.file ?? live) as Thing };
    setSeen(now);
    setFile(now.file);
  };
  // another tab, or a file that was brought, changed the draft while nothing was changed here
  useEffect(() => {
    if (!changed && (there?.hash ?? null) !== seen.hash) begin(there);
  }, [there?.hash]);
  const save = useSaving(file, seen.hash, begin);
  const wanted = params.get('part');
  const part = only ?? PART_NAMES.find((name) => name === wanted) ?? 'earning';
  useSaveKey(changed, () => save.mutate(seen.hash));
  return (
    <>
      <UnsavedGuard changed={changed} />
      <div className="spread program-bar sticky">
        <Badge tone="draft">{t('draftHint')}</Badge>
        <div className="actions">
          {params.get('from') === 'set-up' && <LinkButton to="/set-up?step=try">← {s('setUp')}</LinkButton>}
          {seen.hash !== null && <LettingGo hash={seen.hash} done={() => begin(null)} />}
          <Button isDisabled={changed || seen.hash === null} onPress={() => void navigate('/program/check')}>
            {t('review')}
          </Button>
          <Button
            look="primary"
            isDisabled={!changed}
            isPending={save.isPending}
            onPress={() => save.mutate(seen.hash)}
          >
            {t('save')}
          </Button>
        </div>
      </div>
      {save.isError && <SaveFailed error={save.error} again={(hash) => save.mutate(hash)} taken={begin} />}
      {seen.hash === null && !changed && <p className="lead">{t('beginHint')}</p>}
      {only === undefined && (
        <div className="program-parts" role="group" aria-label={t('draft')}>
          {PART_NAMES.map((name) => (
            <button
              key={name}
              aria-pressed={name === part}
              onClick={() => setParams({ part: name }, { replace: true })}
            >
              {t(name)}
            </button>
          ))}
        </div>
      )}
      <PartForm key={part} part={part} file={file} onChange={setFile} />
    </>
  );
}

function useSaving(file: Thing, hash: string | null, kept: (draft: Draft) => void) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  return useMutation({
    mutationFn: (replaces: string | null = hash) => answered(api.PUT('/api/v1/draft', { body: { file, replaces } })),
    onSuccess: (draft) => {
      known.setQueryData(['draft'], draft);
      kept(draft);
      tell(t('saved'));
    },
  });
}

/** Ctrl Enter does the one primary thing. */
function useSaveKey(on: boolean, act: () => void) {
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}

interface ChangedBy {
  hash?: string | null;
  by?: string;
  author?: string | null;
  at?: string;
}

/** Somebody else saved meanwhile, or oneself in another window: both ways out, and nothing is lost before one is taken. */
function SaveFailed({
  error,
  again,
  taken,
}: {
  error: Error;
  again(hash: string | null): void;
  taken(draft: Draft | null): void;
}) {
  const t = useWords(PROGRAM);
  const figures = useFigures();
  const draft = useDraft();
  const { me } = useDesk();
  if (!(error instanceof ApiError) || error.code !== 'draft_changed') return <Failed error={error} />;
  const { hash = null, by = '?', author, at } = error.details as ChangedBy;
  const isOwn = by === `${me.by}:${me.id}`;
  const when = at === undefined ? '?' : figures.moment(at);
  return (
    <Note tone="warning" alert>
      <p>{isOwn ? t('conflictOwn', { at: when }) : t('conflict', { by: author ?? by, at: when })}</p>
      <div className="actions">
        <Button onPress={() => again(hash)}>{t(isOwn ? 'mineHere' : 'mine')}</Button>
        <Button onPress={() => void draft.refetch().then(({ data }) => taken(data ?? null))}>
          {t(isOwn ? 'mineThere' : 'theirs')}
        </Button>
      </div>
    </Note>
  );
}

function LettingGo({ hash, done }: { hash: string; done(): void }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const [asking, setAsking] = useState(false);
  const go = useMutation({
    mutationFn: () => answered(api.DELETE('/api/v1/draft', { params: { query: { hash } } })),
    onSuccess: () => {
      known.setQueryData(['draft'], null);
      setAsking(false);
      done();
      tell(t('discarded'));
    },
  });
  return (
    <>
      <Button look="quiet" onPress={() => setAsking(true)}>
        {t('discard')}
      </Button>
      <Dialog
        title={t('discard')}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <Button look="danger" isPending={go.isPending} onPress={() => go.mutate()}>
            {t('discard')}
          </Button>
        }
      >
        {go.isError && <Failed error={go.error} />}
        <p>{t('discardSure')}</p>
      </Dialog>
    </>
  );
}
