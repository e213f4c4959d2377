import { compare, type Fraction, floor, fraction, parseFraction, times } from '../rules/fraction.js';
import type { ProgramRules, When } from '../rules/program-rules.js';

type Earning = ProgramRules['earning'][number];
type Claiming = Extract<Earning, { kind: 'rate' | 'step' }>;

/** Of two rules the earlier, which asks a minimum, and a later one that may give more where it is not met; by their places. */
export interface LessForMore {
  at: number;
  rule: string;
  then: string;
}

/**
 * Where an order that falls below the minimum of a rule, because a part of it went back, may give more by the rule behind it: each
 * line counts by the first rule that holds (FORMAT 3.1), and a minimum is asked of what remains (FORMAT 5.1). Of programs without
 * such a pair the law holds that a further refund never raises the points of an order (FORMAT, laws).
 */
export function findLessForMore({ earning }: Pick<ProgramRules, 'earning'>): LessForMore[] {
  return earning.flatMap((rule, at) => {
    if (!claims(rule) || !asksMinimum(rule.when)) return [];
    const then = earning.find(
      (other, j) => j > at && claims(other) && other.unit === rule.unit && mayGiveMore(other, rule),
    );
    return then ? [{ at, rule: rule.id, then: then.id }] : [];
  });
}

const claims = (rule: Earning): rule is Claiming => rule.kind === 'rate' || rule.kind === 'step';

const asksMinimum = (when: When | undefined): boolean => (when?.minOrder ?? 0) > 0 || asksOtherMinimum(when);

/** One that is not of the base by which points are given. */
const asksOtherMinimum = (when: When | undefined): boolean =>
  [when?.cart, when?.total, when?.items].some((range) => (range?.min ?? 0) > 0);

/** Whether `then` may give more below the minimum than `rule` gave above it. */
function mayGiveMore(then: Earning, rule: Claiming): boolean {
  if (!claims(then)) return false;
  if (!isSame(then.base, rule.base) || (rule.limits !== undefined && !isSame(then.limits, rule.limits))) return true;
  if (rule.kind === 'rate' && then.kind === 'rate') return compare(perMinor(then), perMinor(rule)) > 0;
  // steps are of all lines together: those that the other rule took beside may be missing in one, and complete in the other
  if (rule.where !== undefined || asksOtherMinimum(rule.when)) return true;
  const least = fraction(rule.when?.minOrder ?? 0);
  return compare(times(perMinor(then), least), atLeast(rule, least)) > 0;
}

/** Points for a minor unit of the base; of steps the most that it comes to. */
const perMinor = (rule: Claiming): Fraction =>
  rule.kind === 'rate' ? times(parseFraction(rule.points), fraction(1, rule.per)) : fraction(rule.gives, rule.every);

function atLeast(rule: Claiming, base: Fraction): Fraction {
  if (rule.kind === 'rate') return times(perMinor(rule), base);
  return fraction(floor(times(base, fraction(1, rule.every))) * BigInt(rule.gives));
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
