import * as z from 'zod';
import { fraction, ONE, parseFraction, times } from '../fraction.js';
import { earningShared, fractionText } from '../rule-parts.js';
import { claimingKind } from './kind.js';

/** So many points for each `per` minor units, in proportion, exact to the last fraction. */
export const rate = claimingKind({
  schema: z.strictObject({
    ...earningShared,
    kind: z.literal('rate'),
    points: fractionText,
    per: z.int().min(1).meta({ format: 'money' }),
  }),
  prepare(rule) {
    const points = times(parseFraction(rule.points), fraction(1, rule.per));
    return (lines, factors) => lines.map((line, i) => times(times(line.base, points), factors?.[i] ?? ONE));
  },
  figures: (rule) => ({ points: rule.points, money: rule.per }),
});
