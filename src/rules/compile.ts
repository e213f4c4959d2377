import { Calendar, parseDate } from './calendar.js';
import { prepareWhen, prepareWhere } from './conditions/index.js';
import type { Check, LineTest } from './conditions/index.js';
import { preparePayer } from './earning/index.js';
import type { Payer } from './earning/index.js';
import { floor, fraction, ONE, parseFraction, times } from './fraction.js';
import type { Fraction } from './fraction.js';
import { prepareLimits } from './rule-limits.js';
import type { LimitReady } from './rule-limits.js';
import { covering, nameOfEarning, prepareShared } from './shared-limits.js';
import type { SharedReady } from './shared-limits.js';
import type { BaseRules, ProgramRules, Promotion, EarningRule } from './program-rules.js';

/** A rule set made ready to judge: texts parsed, zones found, the units that can be earned listed. */
export interface Compiled {
  rules: ProgramRules;
  calendar: Calendar;
  /** The different readings of the base; the first is the program's. */
  bases: BaseRules[];
  units: UnitRulesReady[];
  /** By level id, the multiplier of the tier. */
  multipliers: Map<string, Fraction>;
  multiplies: Set<string>;
  startsAt: number;
  /** The first instant at which nothing more is earned, and at which nothing more can be used. */
  earnsUntil: number;
  redeemsUntil: number;
  /** Some rule has a limit that several orders of a member share, with each other or with gifts. */
  sharesRoom: boolean;
  /** Limits over several rules. */
  shared: SharedReady[];
}

export interface UnitRulesReady {
  unit: string;
  rounding: 'floor' | 'nearest' | 'ceil';
  rules: RuleReady[];
  promotions: PromotionReady[];
}

export interface Conditions {
  id: string;
  where: LineTest | null;
  when: Check | null;
  /** Index into `bases`. */
  base: number;
  limits: LimitReady[];
  /** Those that it shares with other rules. */
  shared: readonly SharedReady[];
}

export interface RuleReady extends Conditions {
  rule: EarningRule;
  payer: Payer;
}

export interface PromotionReady extends Conditions {
  promotion: Promotion;
  factor: Fraction;
  /** In points; null = no ceiling. */
  ceiling: bigint | null;
}

const compiled = new WeakMap<ProgramRules, Compiled>();

/** The compiled form of a rule set, kept as long as the rule set itself. */
export function compile(rules: ProgramRules): Compiled {
  let ready = compiled.get(rules);
  if (!ready) {
    ready = prepare(rules);
    compiled.set(rules, ready);
  }
  return ready;
}

function prepare(rules: ProgramRules): Compiled {
  const calendar = Calendar.of(rules.zone);
  const bases: BaseRules[] = [rules.base];
  const multipliers = new Map<string, Fraction>();
  for (const level of rules.tiers?.levels ?? []) multipliers.set(level.id, parseFraction(level.multiplier ?? 1));
  const shared = prepareShared(rules, calendar);
  const names = new Set([...rules.earning.map((r) => r.unit), ...rules.promotions.map((p) => p.unit)]);
  const dayAfter = (date: string): number => calendar.startOf(parseDate(date) + 1);
  return {
    rules,
    calendar,
    bases,
    // stickers are nobody's: no member earns them
    units: [...names]
      .filter((unit) => unit !== rules.stickers?.unit)
      .map((unit) => prepareUnit(rules, unit, bases, shared)),
    multipliers,
    multiplies: new Set(rules.tiers?.multiplies ?? []),
    startsAt: rules.starts ? calendar.startOf(parseDate(rules.starts)) : -Infinity,
    earnsUntil: rules.ends ? dayAfter(rules.ends.earn) : Infinity,
    redeemsUntil: rules.ends ? dayAfter(rules.ends.redeem) : Infinity,
    sharesRoom:
      [...rules.earning, ...rules.promotions].some(({ limits }) =>
        limits?.some((limit) => limit.per !== 'order' && limit.of === 'member'),
      ) || rules.earning.some(({ id, unit }) => covering(shared, nameOfEarning(id), unit).length > 0),
    shared,
  };
}

function prepareUnit(
  rules: ProgramRules,
  unit: string,
  bases: BaseRules[],
  shared: readonly SharedReady[],
): UnitRulesReady {
  return {
    unit,
    rounding: rules.units[unit]?.rounding ?? 'floor',
    rules: rules.earning
      .filter((rule) => rule.unit === unit)
      .map((rule) => ({
        rule,
        payer: preparePayer(rule),
        ...conditions(rules, rule, baseIndex(rules, rule.base, bases)),
        shared: covering(shared, nameOfEarning(rule.id), unit),
      })),
    promotions: rules.promotions
      .filter((promotion) => promotion.unit === unit)
      .map((promotion) => ({
        promotion,
        factor: promotion.factor === undefined ? ONE : parseFraction(promotion.factor),
        ceiling: ceilingInPoints(rules, promotion),
        ...conditions(rules, promotion, 0),
        ...(promotion.paused ? { when: () => 'paused' } : {}),
      })),
  };
}

function conditions(
  rules: ProgramRules,
  rule: Pick<EarningRule, 'id' | 'where' | 'when' | 'limits'>,
  base: number,
): Conditions {
  return {
    id: rule.id,
    where: prepareWhere(rule.where),
    when: prepareWhen(rule.when, rules.zone),
    base,
    limits: prepareLimits(rule.limits, Calendar.of(rules.zone)),
    shared: [],
  };
}

/** A partial reading of the base laid over the program's; the same readings share one place. */
export function baseIndex(rules: ProgramRules, partial: EarningRule['base'], bases: BaseRules[]): number {
  if (!partial) return 0;
  const whole = overlay(rules.base, partial);
  const at = bases.findIndex((base) => JSON.stringify(base) === JSON.stringify(whole));
  return at >= 0 ? at : bases.push(whole) - 1;
}

export function overlay(base: BaseRules, partial: EarningRule['base']): BaseRules {
  if (!partial) return base;
  return {
    tax: partial.tax ?? base.tax,
    shipping: partial.shipping ?? base.shipping,
    discounts: partial.discounts ?? base.discounts,
    giftCardPaid: partial.giftCardPaid ?? base.giftCardPaid,
  };
}

/** A ceiling as points: money is divided by what a point of the unit is worth, rounded down. */
export function ceilingInPoints(rules: ProgramRules, promotion: Promotion): bigint | null {
  const { ceiling } = promotion;
  if (!ceiling) return null;
  if ('points' in ceiling) return BigInt(ceiling.points);
  const value = parseFraction(rules.units[promotion.unit]?.value ?? 0);
  return value.n === 0n ? null : floor(times(fraction(ceiling.money), { n: value.d, d: value.n }));
}
