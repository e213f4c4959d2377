import { useInfiniteQuery } from '@tanstack/react-query';
import { answered } from '../../api/client.js';
import { Failed, Skeleton } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Badge, Empty } from '../../kit/page.js';
import { KIT } from '../../kit/words.js';
import { useApi, useFormat, useLanguage, useMay, useWords } from '../../shell/desk-context.js';
import { ADJUST } from './adjust-words.js';
import { type Adjustment, useAdjustmentsOf, useUndoing } from './use-adjusting.js';
import { Asked } from './waiting.js';
import { withAsked } from './with-asked.js';
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
  const by = useAdjustmentsOf(id);
  const undo = useUndo(id, until === null);
  if (history.isPending) return <Skeleton rows={6} />;
  if (history.isError) return <Failed error={history.error} again={() => void history.refetch()} />;
  const all = history.data.pages.flatMap(({ lines }) => lines);
  const lines = until === null ? all : all.filter(({ at }) => at <= until);
  const asked = until === null ? (by.data?.adjustments ?? []) : [];
  const shown = withAsked(lines, asked, !history.hasNextPage);
  return (
    <>
      {shown.length === 0 && !history.hasNextPage && <Empty title={t('noHistory')} />}
      <ol className="member-lines">
        {shown.map((one) =>
          'line' in one ? (
            <li key={one.line.id}>
              <HistoryLine line={one.line} />
              {undo(one.line, lines, asked)}
            </li>
          ) : (
            <li key={`asked-${one.asked.id}`} className={one.asked.state === 'waiting' ? 'member-asked' : undefined}>
              <AskedLine one={one.asked} member={id} />
            </li>
          ),
        )}
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

/** What was asked for and moved nothing: it waits, or came to nothing. */
function AskedLine({ one, member }: { one: Adjustment; member: string }) {
  const t = useWords(ADJUST);
  const format = useFormat();
  const undoing = useUndoing(member);
  if (one.state === 'waiting')
    return (
      <>
        <Badge tone="pending">{t('waiting')}</Badge>
        <Asked one={one} />
        {one.mine && (
          <Button isPending={undoing.isPending} onPress={() => undoing.mutate(one)}>
            {t('withdraw')}
          </Button>
        )}
      </>
    );
  const { decided, asked } = one;
  const by = { who: decided?.who ?? asked.who, at: format.moment(decided?.at ?? asked.at) };
  const reason = [one.reason, one.said].filter(Boolean).join(' · ');
  return (
    <div className="member-line">
      <s className="member-points">{format.signed(one.points)}</s>
      <span className="member-sentence">
        <Badge>{t(one.state === 'refused' ? 'refused' : 'gone')}</Badge> {reason}
      </span>
      <span className="lead">{t(one.state === 'refused' ? 'refusedBy' : 'withdrawnBy', by)}</span>
    </div>
  );
}

/** The way back of a line by hand, for whoever did it or may agree to others'; once. */
function useUndo(member: string, now: boolean) {
  const t = useWords(ADJUST);
  const may = useMay();
  const undoing = useUndoing(member);
  return (line: Line, lines: readonly Line[], asked: readonly Adjustment[]) => {
    const { kind, id } = line.cause;
    const act = asked.find((one) => one.id === id);
    const mine = act?.mine ?? false;
    const back = `undo:${id}`;
    const undone = id.startsWith('undo:') || lines.some(({ cause }) => cause.id === back);
    if (!now || kind !== 'adjust' || undone || !(mine || may('approve-adjustments')) || !may('adjust-points'))
      return null;
    const of = { id, points: act?.points ?? line.points, reason: act?.reason ?? line.sentence };
    return (
      <div className="member-undo">
        <Button look="quiet" isPending={undoing.isPending} onPress={() => undoing.mutate(of)}>
          {t('undo')}
        </Button>
      </div>
    );
  };
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
