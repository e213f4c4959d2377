import * as z from 'zod';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const pieces = z.int().min(0).max(1_000_000);

export const stockQuery = z.strictObject({ locale: z.enum(['en', 'nl', 'nb', 'pl']).default('en') });
export const stockParams = z.strictObject({ reward: z.string().min(1).max(100) });
export const stockAnswer = z.strictObject({
  stocks: z.array(
    z.strictObject({
      reward: z.string(),
      title: z.string().meta({ description: 'as shoppers read it' }),
      counted: z.boolean().meta({ description: 'members are held to it now; false = by the draft, or no longer' }),
      received: pieces.meta({ description: 'in all, ever; tell it as `seen` when more arrive' }),
      taken: pieces.meta({ description: 'reserved or used' }),
      left: pieces,
      over: pieces.meta({ description: 'used by orders after their code had been given back: more than there were' }),
      lasts: z
        .int()
        .nullable()
        .meta({ description: 'days, as fast as in the last four weeks; null = nobody took any' }),
      state: z.enum(['plenty', 'low', 'out']).meta({ description: 'low = it lasts less than two weeks' }),
    }),
  ),
});
export const stockRequest = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('arrived'),
    pieces: pieces.min(1),
    seen: pieces.meta({ description: '`received` before: told twice, it is added once' }),
  }),
  z.strictObject({
    how: z.literal('counted'),
    left: pieces.meta({ description: 'how many can still be given, whatever was thought before' }),
    why: z.string().trim().min(1).max(200),
  }),
]);
