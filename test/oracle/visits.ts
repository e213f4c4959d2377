import { countedAt, standingOrdersOf } from './belonging.js';
import { localTimeOf } from './calendar.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import type { Order } from './order.js';
import type { Rules } from './versions.js';

/** FORMAT 8.2, 8.5: local days with a standing order that counts as one, or with a visit; each by its earliest instant. */
export function visitsOf(
  known: Known,
  member: string,
  rules: Rules,
  counts: (order: Order) => boolean,
  facts: number,
): number[] {
  const orders = standingOrdersOf(known, member, facts)
    .filter((order) => counts(order))
    .map((order) => countedAt(known, order));
  const visits = known.visits
    .filter((visit) => visit.at <= facts && whoIs(known, visit.member, facts) === whoIs(known, member, facts))
    .map((visit) => visit.at);
  const days = new Map<string, number>();
  for (const at of [...orders, ...visits].sort((a, b) => a - b)) {
    const { date } = localTimeOf(at, rules.zone);
    if (!days.has(date)) days.set(date, at);
  }
  return [...days.values()];
}
