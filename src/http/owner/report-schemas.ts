import * as z from 'zod';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const points = z.string().meta({ description: 'whole points' });
const share = z.strictObject({ share: z.number(), low: z.number(), high: z.number() }).nullable();
const group = z.strictObject({ customers: z.int(), returned: z.int(), orders: z.int(), share });

export const activityQuery = z.strictObject({ months: z.coerce.number<string>().int().min(1).max(36).default(12) });
export const activityAnswer = z.strictObject({
  months: z.array(
    z.strictObject({
      month: z.string().meta({ description: 'YYYY-MM in the shop’s time' }),
      joined: z.int(),
      orders: z.int(),
      giving: z.int().meta({ description: 'orders that gave something' }),
      flows: z.array(z.strictObject({ unit: z.string(), given: points, used: points, expired: points })),
    }),
  ),
  hours: z
    .array(z.strictObject({ weekday: z.int().min(0).max(6), hour: z.int().min(0).max(23), orders: z.int() }))
    .meta({ description: 'the last 90 days; weekday 0 = Monday' }),
});

export const returningQuery = z.strictObject({
  days: z.coerce.number<string>().int().min(30).max(1100).default(365),
  within: z.coerce.number<string>().int().min(7).max(365).default(90),
});
export const returningAnswer = z.strictObject({
  days: z.int(),
  within: z.int(),
  members: group,
  others: group,
  difference: share.meta({ description: 'members less others, with its 95 % interval' }),
  firstReward: z.strictObject({ joined: z.int(), rewarded: z.int(), share }),
});
