import { compare, type Fraction, fraction, minus, ONE, parseFraction, times } from '../rules/fraction.js';
import type { ProgramRules, Promotion } from '../rules/program-rules.js';
import type { Amount, Report } from './remarks/reporting.js';

/** In major units of the money: an order that is nothing out of the ordinary. */
const ORDINARY = 100;

/** Ceilings that are no points at all, and those that a single order uses up. */
export function idleCeilings(rules: ProgramRules, report: Report): void {
  rules.promotions.forEach((promotion, i) => {
    const { ceiling } = promotion;
    const points = pointsOf(promotion, rules);
    if (!ceiling || points === null) return;
    const at = ['rules', 'promotions', i, 'ceiling', 'points' in ceiling ? 'points' : 'money'];
    if (points.n === 0n) {
      const worth = rules.units[promotion.unit]?.value ?? '0';
      if ('money' in ceiling && worth === '0') report(at, 'ceiling.worthless', { unit: promotion.unit });
      else report(at, 'ceiling.nothing');
      return;
    }
    const amount = usedUpBy(promotion, points, rules);
    if (amount !== null) report(at, 'ceiling.one-order', { amount });
  });
}

/** What all are given, in whole points; null = there is no ceiling. */
function pointsOf({ ceiling, unit }: Promotion, { units }: ProgramRules): Fraction | null {
  if (!ceiling) return null;
  if ('points' in ceiling) return fraction(ceiling.points);
  const worth = parseFraction(units[unit]?.value ?? '0');
  if (worth.n === 0n) return fraction(0);
  return fraction((BigInt(ceiling.money) * worth.d) / worth.n);
}

/** The money of an ordinary order by which the ceiling is reached; null = it takes more than that. */
function usedUpBy(promotion: Promotion, points: Fraction, { earning, money }: ProgramRules): Amount | null {
  const { unit, factor, add, when } = promotion;
  const least = Math.max(when?.minOrder ?? 0, when?.cart?.min ?? 0, when?.total?.min ?? 0);
  const amount = Math.max(least, ORDINARY * 10 ** money.exponent);
  const rates = earning.flatMap((rule) =>
    rule.kind === 'rate' && rule.unit === unit && rule.where === undefined && rule.when === undefined
      ? [times(parseFraction(rule.points), fraction(amount, rule.per))]
      : [],
  );
  const more = factor === undefined ? fraction(0) : minus(parseFraction(factor), ONE);
  const gains = rates.map((rate) => times(rate, more));
  const most = [fraction(add ?? 0), ...gains].reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  if (compare(most, points) < 0) return null;
  return { minor: amount, money };
}
