import * as z from 'zod';

const side = z.strictObject({
  member: z.uuid(),
  name: z.string().nullable().meta({ description: 'null when it is not known, or your role may not see names' }),
});
export const sendingsQuery = z.strictObject({
  after: z.uuid().optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number<string>().int().min(1).max(100).default(50),
});
export const sendingsAnswer = z.strictObject({
  sendings: z.array(
    z.strictObject({
      id: z.uuid(),
      at: z.iso.datetime(),
      from: side,
      to: side,
      unit: z.string(),
      points: z.string().regex(/^\d+$/),
    }),
  ),
  next: z.string().nullable(),
});
