import { countsFrom, standingOrdersOf } from './belonging.js';
import { localTimeOf } from './calendar.js';
import { isPositive } from './fraction.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import { baseLeft } from './remains.js';
import type { Rules } from './versions.js';

/** FORMAT 8.2, 8.5: local days with a standing order that has base left, or with a visit; each by its earliest instant. */
export function visitsOf(known: Known, member: string, rules: Rules, base: Rules['base'], facts: number): number[] {
  const orders = standingOrdersOf(known, member, facts)
    .filter((order) => isPositive(baseLeft(order, facts, rules, base)))
    .map((order) => countsFrom(known, order));
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
