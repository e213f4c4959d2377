import * as z from 'zod';
import { money } from '../storefront/schemas.js';

const day = z.iso.date();

export const remindersQuery = z
  .strictObject({
    from: day.optional().meta({ description: 'a day of the shop; today unless told' }),
    to: day.optional().meta({
      description:
        '`from` unless told: ask each morning for the day in 30 and the day in 7, and everybody is named once for each',
    }),
    after: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}\.\d{1,18}\..{1,40}$/)
      .refine((next) => next >= '1970' && z.iso.date().safeParse(next.slice(0, 10)).success, 'no day of the calendar')
      .optional()
      .meta({ description: '`next` of the page before' }),
    limit: z.coerce.number<string>().int().min(1).max(1000).default(100),
  })
  .meta({ description: 'points that can be used for the last time on these days' });

export const remindersAnswer = z.strictObject({
  reminders: z.array(
    z.strictObject({
      member: z.uuid(),
      name: z.string().nullable().meta({ description: 'null when it is not known, or your role may not see names' }),
      email: z.string().nullable(),
      unit: z.string(),
      points: z.string().regex(/^\d+$/),
      worth: money.nullable().meta({ description: 'null for a unit without a value' }),
      lastDay: day.meta({ description: 'the last one on which they can be used' }),
    }),
  ),
  next: z.string().nullable(),
});
