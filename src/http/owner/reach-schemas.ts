import * as z from 'zod';
import { rangeQuery, rewardsQuery } from './report-schemas.js';

export const activeQuery = rangeQuery.extend({
  days: z.coerce.number<string>().int().min(7).max(365).default(90),
});
const reached = z.strictObject({
  month: z.string().meta({ description: 'YYYY-MM in the shop’s time' }),
  until: z.iso
    .date()
    .nullable()
    .meta({ description: 'the day after its last; null = it runs, the figures are of now' }),
  members: z.int().meta({ description: 'who were members at its end, and are still' }),
  active: z.int().meta({ description: 'of these, who earned or used points within the days before its end' }),
});
export const activeAnswer = z.strictObject({
  days: z.int(),
  months: z.array(reached),
  before: z.array(reached).meta({ description: 'as many months before' }),
});

const amount = {
  members: z.int(),
  points: z.string().meta({ description: 'what they have' }),
  worth: z.string().meta({ description: 'of these points, minor units of the program’s money' }),
};
export const unclaimedQuery = rewardsQuery.pick({ locale: true });
export const unclaimedAnswer = z.strictObject({
  units: z.array(
    z.strictObject({
      unit: z.string(),
      cheapest: z
        .strictObject({ title: z.string(), points: z.int() })
        .nullable()
        .meta({ description: 'of the rewards that everybody may have; null = all are for some levels' }),
      ...amount,
      waits: z.array(
        z.strictObject({
          least: z.int().nullable().meta({ description: 'days since they could, at least; null = just now' }),
          under: z.int().nullable().meta({ description: 'fewer days than these; null = however many' }),
          ...amount,
        }),
      ),
    }),
  ),
});
