import { addMonths } from './calendar.js';
import { countedAt, countsFrom, ordersOf, standsAt } from './belonging.js';
import type { Known } from './known.js';
import type { Order } from './order.js';
import { changesOf } from './referrals.js';
import type { Fraction } from './fraction.js';
import { compare, floor, isPositive, ONE, over, plus, sum, times, whole } from './fraction.js';
import { remainsOf } from './remains.js';
import { inForce } from './versions.js';

/**
 * FORMAT 8, `membership`: until when the running term runs as the clock shows t, of the facts by `facts`; null = none.
 * A standing order with an item of it left gives a term from when it counted, or after the running term. Where a return ends the
 * term it takes its own off the end of the chain, which then ends no sooner than that day; where a part of its money ends a part of
 * it, its own time is cut to the share that is left, but not to before the money went (docs/decisions/0015).
 */
export function membershipAt(known: Known, member: string, t: number, facts: number): number | null {
  const rules = inForce(known.versions, t);
  const { membership } = rules;
  if (!membership) return null;
  const byMoney = membership.onPartialReturn === 'pro-rata';
  const fee = (order: Order, at: number) =>
    remainsOf(order, at).lines.filter(({ line }) => line.kind === 'product' && line.product === membership.product);
  const paidFor = (order: Order, at: number): Fraction => {
    const worth = sum(fee(order, -Infinity).map(({ net, tax }) => plus(net, tax)));
    return isPositive(worth) ? over(sum(fee(order, at).map(({ net, tax }) => plus(net, tax))), worth) : ONE;
  };
  const holds = (order: Order, at: number): boolean =>
    standsAt(known, order, at) &&
    fee(order, at).some(({ items }) => items > 0) &&
    (!byMoney || isPositive(paidFor(order, at)));
  /** Since when the share of the money is what it is by `facts`. */
  const cutAt = (order: Order): number =>
    changesOf(order)
      .filter((at) => at <= facts)
      .sort((a, b) => b - a)
      .find((at) => compare(paidFor(order, at), paidFor(order, at - 1)) !== 0) ?? -Infinity;
  const endedAt = (order: Order): number => {
    if (holds(order, facts)) return Infinity;
    const from = countsFrom(known, order);
    if (membership.onReturn !== 'end' || !holds(order, from)) return -Infinity;
    return Math.min(...changesOf(order).filter((at) => at > from && at <= facts && !holds(order, at)));
  };
  const fees = ordersOf(known, member, facts)
    .map((order) => ({ order, at: countedAt(known, order), ended: endedAt(order) }))
    .filter(({ ended }) => ended > -Infinity)
    .sort((a, b) => a.at - b.at);
  let chain = { start: -Infinity, terms: 0, until: -Infinity };
  const untilOf = (start: number, terms: number) => addMonths(start, terms * membership.months, rules.zone);
  for (const { order, at, ended } of fees) {
    const start = at < chain.until ? chain.start : at;
    const terms = at < chain.until ? chain.terms + 1 : 1;
    const begun = at < chain.until ? chain.until : at;
    chain = { start, terms, until: untilOf(start, terms) };
    const share = byMoney && ended === Infinity ? paidFor(order, facts) : ONE;
    if (compare(share, ONE) !== 0 && cutAt(order) < chain.until) {
      const own = times(whole(chain.until - begun), share);
      const until = Math.max(cutAt(order), begun + floor(own));
      chain = { start: until, terms: 0, until };
    } else if (ended < chain.until)
      chain = { start, terms: terms - 1, until: Math.max(ended, untilOf(start, terms - 1)) };
  }
  return chain.until > t ? chain.until : null;
}
