import * as z from 'zod';
import { ONE } from '../fraction.js';
import { measure } from './kind.js';

/** Approved reviews that the program gives for, one a product. */
export const reviews = measure({
  schema: z.strictObject({ kind: z.literal('reviews') }),
  ofOrders: false,
  counted(_, facts, { members }, at) {
    const own = facts.reviews.flatMap(({ review, activity }) => {
      const mine = activity && members.some(({ id }) => id === activity.member) && activity.earned <= at;
      return mine ? [{ product: review.product, at: review.written }] : [];
    });
    const first = new Map<string, number>();
    for (const one of own) first.set(one.product, Math.min(first.get(one.product) ?? Infinity, one.at));
    return [...first.values()].map((written) => ({ at: written, amount: ONE }));
  },
});
