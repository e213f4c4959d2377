import { addMonths } from './calendar.js';
import { countedAt, standingOrdersOf } from './belonging.js';
import type { Known } from './known.js';
import { remainsOf } from './remains.js';
import { inForce } from './versions.js';

/**
 * FORMAT 8, `membership`: until when the running term runs as the clock shows t, of the facts by `facts`; null = none.
 * A standing order with an item of it left gives a term from when it counted, or after the running term.
 */
export function membershipAt(known: Known, member: string, t: number, facts: number): number | null {
  const rules = inForce(known.versions, t);
  const membership = rules.membership;
  if (!membership) return null;
  const fees = standingOrdersOf(known, member, facts)
    .filter((order) =>
      remainsOf(order, facts).lines.some(
        ({ line, items }) => line.kind === 'product' && line.product === membership.product && items > 0,
      ),
    )
    .map((order) => countedAt(known, order))
    .sort((a, b) => a - b);
  let chain = { start: -Infinity, terms: 0, until: -Infinity };
  for (const at of fees) {
    const start = at < chain.until ? chain.start : at;
    const terms = at < chain.until ? chain.terms + 1 : 1;
    chain = { start, terms, until: addMonths(start, terms * membership.months, rules.zone) };
  }
  return chain.until > t ? chain.until : null;
}
