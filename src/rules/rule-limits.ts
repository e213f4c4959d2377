import type { Millis } from '../lib/clock.js';
import { stirsOf } from './activities.js';
import type { Calendar } from './calendar.js';
import type { EarningRule } from './earning/index.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { takenBy, isEarlier } from './share-room.js';
import type { SharedGift } from './share-room.js';
import type { Limit } from './rule-parts.js';

/**
 * Limits of a rule: how many points it gives, or to how many orders, within a period. Those of a member are a function of the
 * member's orders (who counted first has the first of the room); those of all together are first come, like ceilings.
 */
export interface LimitReady {
  per: Limit['per'];
  of: 'member' | 'all';
  counts: 'points' | 'times';
  most: bigint;
  /** Of a limit over several rules: what was taken of it bears this name. */
  shared?: string;
  /** The period that an instant lies in, by its local date: equal exactly within one. Empty for a lifetime. */
  periodOf(at: Millis): string;
}

export function prepareLimits(limits: readonly Limit[] | undefined, calendar: Calendar): LimitReady[] {
  return (limits ?? []).map((limit) => ({
    ...{ per: limit.per, of: ofWhom(limit), counts: countsOf(limit), most: mostOf(limit) },
    periodOf: (at) => periodOf(limit.per, calendar, at),
  }));
}

const ofWhom = (limit: Limit): LimitReady['of'] => ('of' in limit ? limit.of : 'member');
const countsOf = (limit: Limit): LimitReady['counts'] => ('points' in limit ? 'points' : 'times');

export function mostOf(limit: Limit): bigint {
  return BigInt('points' in limit ? limit.points : limit.times);
}

/** The local period of a kind that an instant lies in: equal exactly within one. Empty for a lifetime. */
export function periodOf(per: Limit['per'], calendar: Calendar, at: Millis): string {
  const { year, month, day, weekday } = calendar.wallClock(at);
  switch (per) {
    case 'day':
      return `${year}-${month}-${day}`;
    case 'week':
      return `w${calendar.dayOf(at) - weekday}`;
    case 'month':
      return `${year}-${month}`;
    case 'year':
      return `${year}`;
    default:
      return '';
  }
}

type Limited = Pick<EarningRule, 'id' | 'limits'>;

/** The name of the ceiling that a limit of all together is, in the period of an instant. */
export function placeOf(rule: string, limit: LimitReady, at: Millis): string {
  return `${nameOf(rule, limit)}${limit.periodOf(at)}`;
}

function nameOf(rule: string, { counts, per }: Pick<LimitReady, 'counts' | 'per'>): string {
  return `${rule}/${counts}/${per}/`;
}

/** Every such name of a limit begins so. */
export function anyPlaceOf(rule: string, limit: Limit): string {
  return nameOf(rule, { counts: countsOf(limit), per: limit.per });
}

/** Of a rule, the limits that all members share. */
export function sharedLimits({ limits }: Limited): Limit[] {
  return (limits ?? []).filter((limit) => ofWhom(limit) === 'all');
}

/** The limit that a ceiling's name is of; undefined = it is of none of these rules. */
export function limitNamed(rules: readonly Limited[], name: string): Limit | undefined {
  for (const rule of rules) {
    const found = sharedLimits(rule).find((limit) => name.startsWith(anyPlaceOf(rule.id, limit)));
    if (found) return found;
  }
  return undefined;
}

/** What a member's other orders leave of a limit of a rule: points, or how many orders more. */
export type Room = (rule: string, limit: LimitReady) => bigint;

/** Nothing was taken of any limit. */
export const WHOLE_ROOM: Room = (_rule, { most }) => most;

/**
 * What is left for an order, or for a cart (`before` null), that has its moment then, of what a member's orders that counted
 * before it and stand `at` leave.
 */
export function roomAfter(
  earlier: readonly OrderCase[],
  moment: Millis,
  at: Millis,
  gifts: readonly SharedGift[] = [],
): Room {
  return (rule, limit) => {
    const period = limit.periodOf(moment);
    let left = limit.most;
    if (limit.shared !== undefined) for (const gift of gifts) left -= takenBy(gift, limit, period, at);
    for (const order of earlier) {
      // one that waits for its points takes its room all the same
      const then = Math.max(at, order.countsFor ?? Infinity);
      if (limit.periodOf(order.times.moment) !== period || order.scale === null || !order.standsAt(then)) continue;
      const used = order.judgementAt(then).used[limit.shared ?? rule] ?? 0n;
      left -= limit.counts === 'points' ? used : used > 0n ? 1n : 0n;
    }
    return left > 0n ? left : 0n;
  };
}

function countedBefore(a: OrderCase, b: OrderCase): boolean {
  if (a.countsFor === null || b.countsFor === null) return false;
  return a.countsFor < b.countsFor || (a.countsFor === b.countsFor && a.order.id < b.order.id);
}

function giftsBefore(gifts: readonly SharedGift[], { order, countsFor }: OrderCase): SharedGift[] {
  if (countsFor === null) return [];
  return gifts.filter(({ activity: { of }, rank }) =>
    isEarlier({ of, rank }, { of: `order:${order.id}`, rank: countsFor }),
  );
}

/**
 * Gives the orders whose rules are limited the room that their members' earlier orders leave them, and lets them change when
 * those do: a refund gives its room to whoever counted next.
 */
export function shareRoom(orders: readonly OrderCase[], ownership: Ownership, gifts: readonly SharedGift[] = []): void {
  const sharing = orders.filter(({ owner, countsFor }) => owner !== null && countsFor !== null);
  if (!sharing.some(({ times }) => times.compiled.sharesRoom)) return;
  sharing.sort((a, b) => (countedBefore(a, b) ? -1 : 1));
  const own = new Map(sharing.map((order) => [order, order.changes]));
  for (const [i, order] of sharing.entries()) {
    const { owner, countsFor, times } = order;
    if (!times.compiled.sharesRoom || owner === null || countsFor === null) continue;
    const before = sharing.slice(0, i);
    const theirs = (at: Millis): OrderCase[] => {
      const group = ownership.groupAt(owner.member.id, at);
      return before.filter((one) => one.owner !== null && group.has(one.owner.member.id));
    };
    const given = giftsBefore(gifts, order);
    const giftsOf = (at: Millis) => {
      const group = ownership.groupAt(owner.member.id, at);
      return given.filter(({ activity }) => group.has(activity.member));
    };
    order.roomAt = (at) => roomAfter(theirs(at), times.moment, at, giftsOf(at));
    const shifts = new Set(order.changes);
    for (const { activity } of giftsOf(Infinity)) for (const at of stirsOf(activity)) shifts.add(at);
    for (const one of theirs(Infinity)) for (const at of own.get(one) ?? []) shifts.add(at);
    for (const { at } of ownership.merges) shifts.add(at);
    order.changes = [...shifts].sort((a, b) => a - b);
  }
}
