import { exponentOf } from '../commerce/money.js';
import { compare, type Fraction, fraction, parseFraction, times } from '../rules/fraction.js';
import type { ProgramRules, When } from '../rules/program-rules.js';
import { locales } from '../rules/sentences.js';
import { findIdleRules } from './find-idle-rules.js';
import { type Path, pathText, type Problem } from './problems.js';
import type { ProgramFile, ProgramNames } from './program-file.js';

type Report = (path: Path, problem: string, fix: string) => void;

/**
 * What a program may be meant to say but is seldom meant: settings by which others were taken advantage of, each told from the
 * file alone. None keeps a program from being published; `program exploits` searches for what cannot be told so.
 */
export function findTraps({ rules, names }: ProgramFile): Problem[] {
  const traps = unnamedUnits(rules, names);
  const report: Report = (path, problem, fix) => void traps.push({ path: pathText(['rules', ...path]), problem, fix });
  trapsOfUnits(rules, report);
  trapsOfReviews(rules, report);
  trapsOfSmallOrders(rules, report);
  trapsOfReferrals(rules, report);
  trapsOfRewards(rules, report);
  trapsOfSending(rules, report);
  trapsOfMoney(rules, report);
  return [...traps, ...findIdleRules(rules)];
}

/** Spoken of by its id where it has no name; `points` and `cashback` (money) have names of ours until they are given one. */
function unnamedUnits({ units }: ProgramRules, names: ProgramNames): Problem[] {
  return Object.keys(units).flatMap((unit) => {
    const named = names.units[unit];
    const missing = locales.filter((locale) => named?.[locale] === undefined);
    const isOurs = (unit === 'points' || unit === 'cashback') && missing.length === locales.length;
    if (isOurs || missing.length === 0) return [];
    const path = pathText(['names', 'units', unit]);
    const problem = `it has no name in ${missing.join(', ')}: members who read that are told of it by ${unit === 'points' ? 'another name' : 'its id'}`;
    return [{ path, problem, fix: 'Write as in {n, plural, one {# bean} other {# beans}}, once a language.' }];
  });
}

function trapsOfUnits({ units, earning, stickers }: ProgramRules, report: Report): void {
  for (const [unit, { clawback, rounding }] of Object.entries(units)) {
    // stickers are nobody's, so nobody could owe them: there is no better word to write
    if (clawback === 'zero' && unit !== stickers?.unit)
      report(
        ['units', unit, 'clawback'],
        'what was spent before a refund is forgiven: buying, spending the points and returning the goods is a gain',
        'Write debt, or hold points until the days of return are over (pendingDays).',
      );
    if (rounding === 'ceil' && earning.some((rule) => rule.unit === unit && rule.kind === 'rate'))
      report(
        ['units', unit, 'rounding'],
        'it is rounded up: an order split into many small ones earns more than the whole',
        'Write floor or nearest, or ask for a minimum (when.minOrder).',
      );
  }
}

/** A review each month keeps what was bought and sent back for some weeks; a quarter or a year of it is a level for nothing. */
function trapsOfReviews({ tiers }: ProgramRules, report: Report): void {
  const each = tiers?.downgradeEach;
  if (each === undefined || each === 'month') return;
  report(
    ['tiers', 'downgradeEach'],
    `a level stays until the review though everything that reached it is sent back: up to a ${each} of it for nothing`,
    'Write month, or leave it out: a level whose goods are returned then ends at once, with graceDays for those who only buy less.',
  );
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
    reportGift(rules, { unit, gives, least: leastOf(when) }, ['earning', i], report);
  });
  rules.promotions.forEach(({ add, where, when, limits, ceiling, unit }, i) => {
    if (add === undefined || where !== undefined || ceiling !== undefined || isRare(when, limits)) return;
    reportGift(rules, { unit, gives: add, least: leastOf(when) }, ['promotions', i], report);
  });
  rules.stamps.forEach(({ per, min, maxPerDay, needs, pays }, i) => {
    if (per !== 'order' || maxPerDay !== undefined) return;
    reportGift(rules, { unit: pays.unit, gives: pays.gives, least: (min ?? 0) * needs }, ['stamps', i], report);
  });
}

function reportGift(
  rules: ProgramRules,
  { unit, gives, least }: { unit: string; gives: number; least: number },
  path: Path,
  report: Report,
): void {
  if (gives === 0 || !rules.rewards.some((reward) => reward.unit === unit)) return;
  if (least === 0)
    report(
      path,
      'it is given for orders however small: one order is split into many',
      'Ask for a minimum (when.minOrder; min on a card), or limit how often it is given (limits).',
    );
  else if (compare(worthOf(rules, unit, gives), fraction(least)) >= 0)
    report(
      path,
      'it is worth at least as much as the purchase that it asks for',
      'Ask for more (when.minOrder; min on a card), or give less.',
    );
}

const worthOf = ({ units }: ProgramRules, unit: string, points: number): Fraction =>
  times(parseFraction(units[unit]?.value ?? '0'), fraction(points));

function trapsOfReferrals(rules: ProgramRules, report: Report): void {
  const { referral } = rules;
  if (!referral) return;
  if (referral.returnDays === 0)
    report(
      ['referral', 'returnDays'],
      'it is final at once: a friend orders, both are given their points, and the friend sends everything back',
      'Wait for as many days as goods may be returned.',
    );
  const both = worthOf(rules, referral.unit, referral.advocate + referral.friend);
  if (both.n > 0n && compare(both, fraction(referral.minOrder)) >= 0)
    report(
      ['referral', 'minOrder'],
      'what both are given is worth at least the order that it asks for: anybody is their own friend',
      'Ask for more, or give less.',
    );
}

function trapsOfRewards(rules: ProgramRules, report: Report): void {
  rules.rewards.forEach((reward, i) => {
    const { kind, where, onRefund } = reward;
    if ((kind === 'product' || where !== undefined) && onRefund === 'share')
      report(
        ['rewards', i, 'onRefund'],
        'a refund gives back a share of its points, whatever was returned: what lay beside it is returned for them, and it is kept',
        'Write onRefund: keep.',
      );
    if (kind !== 'slider' && kind !== 'amount-off') return;
    const price = kind === 'slider' ? reward.step : reward.points;
    const earned = quickestOf(rules, reward.unit);
    if (earned !== null && compare(times(earned, fraction(reward.off)), fraction(price)) >= 0)
      report(
        ['rewards', i, 'off'],
        'it takes off as much as its points cost to earn: what is bought is free',
        'Take off less, or ask for more points.',
      );
  });
}

function trapsOfSending({ sending, pendingDays, counts }: ProgramRules, report: Report): void {
  if (!sending || pendingDays > 0 || typeof counts !== 'string') return;
  report(
    ['sending'],
    'points are given away before their order can be sent back: a gift is final, and the debt is left to whoever never comes again',
    'Hold points until the days of return are over (pendingDays).',
  );
}

/** By a wrong number of decimals every amount of the file means a hundred times as much, or as little. */
function trapsOfMoney(rules: ProgramRules, report: Report): void {
  const { money, currencies, earning } = rules;
  earning.forEach((rule, i) => {
    if (rule.kind !== 'rate') return;
    const back = times(worthOf(rules, rule.unit, 1), times(parseFraction(rule.points), fraction(100, rule.per)));
    if (compare(back, fraction(HALF)) < 0) return;
    report(
      ['earning', i, 'per'],
      `it gives back ${Math.round(Number(back.n) / Number(back.d))} % of what is paid, by what its points are worth: ${rule.per} is read as ${shownAs(rule.per, money)}`,
      'Write amounts in the smallest coin (cents), or say less of the worth of one (value).',
    );
  });
  const usual = exponentOf(money.code);
  if (!isCurrency(money.code))
    report(
      ['money', 'code'],
      `${money.code} is no currency that is in use`,
      'Write its three capital letters, as in EUR.',
    );
  else if (money.exponent !== usual)
    report(
      ['money', 'exponent'],
      `${money.code} has ${usual} decimals, and here ${money.exponent}: an amount of 1000 is read as ${shownAs(1000, money)}`,
      `Write ${usual}, and every amount of the file in its smallest coin.`,
    );
  for (const code of Object.keys(currencies))
    if (!isCurrency(code))
      report(
        ['currencies', code],
        `${code} is no currency that is in use`,
        'Write its three capital letters, as in USD.',
      );
}

/** In percent: no shop gives back so much, and whoever forgets that amounts are cents does. */
const HALF = 50;

const isCurrency = (code: string): boolean => Intl.supportedValuesOf('currency').includes(code);

const shownAs = (amount: number, { code, exponent }: ProgramRules['money']): string =>
  `${(amount / 10 ** exponent).toFixed(exponent)} ${code}`;

/** The most points that a minor unit of money spent plainly earns; null = they are not earned so. */
function quickestOf({ earning }: ProgramRules, unit: string): Fraction | null {
  const rates = earning.flatMap((rule) =>
    rule.unit === unit && rule.kind === 'rate' ? [times(parseFraction(rule.points), fraction(1, rule.per))] : [],
  );
  return rates.reduce<Fraction | null>((best, one) => (best === null || compare(one, best) > 0 ? one : best), null);
}
