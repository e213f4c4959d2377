import type { Millis } from '../../lib/clock.js';
import { preparePayer } from '../earning/index.js';
import type { ProgramRules, Promotion } from '../program-rules.js';
import { type ExampleOrder, exampleOrder } from './example-order.js';
import { missedBy, pointsOf } from './explain-stacking.js';

/** Two promotions that meet on one order, and what becomes of them there. */
export interface Conflict {
  first: string;
  second: string;
  unit: string;
  /**
   * `swallows` = one of them changes nothing (`idle`; null = they are worth the same, and either would do); `raises` =
   * together they give more than the better one alone; `lowers` = together they give less than the better one alone.
   */
  kind: 'swallows' | 'raises' | 'lowers';
  idle: string | null;
  /** The order that shows it, and what it gives: without both, with each alone, and with both. */
  example: ExampleOrder;
  points: { none: bigint; first: bigint; second: bigint; both: bigint };
}

/**
 * The promotions that meet: for every pair an order is looked for, from `since` on, that both apply to on the same line, and
 * worked out by the rules themselves without the other promotions. A pair for which none is found within two years does not
 * meet, as far as one order can show.
 */
export function findConflicts(rules: ProgramRules, since: Millis): Conflict[] {
  const { promotions } = rules;
  return promotions.flatMap((first, i) =>
    promotions.slice(i + 1).flatMap((second) => {
      const conflict = first.unit === second.unit ? conflictOf(rules, first, second, since) : null;
      return conflict ? [conflict] : [];
    }),
  );
}

function conflictOf(rules: ProgramRules, first: Promotion, second: Promotion, since: Millis): Conflict | null {
  const { unit } = first;
  const only = (...promotions: Promotion[]): ProgramRules => ({ ...rules, promotions });
  // promotions bear on lines that some rule claims: any of those rules may be the one
  const bases = rules.earning.filter((rule) => rule.unit === unit && preparePayer(rule).claims);
  for (const base of bases) {
    const example = exampleOrder(rules, [first, second, base], since);
    if (!example) continue;
    const missed = missedBy(only(first, second), example);
    if (missed.has(first.id) || missed.has(second.id)) continue;
    const give = (...promotions: Promotion[]) => pointsOf(only(...promotions), example, unit);
    const points = { none: give(), first: give(first), second: give(second), both: give(first, second) };
    return { first: first.id, second: second.id, unit, ...judged(first, second, points), example, points };
  }
  return null;
}

function judged(one: Promotion, two: Promotion, points: Conflict['points']): Pick<Conflict, 'kind' | 'idle'> {
  const { first, second, both } = points;
  const better = first > second ? first : second;
  if (both > better) return { kind: 'raises', idle: null };
  if (both < better) return { kind: 'lowers', idle: both === first ? two.id : one.id };
  return { kind: 'swallows', idle: first === second ? null : both === first ? two.id : one.id };
}
