import type { Millis } from '../lib/clock.js';
import type { StoreHealth } from '../loyalty/read-stores.js';
import type { PromotionState } from '../loyalty/read-promotions.js';
import type { Health } from './read-health.js';
import type { Overview } from './read-overview.js';

export type NeedKind =
  | 'store-refused'
  | 'store-silent'
  | 'store-credit'
  | 'unread'
  | 'stuck'
  | 'undecided'
  | 'ending'
  | 'draft'
  | 'ceiling'
  | 'few-rewarded-early'
  | 'few-rewarded-ever'
  | 'idle-rewards'
  | 'first-reward'
  | 'adjustments'
  | 'to-hand-out'
  | 'out-of-stock';

/** Something that needs somebody, and how much of it there is. */
export interface Need {
  kind: NeedKind;
  /** A store's address, a promotion's id, a unit, a reward's title; null where there is only one. */
  about: string | null;
  n: number;
  members: number | null;
}

const SILENT_MS = 3 * 24 * 3_600_000;
/** A ceiling that is used up to this share is said to be nearly used. */
const NEARLY_USED = 90n;

interface Known {
  overview: Overview;
  stores: readonly StoreHealth[];
  promotions: readonly PromotionState[];
  hasDraft: boolean;
  /** Points are worth something, and nothing can be had for them. */
  lacksRewards: boolean;
  /** Null for whoever sees no reports. */
  health: Health | null;
  /** Adjustments that wait for whoever asks. */
  waiting: number;
  /** Rewards that staff have still to hand out. */
  toHandOut: number;
  /** Titles of rewards of which no piece is left. */
  soldOut: readonly string[];
  now: Millis;
}

/** What needs somebody, the most urgent first: what does not work, then what members will feel, then what is unfinished. */
export function needsOf({
  overview,
  stores,
  promotions,
  hasDraft,
  lacksRewards,
  health,
  waiting,
  toHandOut,
  soldOut,
  now,
}: Known): Need[] {
  const of = (kind: NeedKind, about: string | null, n: number, members: number | null = null) =>
    n > 0 ? [{ kind, about, n, members }] : [];
  return [
    ...stores.flatMap(({ url, status, lastDelivery, unread, stuck, comparisons }) => [
      ...of('store-refused', url, status === 'suspended' ? 1 : 0),
      ...of('store-credit', url, comparisons.some(({ what, error }) => what === 'credits' && error !== null) ? 1 : 0),
      ...of('stuck', url, stuck),
      ...of('unread', url, unread),
      ...of('store-silent', url, silentDays(status, lastDelivery, now)),
    ]),
    ...of('adjustments', null, waiting),
    ...of('to-hand-out', null, toHandOut),
    ...soldOut.flatMap((title) => of('out-of-stock', title, 1)),
    ...of('undecided', null, overview.undecided),
    ...promotions.flatMap(({ promotion, state, burn }) =>
      state === 'open' && burn && burn.ceiling > 0n
        ? of('ceiling', promotion.id, burn.granted * 100n >= burn.ceiling * NEARLY_USED ? percentOf(burn) : 0)
        : [],
    ),
    ...overview.ending.flatMap(({ unit, points, members }) => of('ending', unit, Number(points), members)),
    ...of('few-rewarded-early', null, health?.withoutFirst ?? 0),
    ...of('few-rewarded-ever', null, health?.neverUsed ?? 0),
    ...of('idle-rewards', null, health?.idle ?? 0),
    ...of('first-reward', null, lacksRewards ? 1 : 0),
    ...of('draft', null, hasDraft ? 1 : 0),
  ];
}

const percentOf = ({ granted, ceiling }: { granted: bigint; ceiling: bigint }) => Number((granted * 100n) / ceiling);

/** Whole days since a connected store was last heard of, once they are worth a word. */
function silentDays(status: string, heard: Date | null, now: Millis): number {
  if (status !== 'active' || heard === null) return 0;
  const silent = now - heard.getTime();
  return silent > SILENT_MS ? Math.floor(silent / (24 * 3_600_000)) : 0;
}
