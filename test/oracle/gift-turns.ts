import type { Often } from './beyond.js';
import type { Gift } from './gift.js';
import { type Known, whoIs } from './known.js';
import { periodOf } from './limits.js';

/** A review, or a friend who was brought: given so often at most, to one person and to all together (docs/decisions/0010, 0015). */
export interface Counted extends Gift {
  inAll: Often | undefined;
  /** What would be given for it without such limits. */
  wantedAt(t: number): number;
  /** Why it is for nothing. */
  barredAt(t: number): 'limit' | typeof ALL_TAKEN | null;
}

export const ALL_TAKEN = 'all-taken';
export const isCounted = (gift: Gift): gift is Counted => 'barredAt' in gift;

const PERIODS = ['day', 'week', 'month', 'year', 'lifetime'] as const;

/**
 * Of one kind: the first of each person have the room of their limits, by the day that `momentOf` names. What all together had had
 * already takes none.
 */
export function countOut(
  known: Known,
  of: 'reviews' | 'referral',
  gifts: Gift[],
  momentOf: (gift: Gift) => number,
): Gift[] {
  const limitsOf = (gift: Gift) => gift.datedAt(gift.counted).rules[of];
  const all = [...known.versions].map(({ rules }) => rules[of]);
  if (!all.some((rules) => rules?.limits ?? rules?.inAll)) return gifts;
  const sorted = [...gifts].sort((a, b) => momentOf(a) - momentOf(b) || (a.of < b.of ? -1 : 1));
  const kept = new Map<number, Map<Gift, ReturnType<Counted['barredAt']>>>();
  const judged = (t: number) => {
    const before = kept.get(t);
    if (before) return before;
    const used = new Map<string, number>();
    const bars = new Map<Gift, ReturnType<Counted['barredAt']>>();
    for (const gift of sorted) {
      if (gift.amountAt(t) === 0) continue;
      const { zone } = gift.datedAt(gift.counted).rules;
      const { limits = {}, inAll } = limitsOf(gift) ?? {};
      const person = whoIs(known, gift.member, t);
      const places = PERIODS.map((per) => ({
        place: `${person} ${per} ${periodOf({ per }, momentOf(gift), zone)}`,
        most: limits[per] ?? Infinity,
      }));
      const hasRoom = places.every(({ place, most }) => (used.get(place) ?? 0) < most);
      const why = !hasRoom ? 'limit' : inAll && isTooLate(known, gift) ? ALL_TAKEN : null;
      bars.set(gift, why);
      if (why === null) for (const { place } of places) used.set(place, (used.get(place) ?? 0) + 1);
    }
    kept.set(t, bars);
    return bars;
  };
  const changes = gifts.flatMap((gift) => gift.changes);
  return gifts.map((gift): Counted => {
    const barredAt = (t: number) => judged(t).get(gift) ?? null;
    return {
      ...gift,
      inAll: limitsOf(gift)?.inAll,
      changes: [...new Set([...gift.changes, ...changes.filter((at) => at >= gift.counted)])],
      wantedAt: (t) => gift.amountAt(t),
      barredAt,
      amountAt: (t) => (barredAt(t) === null ? gift.amountAt(t) : 0),
    };
  });
}

/** Whoever was found too late stays so, unless they turn out to have been sooner than was known then. */
function isTooLate(known: Known, { of, counted }: Gift): boolean {
  const decided = known.recorded.awards.get(of);
  return decided !== undefined && decided.turns.length === 0 && counted >= decided.at;
}
