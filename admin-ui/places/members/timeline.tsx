import { useInfiniteQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Failed, Skeleton } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Empty } from '../../kit/page.js';
import { KIT } from '../../kit/words.js';
import { useApi, useFormat, useLanguage, useWords } from '../../shell/desk-context.js';
import { MEMBERS } from './words.js';
import type { operations } from '../../api/schema.js';

type Line = operations['personHistory']['responses'][200]['content']['application/json']['lines'][number];

/** Every line with its reason; opened it shows the parts that it is the sum of, and what came close. */
export function Timeline({ id, until }: { id: string; until: string | null }) {
  const t = useWords(MEMBERS);
  const k = useWords(KIT);
  const api = useApi();
  const locale = useLanguage();
  const history = useInfiniteQuery({
    queryKey: ['member-history', id, locale],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/api/v1/members/{id}/history', {
          params: { path: { id }, query: { locale, ...(pageParam === '' ? {} : { after: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (history.isPending) return <Skeleton rows={6} />;
  if (history.isError) return <Failed error={history.error} again={() => void history.refetch()} />;
  const all = history.data.pages.flatMap(({ lines }) => lines);
  const lines = until === null ? all : all.filter(({ at }) => at <= until);
  return (
    <>
      {lines.length === 0 && !history.hasNextPage && <Empty title={t('noHistory')} />}
      <ol className="member-lines">
        {lines.map((line) => (
          <li key={line.id}>
            <HistoryLine line={line} />
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <div className="more">
          <Button onPress={() => void history.fetchNextPage()} isPending={history.isFetchingNextPage}>
            {k('more')}
          </Button>
        </div>
      )}
    </>
  );
}

function HistoryLine({ line }: { line: Line }) {
  const t = useWords(MEMBERS);
  const format = useFormat();
  const { points, unit, sentence, at, items, parts, missed, balanceAfter } = line;
  const head = (
    <>
      <span className="member-points">{format.signed(points)}</span>
      <span className="member-sentence">{sentence}</span>
      <span className="lead">
        {format.moment(at)}
        {balanceAfter !== null && ` · ${format.points(balanceAfter, unit)}`}
      </span>
    </>
  );
  if (items.length + parts.length + missed.length === 0) return <div className="member-line">{head}</div>;
  return (
    <details>
      <summary className="member-line">{head}</summary>
      <ul className="member-parts">
        {parts.map((part, n) => (
          <li key={`part-${n}`}>
            {part.sentence}
            {part.points !== null && <strong> {format.signed(part.points)}</strong>}
          </li>
        ))}
        {items.map((item, n) => (
          <li key={`item-${n}`}>
            {item.quantity} × {item.name ?? t('shipping')} <strong>{format.signed(item.points)}</strong>
          </li>
        ))}
        {missed.map(({ rule, sentence: why }, n) => (
          <li key={`missed-${rule}-${n}`} className="lead">
            {why}
          </li>
        ))}
      </ul>
    </details>
  );
}
