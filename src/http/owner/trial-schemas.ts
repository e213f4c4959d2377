import * as z from 'zod';
import { MEASURES } from '../../loyalty/trials.js';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const measure = z.enum(MEASURES).meta({
  description: 'taken: who uses the reward; bought: who buys at all; brought: what a member brings, minor units',
});
const side = z.strictObject({
  reward: z.string(),
  title: z.string(),
  offered: z.boolean().meta({ description: 'by the rules in force' }),
  members: z.int().meta({ description: 'on this side, whatever they did' }),
  taken: z.int().meta({ description: 'members who used the reward' }),
  times: z.int(),
  off: z.number().meta({ description: 'minor units that it took off' }),
  bought: z.int().meta({ description: 'members who bought' }),
  brought: z.number().nullable().meta({ description: 'minor units a member, of all of the side' }),
});

export const trialsQuery = z.strictObject({ locale: z.enum(['en', 'nl', 'nb', 'pl']).default('en') });
export const trialsAnswer = z.strictObject({
  trials: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      measure: measure.describe('what decides, chosen before'),
      began: z.iso.datetime(),
      ends: z.iso.datetime().meta({ description: 'the day set beforehand: no verdict earlier' }),
      closed: z.iso.datetime().nullable().meta({ description: 'since then everybody is offered both' }),
      verdict: z.enum(['running', 'cut-short', 'too-few', 'one', 'other', 'none']).meta({
        description: 'one, other = that side is better; none = what is seen may be chance',
      }),
      sides: z.array(side).length(2),
      differences: z.array(
        z.strictObject({
          measure,
          difference: z
            .strictObject({ value: z.number(), low: z.number(), high: z.number() })
            .nullable()
            .meta({ description: 'the first side less the other, with its 95 % interval' }),
        }),
      ),
    }),
  ),
  rewards: z
    .array(z.strictObject({ reward: z.string(), title: z.string() }))
    .meta({ description: 'what can be compared' }),
});
const reward = z.string().min(1).max(60);
export const trialRequest = z
  .strictObject({
    name: z.string().trim().min(1).max(80),
    one: reward,
    other: reward,
    measure,
    days: z.int().min(14).max(365),
  })
  .refine(({ one, other }) => one !== other, { message: 'a reward cannot be held against itself', path: ['other'] });
