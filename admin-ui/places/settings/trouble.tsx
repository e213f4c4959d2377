import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Card, Empty } from '../../kit/page.js';
import { type Column, Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { TROUBLE } from './trouble-words.js';

type Answer = operations['storeTrouble']['responses'][200]['content']['application/json'];
type One = Answer['messages'][number];
type How = 'retry' | 'put-aside';
const EFFECTS = ['mirror-balance', 'create-code', 'kill-code'] as const;
/** More are not sent. */
const MOST = 100;

/** What of a store could not be read or done, why, and the two things that help. */
export function Trouble() {
  const t = useWords(TROUBLE);
  const api = useApi();
  const { store = '' } = useParams();
  const stores = useQuery({ queryKey: ['stores'], queryFn: () => answered(api.GET('/api/v1/stores')) });
  const url = stores.data?.stores.find(({ id }) => id === store)?.url;
  const query = useQuery({
    queryKey: ['trouble', store],
    queryFn: () => answered(api.GET('/api/v1/stores/{store}/trouble', { params: { path: { store } } })),
  });
  return (
    <>
      <div className="actions settings-acts">
        <Link to="/settings/stores">← {t('back')}</Link>
      </div>
      <Asked query={query} rows={6}>
        {(answer) => (
          <Found {...answer} store={store} title={t('title', { host: url === undefined ? '' : new URL(url).host })} />
        )}
      </Asked>
    </>
  );
}

function Found({ messages, effects, store, title }: Answer & { store: string; title: string }) {
  const t = useWords(TROUBLE);
  const [isAsking, setIsAsking] = useState(false);
  const solve = useSolving(store, () => setIsAsking(false));
  if (messages.length + effects.length === 0)
    return (
      <Card title={title}>
        <Empty title={t('none')}>{t('noneMore')}</Empty>
      </Card>
    );
  return (
    <>
      <Card title={title}>
        <p>{t('lead')}</p>
        <div className="actions settings-acts">
          <Button look="primary" isPending={solve.isPending} onPress={() => solve.mutate('retry')}>
            {t('retry')}
          </Button>
          {messages.length > 0 && <Button onPress={() => setIsAsking(true)}>{t('aside')}</Button>}
        </div>
        {solve.isError && <Failed error={solve.error} />}
      </Card>
      <List name="messages" rows={messages} />
      <List name="effects" rows={effects} />
      <Dialog
        title={t('aside')}
        open={isAsking}
        onClose={() => setIsAsking(false)}
        actions={
          <Button look="primary" isPending={solve.isPending} onPress={() => solve.mutate('put-aside')}>
            {t('aside')}
          </Button>
        }
      >
        {t('asideSure')}
      </Dialog>
    </>
  );
}

function useSolving(store: string, done: () => void) {
  const t = useWords(TROUBLE);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  return useMutation({
    mutationFn: (how: How) =>
      answered(api.POST('/api/v1/stores/{store}/trouble', { params: { path: { store } }, body: { how } })),
    onSuccess: ({ messages, effects }, how) => {
      done();
      tell(t(how === 'retry' ? 'retried' : 'asided', { n: messages + effects }));
      for (const queryKey of [['trouble', store], ['stores'], ['overview']]) void known.invalidateQueries({ queryKey });
    },
  });
}

function List({ name, rows }: { name: 'messages' | 'effects'; rows: readonly One[] }) {
  const t = useWords(TROUBLE);
  const columns = useColumns();
  if (rows.length === 0) return null;
  return (
    <Card title={t(name, { n: rows.length })}>
      {rows.length === MOST && <p className="quiet-text">{t('newest')}</p>}
      <Table label={t(name, { n: rows.length })} stack rows={rows} rowKey={({ id }) => id} columns={columns} />
    </Card>
  );
}

function useColumns(): Column<One>[] {
  const t = useWords(TROUBLE);
  const format = useFormat();
  return [
    {
      key: 'what',
      head: t('what'),
      cell: ({ what }) => {
        const known = EFFECTS.find((kind) => kind === what);
        return known ? t(known) : <code>{what}</code>;
      },
    },
    { key: 'about', head: t('about'), cell: ({ about }) => <code>{about ?? '–'}</code> },
    { key: 'at', head: t('at'), cell: ({ at }) => format.moment(at) },
    { key: 'tries', head: t('tries'), figure: true, cell: ({ attempts }) => format.number(attempts) },
    {
      key: 'why',
      head: t('why'),
      cell: ({ why, kept }) => (
        <div>
          {why ?? '–'}
          {!kept && (
            <>
              <br />
              <small>{t('old')}</small>
            </>
          )}
        </div>
      ),
    },
  ];
}
