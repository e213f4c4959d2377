import type { Circumstances } from './conditions.js';
import { firstFailed, matches } from './conditions.js';
import type { EarningRule, Promotion } from './format.js';
import type { Fraction } from './fraction.js';
import { floor, fraction, isPositive, read, round, sum, whole } from './fraction.js';
import type { Order } from './order.js';
import { factorOn, multiplied } from './factors.js';
import { remembered } from './remembered.js';
import type { BasePart, Remains } from './remains.js';
import { basePartsOf } from './remains.js';
import type { Rules } from './versions.js';
import { unitOf, withBase } from './versions.js';

/** Everything an award depends on, gathered. */
export interface Case {
  order: Order;
  remains: Remains;
  rules: Rules;
  pinned: Circumstances;
  /** The tier's multiplier, and the units that it multiplies (FORMAT 3.3). */
  multiplier: Fraction;
  multiplies: string[];
}

/** What one unit of one order comes to under a set of promotions (FORMAT 3). */
export interface UnitAward {
  points: number;
  /** Before rounding, additions included. */
  exact: Fraction;
  /** Exact points by line ('' is shipping), without additions. */
  lines: Map<string, Fraction>;
  extra: number;
  /** Ids of what did not apply, with the first condition that failed. */
  missed: Map<string, string>;
}

/** What a line, or shipping, earns in the unit, the rule that claimed it and what counts of it. */
export interface Claimed {
  part: BasePart;
  rule: EarningRule;
}

const unitFor = (rule: { unit?: string }): string => rule.unit ?? 'points';

const partsUnder = remembered((given: Case, own: EarningRule['base']): BasePart[] =>
  basePartsOf(given.order, given.remains, given.rules, withBase(given.rules.base, own)),
);
const partsFor = (given: Case, rule: { base?: EarningRule['base'] }): BasePart[] => partsUnder(given, rule.base);

/** FORMAT 3.2: shipping is matched only by what has no `where`. */
const fits = (where: EarningRule['where'], part: BasePart): boolean =>
  part.line ? matches(where, part.line) : where === undefined;

/** FORMAT 5: the first condition of the rule that fails; at last "where" if nothing with base left matches. */
const whyMissed = remembered((given: Case, rule: EarningRule): string | null => {
  const parts = partsFor(given, rule);
  const failed = firstFailed(rule.when, given.pinned, sum(parts.map((part) => part.base)));
  if (failed) return failed;
  return parts.some((part) => isPositive(part.base) && fits(rule.where, part)) ? null : 'where';
});

/** FORMAT 3.1: each line is claimed by the first rate or step rule in the written order whose conditions hold. */
const claimsOf = remembered((given: Case, unit: string): Claimed[] => {
  const rules = given.rules.earning.filter(
    (rule) => unitFor(rule) === unit && (rule.kind === 'rate' || rule.kind === 'step'),
  );
  const open = rules
    .map((rule) => ({ rule, parts: partsFor(given, rule) }))
    .filter(({ rule, parts }) => firstFailed(rule.when, given.pinned, sum(parts.map((part) => part.base))) === null);
  const places = [...given.order.lines.map((line) => line.id), null];
  return places.flatMap((place) => {
    for (const { rule, parts } of open) {
      const part = parts.find((candidate) => (candidate.line?.id ?? null) === place);
      if (part && fits(rule.where, part)) return [{ part, rule }];
    }
    return [];
  });
});

/** FORMAT 3.5: `fixed` once, `item` for each item left in the lines that match; never multiplied. */
function ruleAdditions(given: Case, unit: string): number {
  let extra = 0;
  for (const rule of given.rules.earning) {
    if (unitFor(rule) !== unit || (rule.kind !== 'fixed' && rule.kind !== 'item')) continue;
    if (whyMissed(given, rule) !== null) continue;
    const matched = partsFor(given, rule).filter((part) => isPositive(part.base) && fits(rule.where, part));
    const items = matched.reduce((all, part) => all + Math.floor(part.items), 0);
    extra += rule.kind === 'fixed' ? rule.gives : rule.gives * items;
  }
  return extra;
}

/** The lines that a promotion matches: by `where`, and only those that earn more than 0 (FORMAT 3.9). */
const linesOf = (promotion: Promotion, claimed: Claimed[], earns: Map<string, Fraction>): Claimed[] =>
  claimed.filter(({ part }) => fits(promotion.where, part) && isPositive(earns.get(part.line?.id ?? '') ?? whole(0)));

const PLAIN = {};

export function unitAward(given: Case, unit: string, promotions: Promotion[]): UnitAward {
  const claimed = claimsOf(given, unit);
  const plain = multiplied(claimed, () => fraction(1n, 1n));
  const missed = new Map<string, string>();
  for (const rule of given.rules.earning.filter((candidate) => unitFor(candidate) === unit)) {
    const why = whyMissed(given, rule);
    if (why) missed.set(rule.id, why);
  }
  const orderBase = sum(partsFor(given, PLAIN).map((part) => part.base));
  let extra = ruleAdditions(given, unit);
  const applying = promotions.filter((promotion) => {
    if (unitFor(promotion) !== unit) return false;
    const matched = linesOf(promotion, claimed, plain);
    const why = firstFailed(promotion.when, given.pinned, orderBase) ?? (matched.length === 0 ? 'where' : null);
    if (why) missed.set(promotion.id, why);
    return why === null;
  });
  for (const promotion of applying) {
    const items = linesOf(promotion, claimed, plain).reduce((all, { part }) => all + Math.floor(part.items), 0);
    extra += (promotion.add ?? 0) + (promotion.addItem ?? 0) * items;
  }
  const multiplier = given.multiplies.includes(unit) ? given.multiplier : fraction(1n, 1n);
  const lines = multiplied(claimed, (claim) =>
    factorOn(
      applying.filter((promotion) => linesOf(promotion, [claim], plain).length > 0),
      multiplier,
      given.rules,
    ),
  );
  const exact = sum([...lines.values(), whole(extra)]);
  return { points: round(exact, unitOf(given.rules, unit).rounding), exact, lines, extra, missed };
}

/** FORMAT 3.8: what a ceiling may give in all, in points. */
export function ceilingOf(rules: Rules, promotion: Promotion): number {
  if (!promotion.ceiling) return Infinity;
  if ('points' in promotion.ceiling) return promotion.ceiling.points;
  const value = read(unitOf(rules, unitFor(promotion)).value);
  return value.top === 0n ? Infinity : floor(fraction(BigInt(promotion.ceiling.money) * value.bottom, value.top));
}

/** What came with a promotion that has a ceiling, those before it included. */
interface Step {
  promotion: string;
  award: UnitAward;
  added: number;
}

/** The whole award of a unit: without the promotions that have ceilings, and the gain of each of those (FORMAT 3.8). */
export function awardOf(
  given: Case,
  unit: string,
): { free: UnitAward; full: UnitAward; gains: Map<string, number>; steps: Step[] } {
  const all = given.rules.promotions;
  const gains = new Map<string, number>();
  const steps: Step[] = [];
  let included = all.filter((promotion) => !promotion.ceiling);
  const free = unitAward(given, unit, included);
  let full = free;
  for (const capped of all.filter((promotion) => promotion.ceiling && unitFor(promotion) === unit)) {
    included = all.filter((promotion) => promotion === capped || included.includes(promotion));
    const next = unitAward(given, unit, included);
    gains.set(capped.id, Math.max(0, next.points - full.points));
    steps.push({ promotion: capped.id, award: next, added: next.extra - full.extra });
    full = next;
  }
  return { free, full, gains, steps };
}

export const unitsEarned = (rules: Rules): string[] => [
  ...new Set([...rules.earning.map(unitFor), ...rules.promotions.map(unitFor)]),
];
