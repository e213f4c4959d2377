import type { Millis } from '../lib/clock.js';
import type { Calendar } from './calendar.js';
import { compare, floor, fraction, ONE, times } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { KnownGift } from './known.js';
import type { OrderCase } from './order-case.js';
import type { ProgramRules } from './program-rules.js';

/** A membership that was bought; `ended` = returned then, where a return ends the term rather than undoing it. */
export interface Bought {
  at: Millis;
  ended: Millis | null;
  /** The share of its money that is left since an instant, where the term lasts as long as it is paid for. */
  shortened?: { share: Fraction; since: Millis };
}

/**
 * The end of the term that runs at an instant; null = none runs. A term begins when its order counted, or after the
 * running one; terms are added to the first day of the chain, so that a month's end is clamped once. A return takes
 * its term off the end of the chain, which then ends no sooner than at the return. One that is paid for in part lasts that part of
 * its own time, and no less than until the money went back; terms after it are counted from its end. Half-open.
 */
export function termAt(calendar: Calendar, months: number, bought: readonly Bought[], at: Millis): Millis | null {
  let chain: { start: Millis; terms: number; until: Millis } | null = null;
  for (const one of bought.filter((each) => each.at <= at).sort((a, b) => a.at - b.at)) {
    if (!chain || one.at >= chain.until) chain = { start: one.at, terms: 0, until: one.at };
    const from: Millis = chain.until;
    chain.terms++;
    chain.until = calendar.addMonths(chain.start, months * chain.terms);
    if (one.ended !== null && one.ended < chain.until) {
      chain.terms--;
      chain.until = Math.max(one.ended, calendar.addMonths(chain.start, months * chain.terms));
    } else if (one.shortened && one.shortened.since < chain.until) {
      const { share, since } = one.shortened;
      const until = Math.max(since, from + Number(floor(times(share, fraction(chain.until - from)))));
      chain = { start: until, terms: 0, until };
    }
  }
  return chain && at < chain.until ? chain.until : null;
}

type Membership = NonNullable<ProgramRules['membership']>;

/** The term that an order brings its buyer as of an instant: none while it does not stand with an item of the membership left. */
export function boughtWith(order: OrderCase, rules: Membership, facts: Millis): Bought | null {
  const { counted } = order.times;
  if (counted === null || order.countsFor === null) return null;
  return termOf(order, rules, facts, { at: counted, since: order.countsFor, stands: (at) => order.standsAt(at) });
}

/**
 * When the term begins that an order brings somebody else: on the day that was named for it, else when it was accepted, and never
 * before the order counted. Null while it does not count.
 */
export function beginningOf(order: OrderCase, { at: accepted, starts }: KnownGift, calendar: Calendar): Millis | null {
  const { counted } = order.times;
  if (counted === null) return null;
  return Math.max(counted, starts === undefined ? accepted : calendar.instantOf(`${starts}T00:00`));
}

/** The term that an order brings somebody else, to whom it was given: the buyer need be nobody's member. */
export function givenWith(
  order: OrderCase,
  gift: KnownGift,
  rules: Membership,
  calendar: Calendar,
  facts: Millis,
): Bought | null {
  const { counted } = order.times;
  const at = beginningOf(order, gift, calendar);
  if (counted === null || at === null) return null;
  return termOf(order, rules, facts, { at, since: counted, stands: (when) => order.standsForCustomer(when) });
}

interface Beginning {
  at: Millis;
  /** From when the order counts for it. */
  since: Millis;
  stands: (at: Millis) => boolean;
}

function termOf(order: OrderCase, rules: Membership, facts: Millis, { at, since, stands }: Beginning): Bought | null {
  const holds = (when: Millis): boolean => stands(when) && isLeft(order, rules, when);
  if (holds(facts)) {
    const shortened = rules.onPartialReturn === 'pro-rata' ? shortenedBy(order, rules, facts) : null;
    return { at, ended: null, ...(shortened && { shortened }) };
  }
  if (rules.onReturn !== 'end' || !holds(since)) return null;
  const ended = order.changes.find((when) => when > since && when <= facts && !holds(when));
  return ended === undefined ? null : { at, ended };
}

/** Whether an item of the membership is left, and some of its money where that is what its time is measured by. */
function isLeft(order: OrderCase, rules: Membership, at: Millis): boolean {
  const { items } = order.remainsAt(at);
  if (!order.order.lines.some((line, i) => isOf(line, rules) && (items[i] ?? 0) > 0)) return false;
  return rules.onPartialReturn !== 'pro-rata' || shareLeft(order, rules, at).n > 0n;
}

const isOf = ({ kind, product }: OrderCase['order']['lines'][number], rules: Membership): boolean =>
  kind === 'product' && product === rules.product;

/** What share of the membership's money is left, and since when it is that; null = all of it. */
function shortenedBy(order: OrderCase, rules: Membership, facts: Millis): Bought['shortened'] | null {
  let [share, since] = [ONE, -Infinity];
  for (const at of order.changes) {
    if (at > facts) break;
    const left = shareLeft(order, rules, at);
    if (compare(left, share) !== 0) [share, since] = [left, at];
  }
  return compare(share, ONE) < 0 ? { share, since } : null;
}

/** Of net and tax of the membership's lines; one that cost nothing is paid whole. */
function shareLeft(order: OrderCase, rules: Membership, at: Millis): Fraction {
  const { net, tax, share } = order.remainsAt(at);
  let [worth, left] = [0, 0];
  order.order.lines.forEach((line, i) => {
    if (!isOf(line, rules)) return;
    worth += Math.max(0, line.net) + Math.max(0, line.tax);
    left += (net[i] ?? 0) + (tax[i] ?? 0);
  });
  return worth === 0 ? ONE : times(share, fraction(left, worth));
}
