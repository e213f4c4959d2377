import { addDays } from './calendar.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import type { Order } from './order.js';
import { remembered } from './remembered.js';
import { remainsOf, scaleOf, somethingLeft } from './remains.js';
import type { Rules } from './versions.js';
import { earningOver, inForce, startOf } from './versions.js';

/** FORMAT 1, `moment`: the instant by which rules, windows and tier are chosen. Not yet paid: provisionally the placing. */
export function momentOf(known: Known, order: Order): number {
  const paid = inForce(known.versions, order.placed).moment === 'paid';
  return paid && order.paid !== Infinity ? order.paid : order.placed;
}

export const rulesOf = (known: Known, order: Order): Rules => inForce(known.versions, momentOf(known, order));

/** FORMAT 4.8 and 1, `counts`: when the points arise; Infinity = not as far as we know. */
export const countedAt = remembered((known: Known, order: Order): number => {
  const rules = rulesOf(known, order);
  const counts = rules.counts ?? 'paid';
  const after = typeof counts === 'string' ? counts : counts.after;
  const from = after === 'paid' ? order.paid : Math.max(order.paid, order.fulfilled);
  return from === Infinity || typeof counts === 'string' ? from : addDays(from, counts.days, rules.zone);
});

export const disputedAt = (order: Order, t: number): boolean =>
  order.disputes.some((dispute) => dispute.kind === 'chargeback' && dispute.opened <= t && !(dispute.won <= t));

/** FORMAT 4.8, apart from whether it has counted yet. */
export const upright = (order: Order, t: number): boolean =>
  !(order.cancelled <= t) && !disputedAt(order, t) && somethingLeft(remainsOf(order, t));

export const standsAt = (known: Known, order: Order, t: number): boolean =>
  countedAt(known, order) <= t && upright(order, t);

/** FORMAT 6.1: the member whose order it is (as they joined, before merges), and from when they have it. */
export function ownerOf(known: Known, order: Order): { member: string; from: number; claimed: boolean } | null {
  const bond = order.customer === null ? known.claims.get(order.id) : known.links.get(order.customer);
  const member = bond && known.members.get(bond.member);
  if (!bond || !member) return null;
  return { member: bond.member, from: Math.max(bond.at, member.joined), claimed: order.customer === null };
}

/** The program takes nothing of whoever placed it: by role or tag as the order was first seen with, or as a business. */
export const passedOver = (known: Known, order: Order): boolean => {
  const { excludes = {} } = rulesOf(known, order);
  return (
    (excludes.companies === true && order.company) ||
    order.roles.some((role) => excludes.roles?.includes(role)) ||
    order.customerTags.some((tag) => excludes.customerTags?.includes(tag))
  );
};

/** FORMAT 11, reasons of orders: those that keep an order out of the program altogether, the first that holds. */
export function keptOut(known: Known, order: Order, t: number): string | null {
  const rules = rulesOf(known, order);
  const moment = momentOf(known, order);
  const owner = ownerOf(known, order);
  if (order.customer === null && !(owner && owner.from <= t)) return 'guest';
  if (!owner || owner.from > t) return 'not-a-member';
  if (order.test) return 'test-order';
  if (passedOver(known, order)) return 'excluded';
  if (moment < startOf(rules)) return 'before-start';
  if (moment >= earningOver(rules)) return 'program-ended';
  const joined = known.members.get(owner.member)?.joined ?? Infinity;
  if (moment < joined && !owner.claimed && rules.earlierOrders !== 'count') return 'before-joining';
  return null;
}

/** From when the order counts for its member (FORMAT 6.1); Infinity = it does not. */
export const countsFrom = remembered((known: Known, order: Order): number => {
  if (keptOut(known, order, Infinity) !== null) return Infinity;
  return Math.max(countedAt(known, order), ownerOf(known, order)?.from ?? Infinity);
});

/** The orders of one person at t that had counted for them by then, standing or not. */
export const ordersOf = (known: Known, member: string, t: number): Order[] =>
  [...known.orders.values()].filter((order) => {
    const owner = ownerOf(known, order);
    return owner !== null && countsFrom(known, order) <= t && whoIs(known, owner.member, t) === whoIs(known, member, t);
  });

export const standingOrdersOf = (known: Known, member: string, t: number): Order[] =>
  ordersOf(known, member, t).filter((order) => standsAt(known, order, t));

/** FORMAT 5.2: 1 + the member's orders that stood when this one counted and counted before it. */
export function nthOf(known: Known, order: Order, t: number): number {
  const owner = ownerOf(known, order);
  if (!owner) return 1;
  const when = Math.min(countsFrom(known, order), t);
  const earlier = standingOrdersOf(known, owner.member, when).filter((other) => {
    const from = countsFrom(known, other);
    return from < when || (from === when && other.id < order.id);
  });
  return 1 + earlier.filter((other) => other.id !== order.id).length;
}

export const reasonForCurrency = (known: Known, order: Order): string | null =>
  scaleOf(order, rulesOf(known, order)) === null ? 'currency' : null;
