import * as z from 'zod';
import { compare, floor, fraction, minus, ONE, plus, times, ZERO } from '../fraction.js';
import type { Fraction } from '../fraction.js';
import { count, earningShared } from '../rule-parts.js';
import { claimingKind } from './kind.js';

/**
 * So many points for each full `every` of the claimed lines together; never in proportion. With factors f1 < f2 < ... it
 * pays (f1-0) x steps of all lines + (f2-f1) x steps of the lines with at least f2 + ...: spreading the steps over the
 * lines before multiplying would let the return of a plain item raise the award.
 */
export const step = claimingKind({
  schema: z.strictObject({
    ...earningShared,
    kind: z.literal('step'),
    gives: count,
    every: z.int().min(1).meta({ format: 'money' }),
  }),
  prepare: (rule) => (lines, factors) => {
    const exact: Fraction[] = lines.map(() => ZERO);
    let below = ZERO;
    for (const level of levels(factors)) {
      const members = lines.map((_, i) => !factors || compare(factors[i] ?? ONE, level) >= 0);
      const sum = lines.reduce((total, line, i) => (members[i] ? plus(total, line.base) : total), ZERO);
      const steps = floor(times(sum, fraction(1, rule.every)));
      const pays = times(fraction(steps * BigInt(rule.gives)), minus(level, below));
      if (pays.n > 0n) {
        const each = times(pays, { n: sum.d, d: sum.n });
        lines.forEach((line, i) => {
          if (members[i]) exact[i] = plus(exact[i] ?? ZERO, times(each, line.base));
        });
      }
      below = level;
    }
    return exact;
  },
  figures: (rule) => ({ points: rule.gives, money: rule.every }),
});

/** The different factors, ascending. */
function levels(factors: readonly Fraction[] | null): Fraction[] {
  if (!factors) return [ONE];
  const sorted = [...factors].sort(compare);
  return sorted.filter((factor, i) => i === 0 || compare(factor, sorted[i - 1] ?? factor) !== 0);
}
