import * as z from 'zod';
import { points } from './schemas.js';

const instant = z.iso.datetime().nullable();

export const leaderboardsQuery = z.strictObject({
  lang: z.string().max(35).optional(),
  top: z.coerce.number<string>().int().min(1).max(100).default(10),
  around: z.coerce.number<string>().int().min(0).max(20).default(2),
});
export const leaderboardsAnswer = z.strictObject({
  shownAs: z.string().nullable().meta({ description: 'the name that the member chose; null = they are not shown' }),
  leaderboards: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      by: z.enum(['points', 'orders', 'goals']),
      unit: z.string().nullable(),
      from: instant.meta({ description: 'null = since ever' }),
      to: instant.meta({ description: 'null = it never ends' }),
      listed: z.int().meta({ description: 'how many are on it' }),
      lines: z
        .array(z.strictObject({ rank: z.int(), name: z.string(), score: points, you: z.boolean() }))
        .meta({ description: 'the first, and those around the member' }),
      places: z
        .array(z.strictObject({ rank: z.int(), unit: z.string(), points }))
        .meta({ description: 'what the first are given at the end' }),
    }),
  ),
});
export const shownNameRequest = z.strictObject({ name: z.string().min(1).max(100) });
export const shownNameAnswer = z.strictObject({ shownAs: z.string() });
