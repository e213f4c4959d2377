import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { answered } from '../../api/client.js';
import type { operations } from '../../api/schema.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { SearchField } from '../../kit/fields.js';
import { Note } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useDesk, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { type Listed, nameOf } from './member-list.js';
import type { Person } from './member-page.js';
import { MERGE } from './merge-words.js';
import { ACCOUNT } from './account-words.js';
import { MEMBERS } from './words.js';

type Preview = operations['previewMerge']['responses'][200]['content']['application/json'];

/** Makes another member this one: find them, see what the one will have, do it. */
export function Merge({ person, onClose }: { person: Person; onClose(): void }) {
  const t = useWords(MERGE);
  const [pair, setPair] = useState<{ into: string; from: string } | null>(null);
  return pair === null ? (
    <Dialog title={t('merge')} open onClose={onClose} wide>
      <FindOther of={person} onChoose={(from) => setPair({ into: person.id, from })} />
    </Dialog>
  ) : (
    <Look pair={pair} onSwap={() => setPair({ into: pair.from, from: pair.into })} onClose={onClose}>
      <Button onPress={() => setPair(null)}>{t('other')}</Button>
    </Look>
  );
}

function FindOther({ of, onChoose }: { of: Person; onChoose(id: string): void }) {
  const t = useWords(MERGE);
  const m = useWords(MEMBERS);
  const api = useApi();
  const { me } = useDesk();
  const format = useFormat();
  const [text, setText] = useState('');
  const find = text.trim();
  const query = useQuery({
    queryKey: ['members', find, 'merge'],
    queryFn: ({ signal }) => answered(api.GET('/api/v1/members', { params: { query: { find, limit: 10 } }, signal })),
    enabled: find.length > 1,
  });
  const unit = me.program.units[0]?.unit ?? 'points';
  const others = (found: readonly Listed[]) => found.filter(({ id, status }) => id !== of.id && status !== 'erased');
  return (
    <div className="stack">
      <p>{t('find')}</p>
      <SearchField label={m('search')} value={text} onChange={setText} />
      {find.length < 2 ? (
        <p className="lead">{t('searchMore')}</p>
      ) : (
        <Asked query={query}>
          {({ members }) =>
            others(members).length === 0 ? (
              <p className="lead">{m('notFound', { text: find })}</p>
            ) : (
              <Table
                label={t('find')}
                rows={others(members)}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'name',
                    head: m('name'),
                    cell: (one) => (
                      <Button look="quiet" onPress={() => onChoose(one.id)}>
                        {nameOf(one, m('erased'))}
                      </Button>
                    ),
                  },
                  { key: 'email', head: m('email'), wide: true, cell: ({ email }) => email ?? '' },
                  { key: 'code', head: m('code'), cell: ({ code }) => <code>{code}</code> },
                  {
                    key: 'has',
                    head: m('has'),
                    figure: true,
                    cell: ({ balances }) => format.points(balances[unit]?.available ?? '0', unit),
                  },
                ]}
              />
            )
          }
        </Asked>
      )}
    </div>
  );
}

interface LookProps {
  pair: { into: string; from: string };
  onSwap(): void;
  onClose(): void;
  children: ReactNode;
}

function Look({ pair, onSwap, onClose, children }: LookProps) {
  const t = useWords(MERGE);
  const m = useWords(MEMBERS);
  const api = useApi();
  const locale = useLanguage();
  const query = useQuery({
    queryKey: ['merge', pair.into, pair.from, locale],
    queryFn: () =>
      answered(
        api.GET('/api/v1/members/{id}/merge', {
          params: { path: { id: pair.into }, query: { other: pair.from, locale } },
        }),
      ),
    gcTime: 0,
  });
  const merging = useMerging(pair, onClose);
  const name = query.data ? nameOf(query.data.kept, m('erased')) : '';
  return (
    <Dialog
      title={t('merge')}
      open
      onClose={onClose}
      wide
      actions={
        <>
          {children}
          <Button
            look="danger"
            isDisabled={!query.data}
            isPending={merging.isPending}
            onPress={() => query.data && merging.mutate(query.data)}
          >
            {t('act', { name })}
          </Button>
        </>
      }
    >
      {merging.isError && (
        <Failed error={merging.error} again={() => void query.refetch().then(() => merging.reset())} />
      )}
      <Asked query={query} rows={8}>
        {(preview) => (
          <div className="stack">
            <Compared preview={preview} />
            {preview.merged.status === 'blocked' && <Note tone="warning">{t('hold')}</Note>}
            <p>{t('means')}</p>
            <Button onPress={onSwap}>{t('swap')}</Button>
          </div>
        )}
      </Asked>
    </Dialog>
  );
}

/** What each has and what the one will have, line by line; the result first. */
function Compared({ preview: { kept, gone, merged } }: { preview: Preview }) {
  const t = useWords(MERGE);
  const a = useWords(ACCOUNT);
  const m = useWords(MEMBERS);
  const format = useFormat();
  const { me } = useDesk();
  const sides = [merged, kept, gone];
  const units = me.program.units.filter(({ unit }) => sides.some(({ balances }) => totalOf(balances[unit]) !== 0n));
  const line = (head: string, of: (side: (typeof sides)[number]) => string) => ({ head, cells: sides.map(of) });
  const rows = [
    line(m('name'), (side) => side.name ?? ''),
    line(m('email'), ({ email }) => email ?? ''),
    ...(sides.some(({ tier }) => tier !== null) ? [line(t('level'), ({ tierName }) => tierName ?? '')] : []),
    line(t('orders'), ({ orders }) => format.number(orders)),
    ...units.flatMap(({ unit }) => [
      line(format.unitName(unit), ({ balances }) => format.number(balances[unit]?.available ?? '0')),
      ...(sides.some(({ balances }) => balances[unit]?.pending !== '0')
        ? [line(a('onTheWay', { points: '' }).trim(), ({ balances }) => format.number(balances[unit]?.pending ?? '0'))]
        : []),
    ]),
  ];
  const less = units.flatMap(({ unit }) => {
    const lost = totalOf(kept.balances[unit]) + totalOf(gone.balances[unit]) - totalOf(merged.balances[unit]);
    return lost > 0n ? [format.points(lost, unit)] : [];
  });
  return (
    <>
      <Table
        label={t('merge')}
        stack
        rows={rows}
        rowKey={({ head }) => head}
        columns={[
          { key: 'head', head: '', cell: ({ head }) => head },
          { key: 'merged', head: t('merged'), figure: true, cell: ({ cells }) => <strong>{cells[0]}</strong> },
          { key: 'kept', head: t('kept'), figure: true, cell: ({ cells }) => cells[1] },
          { key: 'gone', head: t('gone'), figure: true, cell: ({ cells }) => cells[2] },
        ]}
      />
      {less.length > 0 && <Note tone="warning">{t('less', { points: format.list(less) })}</Note>}
    </>
  );
}

type Balance = Preview['merged']['balances'][string];
const totalOf = (balance: Balance | undefined): bigint =>
  balance ? BigInt(balance.available) + BigInt(balance.pending) + BigInt(balance.held) - BigInt(balance.debt) : 0n;

function useMerging(pair: { into: string; from: string }, onClose: () => void) {
  const t = useWords(MERGE);
  const m = useWords(MEMBERS);
  const { api, me } = useDesk();
  const format = useFormat();
  const tell = useToast();
  const go = useNavigate();
  const known = useQueryClient();
  return useMutation({
    mutationFn: ({ hash }: Preview) =>
      answered(
        api.POST('/api/v1/members/{id}/merge', {
          params: { path: { id: pair.into } },
          body: { other: pair.from, hash },
        }),
      ),
    onSuccess: async (_, { kept, merged }) => {
      const unit = me.program.units[0]?.unit ?? 'points';
      const points = format.points(merged.balances[unit]?.available ?? '0', unit);
      tell(t('done', { name: nameOf(kept, m('erased')), points }));
      onClose();
      void go(`/members/${pair.into}`, { replace: true });
      for (const key of ['members', 'member', 'member-history', 'adjustments'])
        await known.invalidateQueries({ queryKey: [key] });
    },
  });
}
