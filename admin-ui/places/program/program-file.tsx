import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Field, Select } from '../../kit/fields.js';
import { Card } from '../../kit/page.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useMay, useWords } from '../../shell/desk-context.js';
import { Problems } from './part-form.js';
import { problemsOf, useDraft, useLive } from './use-program.js';
import { PROGRAM } from './words.js';

/** The program as one file, there and back (T14). */
export function ProgramFile() {
  const t = useWords(PROGRAM);
  const draft = useDraft();
  const edit = useMay()('edit-drafts');
  return (
    <>
      <p className="lead">{t('fileLead')}</p>
      <div className="halves">
        <Down hasDraft={Boolean(draft.data)} />
        {edit && <Asked query={draft}>{(there) => <Up replaces={there?.hash ?? null} />}</Asked>}
      </div>
    </>
  );
}

function Down({ hasDraft }: { hasDraft: boolean }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const live = useLive();
  const draft = useDraft();
  const [of, setOf] = useState<'live' | 'draft'>('live');
  const load = useMutation({
    mutationFn: async (as: 'yaml' | 'json') => {
      const { text } = await answered(api.GET('/api/v1/program-text', { params: { query: { of, as } } }));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      link.download = `program${of === 'draft' ? '-draft' : ''}.${as}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  });
  const hash = of === 'draft' ? draft.data?.hash : live.data?.hash;
  return (
    <Card title={t('file')}>
      <div className="form">
        {load.isError && <Failed error={load.error} />}
        {hasDraft && (
          <Select
            label={t('of')}
            value={of}
            onChange={(chosen) => setOf(chosen)}
            options={[
              { value: 'live', text: t('live') },
              { value: 'draft', text: t('draft') },
            ]}
          />
        )}
        <p>
          {t('hash')}: <code className="program-hash">{hash}</code>
        </p>
        <div className="actions">
          <Button onPress={() => load.mutate('yaml')}>{t('yaml')}</Button>
          <Button onPress={() => load.mutate('json')}>{t('json')}</Button>
        </div>
      </div>
    </Card>
  );
}

function Up({ replaces }: { replaces: string | null }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const take = useMutation({
    mutationFn: async () => {
      const { file } = await answered(api.POST('/api/v1/program-text', { body: { text } }));
      return answered(api.PUT('/api/v1/draft', { body: { file, replaces } }));
    },
    onSuccess: async (draft) => {
      known.setQueryData(['draft'], draft);
      tell(t('taken'));
      await navigate('/program/check');
    },
  });
  const problems = problemsOf(take.error);
  const send = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  return (
    <Card title={t('upload')}>
      <form className="form" onSubmit={send}>
        <p>{t('uploadMore')}</p>
        {take.isError && (problems.length > 0 ? <Problems problems={problems} /> : <Failed error={take.error} />)}
        <label className="field">
          <span className="label">{t('pick')}</span>
          <input
            type="file"
            accept=".yaml,.yml,.json"
            onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
          />
        </label>
        <Field label={t('paste')} lines={8} value={text} onChange={setText} />
        <Button look="primary" type="submit" isDisabled={text.trim() === ''} isPending={take.isPending}>
          {t('take')}
        </Button>
      </form>
    </Card>
  );
}
