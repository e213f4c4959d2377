import * as z from 'zod';
import { id, localDateTime } from '../../rules/rule-parts.js';

const points = z.string().meta({ description: 'whole points' });
const locale = z.enum(['en', 'nl', 'nb', 'pl']).default('en');
const instant = z.iso.datetime();

export const promotionsAnswer = z.strictObject({
  promotions: z.array(
    z.strictObject({
      id: z.string(),
      unit: z.string(),
      sentence: z.string().meta({ description: 'what it does, in the program’s own names' }),
      state: z.enum(['paused', 'open', 'waiting', 'over']).meta({
        description: 'waiting = its window opens again within two years; over = it does not',
      }),
      ceiling: z
        .strictObject({
          points,
          granted: points,
          left: points,
          perHour: z.number().nullable().meta({
            description: 'points an hour in which it is open, of the last week; null = nothing was given',
          }),
          runsOut: instant
            .nullable()
            .meta({ description: 'when the rest is gone if that goes on; null = not within sight' }),
        })
        .nullable(),
      forecast: z
        .strictObject({
          points: points.meta({ description: 'what the simulation before publishing said it would give' }),
          expected: points.nullable().meta({
            description: 'of it by now, over the hours in which it was open; null = not open in what was simulated',
          }),
          together: z.int().meta({ description: 'of so many changed promotions together' }),
          since: instant,
        })
        .nullable()
        .meta({ description: 'null = it was published without a simulation' }),
    }),
  ),
});
export const conflictsQuery = z.strictObject({
  of: z
    .union([z.literal('draft'), z.coerce.number<string>().int().min(1).max(1e9)])
    .optional()
    .meta({ description: 'the draft, or a version; else the version in force' }),
  locale,
});
export const conflictsAnswer = z.strictObject({
  conflicts: z.array(
    z.strictObject({
      first: z.string(),
      second: z.string(),
      unit: z.string(),
      kind: z.enum(['swallows', 'raises', 'lowers']).meta({
        description: 'one of them changes nothing; together they give more than the better one, or less',
      }),
      idle: z.string().nullable().meta({ description: 'which of them changes nothing' }),
      points: z.strictObject({ none: points, first: points, second: points, both: points }),
      sentence: z.string(),
      steps: z.array(z.string()).meta({ description: 'how the order comes to its points, with all promotions' }),
    }),
  ),
});
const date = z.iso.date();
export const daysQuery = z
  .strictObject({
    from: date,
    to: date,
    of: z.literal('draft').optional().meta({ description: 'the draft; else the version in force' }),
  })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) <= 92 * 86_400_000, {
    error: 'must be a span of at most 93 days, its first day first',
    path: ['to'],
  });
export const daysAnswer = z.strictObject({
  zone: z.string(),
  today: date,
  clockChanges: z
    .array(z.strictObject({ date, hours: z.int() }))
    .meta({ description: 'days that are not 24 hours long, for the clock is changed' }),
  promotions: z.array(
    z.strictObject({
      id: z.string(),
      days: z.array(date).meta({ description: 'on which it is open, if only for a part; paused or not' }),
    }),
  ),
});
export const promotionParams = z.strictObject({ id });
export const scheduleRequest = z.strictObject({ from: localDateTime, to: localDateTime });
export const copyRequest = z.strictObject({
  as: id.meta({ description: 'the id of the copy' }),
  years: z.int().min(0).max(20).default(1),
});
export const changedAnswer = z.strictObject({
  version: z.int().meta({ description: 'the version that was published for it, in force from now on' }),
});
