import * as z from 'zod';
import { fraction } from '../fraction.js';
import { matchingLines } from '../matching-lines.js';
import { where } from '../rule-parts.js';
import { measure } from './kind.js';

/** Whole items that match and were kept. */
export const items = measure({
  schema: z.strictObject({ kind: z.literal('items'), where: where.optional() }),
  ofOrders: true,
  counted: (counts, { past }, { id }, at) =>
    past
      .ordersOf(id, at)
      .filter((order) => order.standsAt(at))
      .map((order) => {
        const all = matchingLines(counts, order, at).reduce((sum, line) => sum + line.items, 0);
        return { at: order.times.moment, amount: fraction(all) };
      }),
});
