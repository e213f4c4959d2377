import * as z from 'zod';
import { id } from '../../rules/rule-parts.js';

const points = z.string().meta({ description: 'a whole number' });
const line = {
  rank: z.int(),
  member: z.string().meta({ description: 'the member’s public id' }),
  score: points,
};

export const leaderboardParams = z.strictObject({ board: id });
export const leaderboardQuery = z.strictObject({
  top: z.coerce.number<string>().int().min(1).max(1000).default(100),
});
export const leaderboardAnswer = z.strictObject({
  id: z.string(),
  by: z.enum(['points', 'orders', 'goals']),
  unit: z.string().nullable(),
  period: z
    .strictObject({ label: z.string(), from: z.iso.datetime(), to: z.iso.datetime().nullable() })
    .nullable()
    .meta({ description: 'the running one; null = between two seasons' }),
  listed: z.int(),
  lines: z.array(z.strictObject({ ...line, name: z.string() })),
  given: z
    .array(
      z.strictObject({
        ...line,
        period: z.string(),
        name: z.string().nullable().meta({ description: 'null = shown no more' }),
        gives: z.record(z.string(), points),
      }),
    )
    .meta({ description: 'the places of ended periods, newest first' }),
});
