import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { answered, ApiError } from '../../../api/client.js';
import { Failed } from '../../../kit/asked.js';
import { Note } from '../../../kit/page.js';
import { Progress } from '../../../kit/progress.js';
import { useApi, useWords } from '../../../shell/desk-context.js';
import { DATA } from './words.js';

/** Chooses a file and sends it: in UTF-8, and if it is none, as older spreadsheets write. */
export function SendFile() {
  const t = useWords(DATA);
  const api = useApi();
  const known = useQueryClient();
  const navigate = useNavigate();
  const send = useMutation({
    mutationFn: async (file: File) => {
      const as = (encoding: 'utf-8' | 'windows-1252') =>
        answered(
          api.POST('/api/v1/imports', {
            params: { query: { name: file.name.slice(0, 120), encoding } },
            headers: { 'content-type': 'text/csv' },
            body: '',
            bodySerializer: () => file,
          }),
        );
      return as('utf-8').catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'not_utf8') return as('windows-1252');
        throw error;
      });
    },
    onSuccess: async (there) => {
      known.setQueryData(['imports', there.id], there);
      await known.invalidateQueries({ queryKey: ['imports'], exact: true });
      await navigate(`/settings/data/${there.id}`);
    },
  });
  return (
    <div className="form">
      {send.isError && <Failed error={send.error} />}
      <label className="field">
        <span className="label">{t('choose')}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          disabled={send.isPending}
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) send.mutate(file);
          }}
        />
        <span className="help">{t('chooseHelp')}</span>
      </label>
      {send.isPending && <Progress label={t('sending')} share={null} />}
      <Note>{t('privacy')}</Note>
    </div>
  );
}
