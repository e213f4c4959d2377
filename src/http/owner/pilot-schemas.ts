import * as z from 'zod';
import { PILOT_MEASURES } from '../../reports/read-pilot.js';

const mean = z.number().nullable();
const side = z.strictObject({
  customers: z.int().meta({ description: 'on this side, whatever they did' }),
  bought: z.int().meta({ description: 'who ordered since they count' }),
  again: z.int().meta({ description: 'who ordered twice or more' }),
  orders: mean.meta({ description: 'orders a customer' }),
  brought: mean.meta({ description: 'minor units a customer' }),
  orderValue: mean.meta({ description: 'minor units an order' }),
});

export const pilotAnswer = z.strictObject({
  pilots: z
    .array(
      z.strictObject({
        store: z.string(),
        url: z.string(),
        share: z.int().meta({ description: 'of a hundred customers so many see the program' }),
        began: z.iso.datetime(),
        ends: z.iso.datetime().meta({ description: 'ninety days after: no verdict earlier' }),
        closed: z.iso.datetime().nullable().meta({ description: 'when the share was changed again' }),
        verdict: z.enum(['running', 'cut-short', 'too-few', 'one', 'other', 'none']).meta({
          description: 'by who ordered again: one, other = that side is better; none = what is seen may be chance',
        }),
        sides: z.array(side).length(2).meta({ description: 'who sees the program, and the rest' }),
        differences: z.array(
          z.strictObject({
            measure: z.enum(PILOT_MEASURES),
            difference: z
              .strictObject({ value: z.number(), low: z.number(), high: z.number() })
              .nullable()
              .meta({ description: 'the first side less the other, with its 95 % interval' }),
          }),
        ),
      }),
    )
    .meta({ description: 'the last three of each store, the newest first' }),
});
