import type { Millis } from '../lib/clock.js';
import { stirsOf } from './activities.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { type Room, periodOf } from './rule-limits.js';
import { isEarlier, takenBy } from './share-room.js';
import type { SharedGift } from './share-room.js';

/**
 * What is left for an order, or for a cart (`before` null), that has its moment then, of what a member's orders that counted
 * before it and stand `at`, or gave what is final, leave. Each of them is of one period, by the zone of its own moment's rules.
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
      if (periodOf(limit.per, order.times.compiled.calendar, order.times.moment) !== period) continue;
      const used = order.usedAt(then)[limit.shared ?? rule] ?? 0n;
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
