import * as z from 'zod';
import { floor, fraction, parseFraction, times } from '../fraction.js';
import { earningShared, fractionText, minor } from '../rule-parts.js';
import { addingKind } from './kind.js';

/** So many points for each `per` minor units that were taken off the shipping; `otherwise` = what counts where nobody tells how much. */
export const shipping = addingKind({
  schema: z.strictObject({
    ...earningShared,
    kind: z.literal('shipping'),
    points: fractionText,
    per: z.int().min(1).meta({ format: 'money' }),
    otherwise: minor.optional(),
  }),
  prepare(rule) {
    const points = times(parseFraction(rule.points), fraction(1, rule.per));
    return (_, off) =>
      off === null ? 0n : floor(times(off === 'untold' ? fraction(rule.otherwise ?? 0) : off, points));
  },
  figures: (rule) => ({ points: rule.points, money: rule.per }),
});
