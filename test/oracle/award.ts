import { oversOf } from './sharing.js';
import type { Circumstances } from './conditions.js';
import { firstFailed, matches } from './conditions.js';
import type { EarningRule, Promotion } from './format.js';
import type { Fraction } from './fraction.js';
import { floor, fraction, isPositive, ONE, over, read, round, sum, times, whole, ZERO } from './fraction.js';
import type { Worth } from './conditions.js';
import type { Order } from './order.js';
import { factorOn, multiplied } from './factors.js';
import type { Granted, Room, Taken } from './limits.js';
import { within } from './limits.js';
import { remembered } from './remembered.js';
import type { BasePart, Remains } from './remains.js';
import { basePartsOf, scaleOf, worthOf } from './remains.js';
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
  /** What the member's earlier orders leave of the limits of rules. */
  room: Room;
  /** What is this one's of limits of all members together; null = they do not bind. */
  granted: Granted | null;
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
  /** Points of rules that have limits, as the limits count them. */
  used: Map<string, number>;
  /** What was asked of limits of all members together. */
  taken: Taken;
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
const fits = (given: Case, where: EarningRule['where'], part: BasePart): boolean =>
  part.line
    ? matches(where, part.line, { items: part.items, scale: scaleOf(given.order, given.rules) ?? ONE })
    : where === undefined;

/** What conditions are asked of, in a reading of the base. */
const worthIn = remembered((given: Case, own: EarningRule['base']): Worth =>
  worthOf(given.order, given.remains, given.rules, sum(partsUnder(given, own).map((part) => part.base))),
);

/** FORMAT 5: the first condition of the rule that fails; at last "where" if nothing with base left matches. */
const whyMissed = remembered((given: Case, rule: EarningRule): string | null => {
  const parts = partsFor(given, rule);
  const failed = firstFailed(rule.when, given.pinned, worthIn(given, rule.base));
  if (failed) return failed;
  return parts.some((part) => isPositive(part.base) && fits(given, rule.where, part)) ? null : 'where';
});

/** FORMAT 3.1: each line is claimed by the first rate or step rule in the written order whose conditions hold. */
const claimsOf = remembered((given: Case, unit: string): Claimed[] => {
  const rules = given.rules.earning.filter(
    (rule) => unitFor(rule) === unit && (rule.kind === 'rate' || rule.kind === 'step'),
  );
  const open = rules
    .map((rule) => ({ rule, parts: partsFor(given, rule) }))
    .filter(({ rule }) => firstFailed(rule.when, given.pinned, worthIn(given, rule.base)) === null);
  const places = [...given.order.lines.map((line) => line.id), null];
  return places.flatMap((place) => {
    for (const { rule, parts } of open) {
      const part = parts.find((candidate) => (candidate.line?.id ?? null) === place);
      if (part && fits(given, rule.where, part)) return [{ part, rule }];
    }
    return [];
  });
});

/** What a unit's rules give by themselves: the claimed lines, plainly and within the rules' limits, and what is added. */
interface Plain {
  claimed: Claimed[];
  lines: Map<string, Fraction>;
  /** Of what each claiming rule gives, the share that its limits leave. */
  shares: Map<EarningRule, Fraction>;
  extra: number;
  missed: Map<string, string>;
  used: Map<string, number>;
  taken: Taken;
}

const plainOf = remembered((given: Case, unit: string): Plain => {
  const claimed = claimsOf(given, unit);
  const found: Plain = {
    ...{ claimed, lines: new Map(), shares: new Map(), extra: 0 },
    ...{ missed: new Map(), used: new Map(), taken: new Map() },
  };
  const points = multiplied(claimed, () => ONE);
  for (const rule of given.rules.earning.filter((candidate) => unitFor(candidate) === unit)) {
    const why = whyMissed(given, rule);
    if (why) found.missed.set(rule.id, why);
    else if (rule.kind === 'fixed' || rule.kind === 'item' || rule.kind === 'shipping')
      found.extra += limited(given, found, rule, addedBy(given, rule));
    else found.shares.set(rule, shareOf(given, found, rule, points));
  }
  for (const claim of claimed) found.lines.set(placeOf(claim), withinShare(found, claim, points));
  return found;
});

/**
 * FORMAT 3.5: `fixed` once, `item` for each item left in the lines that match, `shipping` by what was taken off it
 * (docs/decisions/0015); never multiplied.
 */
function addedBy(given: Case, rule: EarningRule & { kind: 'fixed' | 'item' | 'shipping' }): number {
  if (rule.kind === 'shipping') {
    const { shippingOff } = given.order;
    const scale = scaleOf(given.order, given.rules) ?? ZERO;
    const off = shippingOff === Infinity ? whole(rule.otherwise ?? 0) : times(whole(shippingOff), scale);
    return floor(over(times(off, read(rule.points)), whole(rule.per)));
  }
  const matched = partsFor(given, rule).filter((part) => isPositive(part.base) && fits(given, rule.where, part));
  const items = matched.reduce((all, part) => all + Math.floor(part.items), 0);
  return rule.kind === 'fixed' ? rule.gives : rule.gives * items;
}

type Found = Pick<Plain, 'missed' | 'used' | 'taken'>;

function limited(given: Case, found: Found, rule: EarningRule | Promotion, points: number) {
  const overs = oversOfEarning(given, rule);
  let shared = points;
  for (const { key, why, id, limits } of overs) {
    const before = shared;
    const had = found.used.get(key) ?? 0;
    for (const limit of limits) {
      const room = given.room(key, limit);
      if ('points' in limit) shared = Math.min(shared, Math.max(0, room - had));
      else if (room <= 0 && had === 0) shared = 0;
    }
    if (shared < before) found.missed.set(id, why);
  }
  const { room, granted } = given;
  const { moment, zone } = given.pinned;
  const left = within(rule, shared, { room, granted, moment, zone }, found.taken);
  if (left === 0 && shared > 0) found.missed.set(rule.id, 'limit');
  if (rule.limits?.length) found.used.set(rule.id, left);
  for (const { key } of overs) found.used.set(key, (found.used.get(key) ?? 0) + left);
  return left;
}

/** Limits over several rules are over rules that earn, not over promotions. */
const oversOfEarning = (given: Case, rule: EarningRule | Promotion) =>
  given.rules.earning.some((one) => one === rule) ? oversOf(given.rules, 'earning', rule.id, unitFor(rule)) : [];

/** The limits bound what the rule itself gives, rounded as the unit is; its lines stay claimed. */
function shareOf(given: Case, found: Plain, rule: EarningRule, points: Map<string, Fraction>): Fraction {
  const own = found.claimed.filter((claim) => claim.rule === rule);
  const exact = sum(own.map((claim) => points.get(placeOf(claim)) ?? ZERO));
  if (oversOfEarning(given, rule).length + (rule.limits ?? []).length === 0 || !isPositive(exact)) return ONE;
  const whole_ = round(exact, unitOf(given.rules, unitFor(rule)).rounding);
  const left = limited(given, found, rule, whole_);
  return left < whole_ ? over(whole(left), exact) : ONE;
}

const placeOf = ({ part }: Claimed): string => part.line?.id ?? '';
const withinShare = ({ shares }: Plain, claim: Claimed, points: Map<string, Fraction>): Fraction =>
  times(points.get(placeOf(claim)) ?? ZERO, shares.get(claim.rule) ?? ONE);

/** The lines that a promotion matches: by `where`, and only those that earn more than 0 (FORMAT 3.9). */
const linesOf = (given: Case, promotion: Promotion, claimed: Claimed[], earns: Map<string, Fraction>): Claimed[] =>
  claimed.filter(
    ({ part }) => fits(given, promotion.where, part) && isPositive(earns.get(part.line?.id ?? '') ?? whole(0)),
  );

export function unitAward(given: Case, unit: string, promotions: Promotion[]): UnitAward {
  const plain = plainOf(given, unit);
  const { claimed } = plain;
  const missed = new Map(plain.missed);
  const matchedBy = (promotion: Promotion, lines = claimed) => linesOf(given, promotion, lines, plain.lines);
  const applying = promotions.filter((promotion) => {
    if (unitFor(promotion) !== unit) return false;
    const why = whyNot(given, promotion) ?? (matchedBy(promotion).length === 0 ? 'where' : null);
    if (why) missed.set(promotion.id, why);
    return why === null;
  });
  let { extra } = plain;
  for (const promotion of applying) {
    const items = matchedBy(promotion).reduce((all, { part }) => all + Math.floor(part.items), 0);
    extra += (promotion.add ?? 0) + (promotion.addItem ?? 0) * items;
  }
  const multiplier = given.multiplies.includes(unit) ? given.multiplier : ONE;
  const points = multiplied(claimed, (claim) =>
    factorOn(
      applying.filter((promotion) => matchedBy(promotion, [claim]).length > 0),
      multiplier,
      given.rules,
    ),
  );
  const lines = new Map(claimed.map((claim) => [placeOf(claim), withinShare(plain, claim, points)]));
  const exact = sum([...lines.values(), whole(extra)]);
  const { rounding } = unitOf(given.rules, unit);
  const [used, taken] = [new Map(plain.used), new Map(plain.taken)];
  return { points: round(exact, rounding), exact, lines, extra, missed, used, taken };
}

const whyNot = (given: Case, promotion: Promotion): string | null =>
  promotion.paused ? 'paused' : firstFailed(promotion.when, given.pinned, worthIn(given, undefined));

/** FORMAT 3.8: what a ceiling may give in all, in points. */
export function ceilingOf(rules: Rules, promotion: Promotion): number {
  if (!promotion.ceiling) return Infinity;
  if ('points' in promotion.ceiling) return promotion.ceiling.points;
  const value = read(unitOf(rules, unitFor(promotion)).value);
  return value.top === 0n ? Infinity : floor(fraction(BigInt(promotion.ceiling.money) * value.bottom, value.top));
}

/** What came with a promotion that has a ceiling or limits, those before it included. */
interface Step {
  promotion: Promotion;
  award: UnitAward;
  added: number;
  /** Within its limits; of a ceiling's promotion the part is recorded first come. */
  gain: number;
}

const isBound = ({ ceiling, limits }: Promotion): boolean => ceiling !== undefined || (limits?.length ?? 0) > 0;

/** The whole award of a unit: without the promotions that have ceilings or limits, and the gain of each of those (FORMAT 3.8). */
export function awardOf(
  given: Case,
  unit: string,
): { free: UnitAward; full: UnitAward; gains: Map<string, number>; steps: Step[] } {
  const all = given.rules.promotions;
  const gains = new Map<string, number>();
  const steps: Step[] = [];
  let included = all.filter((promotion) => !isBound(promotion));
  const free = unitAward(given, unit, included);
  let full = free;
  for (const bound of all.filter((promotion) => isBound(promotion) && unitFor(promotion) === unit)) {
    included = all.filter((promotion) => promotion === bound || included.includes(promotion));
    const next = unitAward(given, unit, included);
    for (const [id, why] of full.missed) if (why === 'limit') next.missed.set(id, why);
    for (const [id, points] of full.used) next.used.set(id, points);
    for (const [name, one] of full.taken) next.taken.set(name, one);
    const gain = limited(given, next, bound, Math.max(0, next.points - full.points));
    if (bound.ceiling) gains.set(bound.id, gain);
    steps.push({ promotion: bound, award: next, added: next.extra - full.extra, gain });
    full = next;
  }
  return { free, full, gains, steps };
}

/** The parts that an order has of what is bound: by its limits, or of a ceiling what was recorded (FORMAT 10.2). */
export const partOfStep = ({ promotion, gain }: Step, recorded: (promotion: string) => number): number =>
  promotion.ceiling ? Math.min(gain, recorded(promotion.id)) : gain;

export const unitsEarned = (rules: Rules): string[] => [
  ...new Set([...rules.earning.map(unitFor), ...rules.promotions.map(unitFor)]),
];
