import * as z from 'zod';

export const points = z
  .string()
  .regex(/^-?\d+$/)
  .meta({ description: 'whole points' });
export const instant = z.iso.datetime();

/** What is drawn of a goal: `have` of `needs`, of what it counts. */
export const goalProgress = z.strictObject({
  id: z.string(),
  name: z.string(),
  counts: z
    .string()
    .meta({ description: 'orders, spend (minor units), items, visits, deeds, ...; periods for a streak' }),
  have: points,
  needs: points,
  gives: z.strictObject({ unit: z.string(), points }),
  badge: z.string().nullable(),
  times: z.int().meta({ description: 'how often it was reached' }),
  reached: instant.nullable(),
  ends: instant.nullable().meta({ description: 'by when what is missing must be done; null = there is time' }),
  sentence: z.string().meta({ description: 'what is missing, by when, and what it gives' }),
});

/** The levels of the tiers from the lowest up; figures are of what the tiers count (minor units for spend). */
export const ladder = z.strictObject({
  level: z.string().nullable().meta({ description: 'the one held now, by its id' }),
  levels: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      enter: points,
      perks: z.array(z.string()).meta({ description: 'what it brings beside points, in words' }),
    }),
  ),
  have: points,
  needs: points
    .nullable()
    .meta({ description: 'what the next level asks for; null at the top, and for who is no member' }),
  sentence: z.string().nullable().meta({ description: 'what is missing to the next level, or to stay' }),
  changes: z
    .array(
      z.strictObject({
        at: instant,
        from: z.string().nullable(),
        to: z.string().nullable(),
        why: z.enum(['reached', 'returned', 'over', 'reviewed', 'merged', 'rules']),
        of: z.string().nullable().meta({ description: 'what lifted or lowered it: order:1/1042' }),
        sentence: z.string(),
      }),
    )
    .meta({ description: 'every change of the level with its reason, the last first; twenty at most' }),
});
