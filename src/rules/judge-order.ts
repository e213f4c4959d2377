import type { Millis } from '../lib/clock.js';
import { orderParts } from './activities.js';
import type { Decision } from './books.js';
import { hasCeilings } from './ceilings.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { cutShort, endOfLot, endsByInactivity, expiryOf } from './expiry.js';
import { giftConditions } from './gift-conditions.js';
import { isOfOrders } from './goals/index.js';
import type { KnownMember, KnownOrder, RuleVersion } from './known.js';
import { OrderCase } from './order-case.js';
import { needsOf } from './past-needs.js';
import type { ProgramRules, When } from './program-rules.js';
import { versionAt } from './versions.js';
import { orderDecision } from './write-books.js';

/** A rise of one lot by an order that nothing else bears on: what the ledger may post without a replay. */
export interface PlainRise {
  /** The lot. */
  of: string;
  unit: string;
  points: bigint;
  /** When the points arise, can be used, and end (null = never). */
  counted: Millis;
  usable: Millis;
  ends: Millis | null;
}

export interface JudgedOrder {
  decision: Decision;
  /** Empty when nothing is given as of `now`. */
  rises: PlainRise[];
  /** The next instant at which the decision changes by itself (it counts later, a refund fails); null = none. */
  due: Millis | null;
}

/**
 * One order of one member, judged as the replay judges it: the same code, with a past that is empty. Right whenever
 * `dependsOnHistory` is false for every version and the order is not bound to a redemption; the replay is right always.
 * `member` null = the order's customer is not a member, or it is a guest's.
 */
export function judgeOrder(
  versions: readonly RuleVersion[],
  order: KnownOrder,
  member: { member: KnownMember; since: Millis; claimed: boolean } | null,
  now: Millis,
): JudgedOrder {
  const one = new OrderCase(order, member && member.since <= now ? member : null, versions);
  const decision = orderDecision(one, now);
  const { compiled, counted } = one.times;
  const later = [one.countsFor, ...one.changes].filter((at): at is Millis => at !== null && at > now);
  const due = later.length > 0 ? Math.min(...later) : null;
  const { redeemsUntil } = compile(versionAt(versions, now).rules);
  const rises: PlainRise[] = [];
  if (one.countsFor !== null && counted !== null && decision.reason === 'earned') {
    for (const { of, unit, expiry, points } of orderParts(one, now)) {
      const usable = Math.max(one.times.usable, one.countsFor);
      const ends = cutShort(endOfLot(compiled, expiryOf(compiled, unit, null, expiry), one.times.usable), redeemsUntil);
      rises.push({ of, unit, points, counted: one.countsFor, usable, ends });
    }
  }
  return { decision, rises, due };
}

const answers = new WeakMap<Compiled, boolean>();

/**
 * True when some rule needs more than the order itself: then only the replay of the whole family is right. Referrals are not
 * asked here: they bear on the orders of referred customers alone, and whoever posts knows which those are.
 */
export function dependsOnHistory(rules: ProgramRules): boolean {
  const compiled = compile(rules);
  let answer = answers.get(compiled);
  if (answer === undefined) answers.set(compiled, (answer = looksBack(compiled)));
  return answer;
}

/** True when a promise must know who asks: some rule looks at more of the member than that they are one. */
export function asksOfMember(rules: ProgramRules): boolean {
  return dependsOnHistory(rules) || needsOf(compile(rules)).asked.size > 0;
}

/** What it asks of is more than the time and who they are: an order that comes late may change the answer. */
function looksAtPast(when: When): boolean {
  return Object.keys(when).some((word) => !NOT_OF_ORDERS.has(word));
}
const NOT_OF_ORDERS: ReadonlySet<string> = new Set([
  ...['from', 'to', 'dates', 'season', 'weekdays', 'recurs', 'hours', 'except', 'zone', 'memberDays', 'birthday'],
]);

function looksBack(compiled: Compiled): boolean {
  const { rules } = compiled;
  const { tiers, asked } = needsOf(compiled);
  return (
    tiers ||
    giftConditions(rules).some(looksAtPast) ||
    rules.reviews?.where !== undefined ||
    [...asked].some((need) => need !== 'joined') ||
    rules.membership !== undefined ||
    rules.allowances !== undefined ||
    rules.stamps.length > 0 ||
    rules.goals.some(isOfOrders) ||
    compiled.sharesRoom ||
    hasCeilings(rules) ||
    rules.converts !== undefined ||
    Object.values(rules.units).some(({ finalOn }) => finalOn !== undefined) ||
    endsByInactivity(rules)
  );
}
