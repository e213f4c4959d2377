import * as z from 'zod';
import { matchingLines } from '../matching-lines.js';
import { sumOf } from '../remains.js';
import { partialBase, where } from '../rule-parts.js';
import { measure } from './kind.js';

/** Money spent, in minor units of the program's, on what matches and was kept. */
export const spend = measure({
  schema: z.strictObject({ kind: z.literal('spend'), where: where.optional(), base: partialBase.optional() }),
  ofOrders: true,
  counted: (counts, { past }, { id }, at) =>
    past
      .ordersOf(id, at)
      .filter((order) => order.standsAt(at))
      .map((order) => ({ at: order.times.moment, amount: sumOf(matchingLines(counts, order, at)) })),
});
