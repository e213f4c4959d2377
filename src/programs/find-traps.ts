import { exponentOf } from '../commerce/money.js';
import { compare, type Fraction, fraction, parseFraction, times } from '../rules/fraction.js';
import type { ProgramRules, When } from '../rules/program-rules.js';
import { type Locale, locales } from '../rules/sentences.js';
import { findIdleRules } from './find-idle-rules.js';
import type { Path, Problem } from './problems.js';
import type { ProgramFile, ProgramNames } from './program-file.js';
import { findLessForMore } from './less-for-more.js';
import { type Report, reportTo } from './remarks/reporting.js';

/**
 * What a program may be meant to say but is seldom meant: settings by which others were taken advantage of, each told from the
 * file alone, in the owner's language. None keeps a program from being published; `program exploits` searches for what cannot
 * be told so.
 */
export function findTraps({ rules, names }: ProgramFile, locale: Locale = 'en'): Problem[] {
  const traps: Problem[] = [];
  const report = reportTo(traps, locale);
  unnamedUnits(rules, names, report);
  trapsOfUnits(rules, report);
  trapsOfReviews(rules, report);
  trapsOfSmallOrders(rules, report);
  trapsOfReferrals(rules, report);
  trapsOfRewards(rules, report);
  trapsOfSending(rules, report);
  trapsOfMoney(rules, report);
  for (const { at, rule, then } of findLessForMore(rules))
    report(['rules', 'earning', at, 'when'], 'earning.less-for-more', { rule, then });
  findIdleRules(rules, report);
  return traps;
}

/** Spoken of by its id where it has no name; `points` and `cashback` (money) have names of ours until they are given one. */
function unnamedUnits({ units }: ProgramRules, names: ProgramNames, report: Report): void {
  for (const unit of Object.keys(units)) {
    const named = names.units[unit];
    const missing = locales.filter((locale) => named?.[locale] === undefined);
    const isOurs = (unit === 'points' || unit === 'cashback') && missing.length === locales.length;
    if (isOurs || missing.length === 0) continue;
    const values = { missing: missing.join(', '), example: '{n, plural, one {# bean} other {# beans}}' };
    report(['names', 'units', unit], unit === 'points' ? 'unit.unnamed.points' : 'unit.unnamed', values);
  }
}

function trapsOfUnits({ units, earning, stickers }: ProgramRules, report: Report): void {
  for (const [unit, { clawback, rounding }] of Object.entries(units)) {
    // stickers are nobody's, so nobody could owe them: there is no better word to write
    if (clawback === 'zero' && unit !== stickers?.unit) report(['rules', 'units', unit, 'clawback'], 'unit.forgiven');
    if (rounding === 'ceil' && earning.some((rule) => rule.unit === unit && rule.kind === 'rate'))
      report(['rules', 'units', unit, 'rounding'], 'unit.rounded-up');
  }
}

/** A review each month keeps what was bought and sent back for some weeks; a quarter or a year of it is a level for nothing. */
function trapsOfReviews({ tiers }: ProgramRules, report: Report): void {
  const each = tiers?.downgradeEach;
  if (each === undefined || each === 'month') return;
  report(['rules', 'tiers', 'downgradeEach'], 'tiers.reviewed', { each });
}

/** The least that an order must come to; 0 = nothing is asked. */
const leastOf = (when: When | undefined): number =>
  Math.max(when?.minOrder ?? 0, when?.cart?.min ?? 0, when?.total?.min ?? 0);

/** It cannot be done again and again by ordering again and again. */
const isRare = (when: When | undefined, limits: readonly unknown[] | undefined): boolean =>
  limits !== undefined || when?.nth !== undefined || when?.membership !== undefined;

/** What is given for each order whatever it comes to: one order is split into many. */
function trapsOfSmallOrders(rules: ProgramRules, report: Report): void {
  rules.earning.forEach(({ kind, where, when, limits, unit, ...rule }, i) => {
    if (kind !== 'fixed' || where !== undefined || isRare(when, limits)) return;
    const gives = 'gives' in rule ? rule.gives : 0;
    reportGift(rules, { unit, gives, least: leastOf(when) }, ['rules', 'earning', i], report);
  });
  rules.promotions.forEach(({ add, where, when, limits, ceiling, unit }, i) => {
    if (add === undefined || where !== undefined || ceiling !== undefined || isRare(when, limits)) return;
    reportGift(rules, { unit, gives: add, least: leastOf(when) }, ['rules', 'promotions', i], report);
  });
  rules.stamps.forEach(({ per, min, maxPerDay, needs, pays }, i) => {
    if (per !== 'order' || maxPerDay !== undefined) return;
    reportGift(
      rules,
      { unit: pays.unit, gives: pays.gives, least: (min ?? 0) * needs },
      ['rules', 'stamps', i],
      report,
    );
  });
}

function reportGift(
  rules: ProgramRules,
  { unit, gives, least }: { unit: string; gives: number; least: number },
  path: Path,
  report: Report,
): void {
  if (gives === 0 || !rules.rewards.some((reward) => reward.unit === unit)) return;
  if (least === 0) report(path, 'gift.any-order');
  else if (compare(worthOf(rules, unit, gives), fraction(least)) >= 0) report(path, 'gift.worth-order');
}

const worthOf = ({ units }: ProgramRules, unit: string, points: number): Fraction =>
  times(parseFraction(units[unit]?.value ?? '0'), fraction(points));

function trapsOfReferrals(rules: ProgramRules, report: Report): void {
  const { referral } = rules;
  if (!referral) return;
  if (referral.returnDays === 0) report(['rules', 'referral', 'returnDays'], 'referral.at-once');
  const both = worthOf(rules, referral.unit, referral.advocate + referral.friend);
  if (both.n > 0n && compare(both, fraction(referral.minOrder)) >= 0)
    report(['rules', 'referral', 'minOrder'], 'referral.own-friend');
}

function trapsOfRewards(rules: ProgramRules, report: Report): void {
  rules.rewards.forEach((reward, i) => {
    const { kind, where, onRefund } = reward;
    if ((kind === 'product' || where !== undefined) && onRefund === 'share')
      report(['rules', 'rewards', i, 'onRefund'], 'reward.share-back');
    if (kind !== 'slider' && kind !== 'amount-off') return;
    const price = kind === 'slider' ? reward.step : reward.points;
    const earned = quickestOf(rules, reward.unit);
    if (earned !== null && compare(times(earned, fraction(reward.off)), fraction(price)) >= 0)
      report(['rules', 'rewards', i, 'off'], 'reward.free');
  });
}

function trapsOfSending({ sending, pendingDays, counts }: ProgramRules, report: Report): void {
  if (!sending || pendingDays > 0 || typeof counts !== 'string') return;
  report(['rules', 'sending'], 'sending.at-once');
}

/** By a wrong number of decimals every amount of the file means a hundred times as much, or as little. */
function trapsOfMoney(rules: ProgramRules, report: Report): void {
  const { money, currencies, earning } = rules;
  earning.forEach((rule, i) => {
    if (rule.kind !== 'rate') return;
    const back = times(worthOf(rules, rule.unit, 1), times(parseFraction(rule.points), fraction(100, rule.per)));
    if (compare(back, fraction(HALF)) < 0) return;
    report(['rules', 'earning', i, 'per'], 'rate.gives-back', {
      percent: Math.round(Number(back.n) / Number(back.d)),
      per: rule.per,
      amount: { minor: rule.per, money },
    });
  });
  const usual = exponentOf(money.code);
  if (!isCurrency(money.code)) report(['rules', 'money', 'code'], 'money.unknown', { code: money.code });
  else if (money.exponent !== usual)
    report(['rules', 'money', 'exponent'], 'money.decimals', {
      code: money.code,
      usual,
      here: money.exponent,
      amount: { minor: 1000, money },
    });
  for (const code of Object.keys(currencies))
    if (!isCurrency(code)) report(['rules', 'currencies', code], 'currencies.unknown', { code });
}

/** In percent: no shop gives back so much, and whoever forgets that amounts are cents does. */
const HALF = 50;

const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);

/** The most points that a minor unit of money spent plainly earns; null = they are not earned so. */
function quickestOf({ earning }: ProgramRules, unit: string): Fraction | null {
  const rates = earning.flatMap((rule) =>
    rule.unit === unit && rule.kind === 'rate' ? [times(parseFraction(rule.points), fraction(1, rule.per))] : [],
  );
  return rates.reduce<Fraction | null>((best, one) => (best === null || compare(one, best) > 0 ? one : best), null);
}
