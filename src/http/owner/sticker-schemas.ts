import * as z from 'zod';
import { id } from '../../rules/rule-parts.js';

const count = z.string().meta({ description: 'a whole number' });

export const batchRequest = z.strictObject({
  id: id.meta({ description: 'names the batch; the same id again is refused' }),
  stickers: z.int().min(1).max(10_000),
  ends: z.iso.datetime().optional().meta({ description: 'else by the terms of the unit' }),
});
export const batchAnswer = z.strictObject({
  unit: z.string(),
  ends: z.iso.datetime().nullable(),
  codes: z.array(z.string()).meta({ description: 'told in this answer and never again: print them now' }),
});
export const batchParams = z.strictObject({ batch: id });
export const voidedAnswer = z.strictObject({ standing: z.int().meta({ description: 'those that were used before' }) });
export const orderStickersParams = z.strictObject({ store: z.string().regex(/^\d{1,18}$/), order: id });
export const orderStickersAnswer = z.strictObject({ codes: z.array(z.string()) });
export const stickersAnswer = z.strictObject({
  stickers: z.array(
    z.strictObject({
      unit: z.string(),
      issued: count,
      open: count,
      held: count,
      redeemed: count,
      expired: count,
      worth: z
        .strictObject({ minor: z.string(), currency: z.string(), exponent: z.int() })
        .meta({ description: 'of what is open or held, at the worth of one' }),
      nextEnd: z.iso.datetime().nullable(),
    }),
  ),
});
