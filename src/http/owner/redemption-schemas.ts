import * as z from 'zod';
import { REDEMPTIONS_SHOWN, SOLUTIONS } from '../../loyalty/list-redemptions.js';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const points = z.string().regex(/^-?\d+$/);

export const redemptionsQuery = z.strictObject({
  shown: z
    .enum(REDEMPTIONS_SHOWN)
    .default('all')
    .meta({ description: '`to-give` = staff still have to hand it out; `stuck` = the shop has not answered for long' }),
  locale: z.enum(['en', 'nl', 'nb', 'pl']).default('en'),
  before: z.string().max(100).optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number<string>().int().min(1).max(100).default(50),
});
export const redemptionParams = z.strictObject({ id: z.uuid() });
export const solveRequest = z.strictObject({
  how: z.enum(SOLUTIONS).meta({
    description:
      '`retry` = ask the shop once more; `release` = give the code up: its points go back once it is dead; `give` = it was handed out; `not-given` = it was not, after all',
  }),
});
export const redemptionsAnswer = z.strictObject({
  redemptions: z.array(
    z.strictObject({
      id: z.uuid(),
      made: z.iso.datetime(),
      ends: z.iso.datetime().meta({ description: 'not used until then: its points go back' }),
      member: z.uuid(),
      memberName: z.string().nullable().meta({ description: 'null also for whoever may not see names' }),
      store: z.string(),
      reward: z.string(),
      title: z.string().meta({ description: 'as shoppers read it; of a reward that is no more, its id' }),
      unit: z.string(),
      points,
      text: z.string().meta({ description: 'the points, counted in the program’s own words' }),
      off: points.meta({ description: 'minor units of the program’s money' }),
      code: z.string().meta({ description: 'its last letters alone: whoever has a code can use it' }),
      state: z.enum(['held', 'captured', 'released', 'returned']),
      codeState: z.enum(['wanted', 'live', 'dying', 'killed', 'failed']),
      byHand: z.boolean().meta({ description: 'staff hand it out: `give` it, or `release` its points' }),
      stuck: z.boolean(),
      trouble: z.string().nullable().meta({ description: 'what the shop answered last, when it did not do it' }),
    }),
  ),
  next: z.string().nullable().meta({ description: 'ask with `before` set to it; null = these were the last' }),
});
