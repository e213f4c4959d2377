import * as z from 'zod';

const instant = z.iso.datetime();
const points = z.string().regex(/^-?\d+$/);
const holdings = z.strictObject({ available: points, pending: points, held: points, debt: points });
const sides = <T extends z.ZodType>(of: T) => z.strictObject({ before: of, after: of });

export const planQuery = z.strictObject({
  to: z
    .union([z.literal('draft'), z.coerce.number<string>().int().min(1).max(1e9)], {
      error: 'name a version by its number, as in 3, or draft',
    })
    .default('draft')
    .meta({ description: '`draft`, or the version that would be published once more' }),
  from: instant.optional().meta({ description: 'from when it would be in force; else now' }),
  all: z.enum(['true', 'false']).default('false').meta({ description: 'true = also members for whom nothing changes' }),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0')
    .meta({ description: '`next` of the page before' }),
  limit: z.coerce.number<string>().int().min(1).max(200).default(100).meta({ description: 'members looked at' }),
});

export const planAnswer = z.strictObject({
  members: z
    .array(
      z.strictObject({
        member: z.uuid(),
        name: z
          .string()
          .nullable()
          .meta({ description: 'looked up when it is asked; null also for whoever may not see names' }),
        units: z.record(
          z.string(),
          z.strictObject({
            ...sides(holdings).shape,
            endsSooner: points.meta({ description: 'points that stay, but end before they would have' }),
          }),
        ),
        tier: sides(z.string().nullable()),
        changes: z.boolean(),
      }),
    )
    .meta({ description: 'a page may hold none while there are more' }),
  next: z.string().nullable().meta({ description: 'ask with `after` set to it; null = these were the last' }),
});

export const settlingAnswer = z.strictObject({
  state: z.enum(['nothing', 'waiting', 'running', 'done']),
  askedAt: instant.nullable(),
  since: instant.nullable().meta({ description: 'what happened from here on is judged anew' }),
  everyone: z.boolean().meta({ description: 'members without anything since then are settled as well' }),
  done: z.int().meta({ description: 'members settled so far' }),
  total: z.int().nullable().meta({ description: 'of so many that it concerns; null before it has begun' }),
});
