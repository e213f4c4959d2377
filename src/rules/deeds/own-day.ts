import * as z from 'zod';
import { deedKind, deedShared, limitsOfOne, outsideWindow } from './kind.js';

/**
 * A day of the member's own choice, told before it is over: conditions may ask whether it is that day (`when.ownDay`). Once a
 * year, unless the limits say how often; what was chosen stays chosen.
 */
export const ownDay = deedKind({
  schema: z.strictObject({
    ...deedShared,
    kind: z.literal('own-day'),
    limits: limitsOfOne.default({ year: 1 }),
  }),
  bar: outsideWindow,
});
