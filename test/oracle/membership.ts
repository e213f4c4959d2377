import { addMonths } from './calendar.js';
import { countedAt, countsFrom, ordersOf, standsAt } from './belonging.js';
import type { Known } from './known.js';
import type { Order } from './order.js';
import { changesOf } from './referrals.js';
import { remainsOf } from './remains.js';
import { inForce } from './versions.js';

/**
 * FORMAT 8, `membership`: until when the running term runs as the clock shows t, of the facts by `facts`; null = none.
 * A standing order with an item of it left gives a term from when it counted, or after the running term. Where a return ends the
 * term it takes its own off the end of the chain, which then ends no sooner than that day (docs/decisions/0015).
 */
export function membershipAt(known: Known, member: string, t: number, facts: number): number | null {
  const rules = inForce(known.versions, t);
  const { membership } = rules;
  if (!membership) return null;
  const holds = (order: Order, at: number): boolean =>
    standsAt(known, order, at) &&
    remainsOf(order, at).lines.some(
      ({ line, items }) => line.kind === 'product' && line.product === membership.product && items > 0,
    );
  const endedAt = (order: Order): number => {
    if (holds(order, facts)) return Infinity;
    const from = countsFrom(known, order);
    if (membership.onReturn !== 'end' || !holds(order, from)) return -Infinity;
    return Math.min(...changesOf(order).filter((at) => at > from && at <= facts && !holds(order, at)));
  };
  const fees = ordersOf(known, member, facts)
    .map((order) => ({ at: countedAt(known, order), ended: endedAt(order) }))
    .filter(({ ended }) => ended > -Infinity)
    .sort((a, b) => a.at - b.at);
  let chain = { start: -Infinity, terms: 0, until: -Infinity };
  const untilOf = (start: number, terms: number) => addMonths(start, terms * membership.months, rules.zone);
  for (const { at, ended } of fees) {
    const start = at < chain.until ? chain.start : at;
    const terms = at < chain.until ? chain.terms + 1 : 1;
    chain = { start, terms, until: untilOf(start, terms) };
    if (ended < chain.until) chain = { start, terms: terms - 1, until: Math.max(ended, untilOf(start, terms - 1)) };
  }
  return chain.until > t ? chain.until : null;
}
