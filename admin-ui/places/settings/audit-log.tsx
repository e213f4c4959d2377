import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { answered } from '../../api/client.js';
import { Failed, Skeleton } from '../../kit/asked.js';
import { Select } from '../../kit/fields.js';
import { Card, Empty } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { isRole, KIT } from '../../kit/words.js';
import { useApi, useFormat, useWords } from '../../shell/desk-context.js';
import { FACTS, isNamed } from './audit-fact-words.js';
import { AUDIT, isTold } from './audit-words.js';
import { SETTINGS } from './words.js';

const ABOUT = [
  ['', 'everything'],
  ['program', 'aboutProgram'],
  ['promotion', 'aboutPromotion'],
  ['member', 'aboutMember'],
  ['staff', 'aboutStaff'],
  ['api-key', 'aboutKey'],
  ['store', 'aboutStore'],
] as const;

/** What was done, by whom, when: nothing here can be changed. */
export function AuditLog() {
  const t = useWords(SETTINGS);
  const told = useWords(AUDIT);
  const whoOf = (actor: string) => {
    const by = `by.${actor}`;
    return isTold(by) ? told(by) : actor;
  };
  const format = useFormat();
  const factsText = useFacts();
  const api = useApi();
  const [search, setSearch] = useSearchParams();
  const about = search.get('about') ?? '';
  const log = useInfiniteQuery({
    queryKey: ['audit', about],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/v1/audit', {
          params: { query: { ...(about === '' ? {} : { about }), ...(pageParam === '' ? {} : { before: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ lines, more }) => (more ? lines.at(-1)?.id : undefined),
  });
  const lines = log.data?.pages.flatMap((page) => page.lines) ?? [];
  return (
    <Card title={t('audit')}>
      <div className="form across">
        <Select
          label={t('show')}
          value={about}
          onChange={(chosen) => setSearch(chosen === '' ? {} : { about: chosen }, { replace: true })}
          options={ABOUT.map(([value, key]) => ({ value: value as string, text: t(key) }))}
        />
      </div>
      {log.isPending && <Skeleton rows={8} />}
      {log.isError && <Failed error={log.error} again={() => void log.refetch()} />}
      {log.data && lines.length === 0 && <Empty title={t('noLines')} />}
      {lines.length > 0 && (
        <Table
          label={t('audit')}
          stack
          rows={lines}
          rowKey={({ id }) => id}
          onMore={log.hasNextPage ? () => void log.fetchNextPage() : undefined}
          busy={log.isFetchingNextPage}
          columns={[
            { key: 'when', head: t('when'), cell: ({ at }) => <span className="in-a-line">{format.moment(at)}</span> },
            { key: 'who', head: t('who'), cell: ({ who, actor }) => who ?? whoOf(actor) },
            { key: 'what', head: t('what'), cell: ({ what }) => (isTold(what) ? told(what) : <code>{what}</code>) },
            {
              key: 'details',
              head: t('details'),
              wide: true,
              cell: ({ facts }) => factsText(facts),
            },
          ]}
        />
      )}
    </Card>
  );
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ENDLESS = /^([0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** "version: 3, promotions: spring": the details in the reader's words, what lies in another in brackets. */
function useFacts(): (facts: object) => string {
  const format = useFormat();
  const t = useWords(FACTS);
  const kit = useWords(KIT);
  const valueText = (name: string, value: unknown): string => {
    if (value === null) return t('none');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value)) return value.map((one) => valueText(name, one)).join(' · ');
    if (typeof value === 'object') return `(${factsText(value)})`;
    if (typeof value === 'string' && INSTANT.test(value)) return format.moment(value);
    // of a fingerprint or a number without an end its beginning tells it from another
    if (typeof value === 'string' && ENDLESS.test(value)) return `${value.slice(0, 8)}…`;
    return isRole(value) ? kit(`role_${value}`) : String(value);
  };
  const factsText = (facts: object): string =>
    Object.entries(facts)
      .map(([name, value]) => `${isNamed(name) ? t(name) : name}: ${valueText(name, value)}`)
      .join(', ');
  return factsText;
}
