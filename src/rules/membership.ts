import type { Millis } from '../lib/clock.js';
import type { Calendar } from './calendar.js';
import type { OrderCase } from './order-case.js';
import type { ProgramRules } from './program-rules.js';

/** A membership that was bought; `ended` = returned then, where a return ends the term rather than undoing it. */
export interface Bought {
  at: Millis;
  ended: Millis | null;
}

/**
 * The end of the term that runs at an instant; null = none runs. A term begins when its order counted, or after the
 * running one; terms are added to the first day of the chain, so that a month's end is clamped once. A return takes
 * its term off the end of the chain, which then ends no sooner than at the return. Half-open.
 */
export function termAt(calendar: Calendar, months: number, bought: readonly Bought[], at: Millis): Millis | null {
  let chain: { start: Millis; terms: number; until: Millis } | null = null;
  for (const one of [...bought].sort((a, b) => a.at - b.at)) {
    if (!chain || one.at >= chain.until) chain = { start: one.at, terms: 0, until: one.at };
    chain.terms++;
    chain.until = calendar.addMonths(chain.start, months * chain.terms);
    if (one.ended !== null && one.ended < chain.until) {
      chain.terms--;
      chain.until = Math.max(one.ended, calendar.addMonths(chain.start, months * chain.terms));
    }
  }
  return chain && at >= chain.start && at < chain.until ? chain.until : null;
}

type Membership = NonNullable<ProgramRules['membership']>;

/** The term that an order brings as of an instant: none while it does not stand with an item of the membership left. */
export function boughtWith(order: OrderCase, rules: Membership, facts: Millis): Bought | null {
  const { counted } = order.times;
  if (counted === null || order.countsFor === null) return null;
  if (holds(order, rules, facts)) return { at: counted, ended: null };
  if (rules.onReturn !== 'end' || !holds(order, rules, order.countsFor)) return null;
  const ended = order.changes.find((at) => at > counted && at <= facts && !holds(order, rules, at));
  return ended === undefined ? null : { at: counted, ended };
}

function holds(order: OrderCase, { product }: Membership, at: Millis): boolean {
  if (!order.standsAt(at)) return false;
  const { items } = order.remainsAt(at);
  return order.order.lines.some(
    (line, i) => line.kind === 'product' && line.product === product && (items[i] ?? 0) > 0,
  );
}
