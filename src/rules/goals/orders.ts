import * as z from 'zod';
import { compare, fraction, ONE } from '../fraction.js';
import { matchingLines } from '../matching-lines.js';
import { sumOf } from '../remains.js';
import { minor, partialBase, where } from '../rule-parts.js';
import { measure } from './kind.js';

/** Orders that stand: with something that matches, worth at least `min`. They are of their moment, not of when they counted. */
export const orders = measure({
  schema: z.strictObject({
    kind: z.literal('orders'),
    where: where.optional(),
    base: partialBase.optional(),
    min: minor.optional(),
  }),
  ofOrders: true,
  counted(counts, { past }, { id }, at) {
    const least = fraction(counts.min ?? 0);
    const asks = counts.where !== undefined || counts.min !== undefined;
    return past.ordersOf(id, at).flatMap((order) => {
      if (!order.standsAt(at)) return [];
      if (asks) {
        const sum = sumOf(matchingLines(counts, order, at));
        if (sum.n <= 0n || compare(sum, least) < 0) return [];
      }
      return [{ at: order.times.moment, amount: ONE }];
    });
  },
});
