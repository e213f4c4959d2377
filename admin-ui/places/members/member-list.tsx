import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { memo, useCallback, useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { Failed, Skeleton } from '../../kit/asked.js';
import { Button, LinkButton } from '../../kit/button.js';
import { SearchField } from '../../kit/fields.js';
import { Badge, Card, Empty, Page } from '../../kit/page.js';
import { type Column, Table } from '../../kit/table.js';
import { useApi, useDesk, useMay, useWords } from '../../shell/desk-context.js';
import type { operations } from '../../api/schema.js';
import { Enrol } from './enrol.js';
import { PERSON } from './person-words.js';
import { ADJUST } from './adjust-words.js';
import { LEVELS } from '../reports/levels-words.js';
import { BULK } from './bulk-words.js';
import { ChooseBox, ChoosingBar, ChoosingContext, useChoosing } from './choosing.js';
import { FilterLine, type LevelFilter, useLevelFilter } from './level-filter.js';
import { type ReachFilter, ReachLine, useReachFilter } from './reach-filter.js';
import { MEMBERS } from './words.js';

export type Listed = operations['members']['responses'][200]['content']['application/json']['members'][number];
/** Long enough for the next letter, short enough not to be noticed. */
const PAUSE_MS = 120;

/** All members, who came last first; or those that a text means. What is searched stands in the address. */
export function MemberList() {
  const t = useWords(MEMBERS);
  const a = useWords(ADJUST);
  const p = useWords(PERSON);
  const b = useWords(BULK);
  const [enrolling, setEnrolling] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  const choosing = useChoosing();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const find = search.get('find') ?? '';
  const [text, setText] = useState(find);
  useEffect(() => {
    if (text.trim() === find) return;
    const timer = setTimeout(
      () => setSearch(text.trim() === '' ? {} : { find: text.trim() }, { replace: true }),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [text]);
  const [reach, level] = [useReachFilter(), useLevelFilter()];
  const filter = reach ?? level;
  const list = useMembers(find, filter);
  const members = useMemo(() => list.data?.pages.flatMap((page) => page.members) ?? [], [list.data]);
  const more = useCallback(() => void list.fetchNextPage(), [list.fetchNextPage]);
  return (
    <Page
      title={t('title')}
      actions={
        <>
          {may('adjust-points') && <LinkButton to="/members/waiting">{a('title')}</LinkButton>}
          {(may('adjust-points') || may('block-members')) && !isChoosing && members.length > 0 && (
            <Button onPress={() => setChoosing(true)}>{b('choose')}</Button>
          )}
          {may('enrol-members') && (
            <Button look="primary" onPress={() => setEnrolling(true)}>
              {p('enrol')}
            </Button>
          )}
        </>
      }
    >
      <Card>
        <SearchField label={t(may('see-names') ? 'search' : 'searchCodes')} value={text} onChange={setText} />
        {reach && find === '' && <ReachLine of={reach} />}
        {level && !reach && find === '' && <FilterLine of={level} />}
        {isChoosing && (
          <ChoosingBar
            of={choosing}
            shown={find === '' ? (filter ?? {}) : { find }}
            onStop={() => setChoosing(false)}
          />
        )}
        {list.isPending && <Skeleton rows={10} />}
        {list.isError && <Failed error={list.error} again={() => void list.refetch()} />}
        {list.data && members.length === 0 && <Nobody find={find} isFiltered={filter !== null} />}
        {members.length > 0 && (
          <ChoosingContext value={isChoosing ? choosing : null}>
            <Members members={members} onMore={list.hasNextPage ? more : undefined} busy={list.isFetchingNextPage} />
          </ChoosingContext>
        )}
      </Card>
      {enrolling && <Enrol onClose={() => setEnrolling(false)} />}
    </Page>
  );
}

/** Page by page, who came last first. */
function useMembers(find: string, filter: LevelFilter | ReachFilter | null) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['members', find, filter],
    queryFn: ({ pageParam, signal }) =>
      answered(
        api.GET('/api/v1/members', {
          params: {
            query: {
              ...(find === '' ? (filter ?? {}) : { find }),
              ...(pageParam === '' ? {} : { before: pageParam }),
              limit: 50,
            },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

function Nobody({ find, isFiltered }: { find: string; isFiltered: boolean }) {
  const t = useWords(MEMBERS);
  const l = useWords(LEVELS);
  if (isFiltered && find === '') return <Empty title={l('nobody')}>{l('nobodyMore')}</Empty>;
  return find === '' ? (
    <Empty title={t('none')}>{t('noneMore')}</Empty>
  ) : (
    <Empty title={t('notFound', { text: find })}>{t('notFoundMore')}</Empty>
  );
}

interface MembersProps {
  members: readonly Listed[];
  onMore: (() => void) | undefined;
  busy: boolean;
}

/** Not drawn again for each letter that is typed above thousands of them. */
const Members = memo(function Members({ members, onMore, busy }: MembersProps) {
  const t = useWords(MEMBERS);
  const columns = useColumns();
  return <Table label={t('title')} rows={members} rowKey={idOf} onMore={onMore} busy={busy} columns={columns} />;
});

const idOf = ({ id }: Listed) => id;

function useColumns(): Column<Listed>[] {
  const t = useWords(MEMBERS);
  const { me, format } = useDesk();
  return useMemo(() => {
    const unit = me.program.units[0]?.unit ?? 'points';
    return [
      {
        key: 'name',
        head: t('name'),
        long: true,
        cell: (member) => (
          <>
            <ChooseBox id={member.id} name={nameOf(member, t('erased'))} />
            <Link to={`/members/${member.id}`}>{nameOf(member, t('erased'))}</Link> <StatusBadge of={member} />
          </>
        ),
      },
      { key: 'email', head: t('email'), wide: true, long: true, cell: ({ email }) => email ?? '' },
      { key: 'code', head: t('code'), wide: true, cell: ({ code }) => <code>{code}</code> },
      {
        key: 'points',
        head: t('has'),
        figure: true,
        cell: ({ balances }) => format.points(balances[unit]?.available ?? '0', unit),
      },
      {
        key: 'worth',
        head: t('worth'),
        figure: true,
        wide: true,
        cell: ({ balances }) => {
          const worth = balances[unit]?.worth;
          return worth ? format.money(worth.minor, worth) : '';
        },
      },
      {
        key: 'joined',
        head: t('joined'),
        wide: true,
        cell: ({ joined }) => <span className="whole">{format.day(joined)}</span>,
      },
    ];
  }, [me, format]);
}

/** Who is not named is known by their code. */
export const nameOf = (
  { name, email, code, status }: Pick<Listed, 'name' | 'email' | 'code' | 'status'>,
  erased: string,
) => name ?? email ?? (status === 'erased' ? erased : code);

export function StatusBadge({ of: { status } }: { of: Pick<Listed, 'status'> }) {
  const t = useWords(MEMBERS);
  if (status === 'active') return null;
  return <Badge tone={status === 'blocked' ? 'warning' : 'neutral'}>{t(status)}</Badge>;
}
