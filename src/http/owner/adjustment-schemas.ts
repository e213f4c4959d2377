import * as z from 'zod';
import { LIMITED_ROLES } from '../../loyalty/adjustment-limits.js';
import { money } from '../storefront/schemas.js';
import { adjustmentRequest, balancesAnswer, errorAnswer } from './schemas.js';

export { adjustmentRequest, errorAnswer };

const points = z.string().regex(/^-?\d+$/);
const whole = z.string().regex(/^\d{1,15}$/);
const instant = z.iso.datetime();
const id = z.string().min(1).max(110);
const state = z.enum(['given', 'waiting', 'refused', 'withdrawn']);

export const memberParams = z.strictObject({ id: z.uuid() });
export const undoParams = z.strictObject({ id: z.uuid(), adjustment: id });
export const undoRequest = z.strictObject({
  reason: z.string().trim().min(1).max(500).meta({ description: 'the member reads it' }),
});
export const adjustedAnswer = z.strictObject({
  ...balancesAnswer.shape,
  state: state.meta({ description: '`waiting` = for a second person; nothing has moved yet' }),
});

export const adjustmentsQuery = z.strictObject({
  member: z
    .uuid()
    .optional()
    .meta({ description: 'all of one member, newest first; without it what waits, oldest first' }),
  after: id.optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number<string>().int().min(1).max(100).default(50),
});
const act = z.strictObject({ who: z.string(), at: instant });
export const adjustmentsAnswer = z.strictObject({
  adjustments: z.array(
    z.strictObject({
      id: z.string(),
      member: z.uuid(),
      memberName: z.string().nullable().meta({ description: 'null also for whoever may not see names' }),
      unit: z.string(),
      points,
      worth: money.nullable(),
      reason: z.string(),
      state,
      asked: act,
      mine: z.boolean().meta({ description: 'you asked for it: somebody else has to look at it' }),
      decided: act.nullable(),
      said: z.string().nullable().meta({ description: 'why it was refused' }),
    }),
  ),
  next: z.string().nullable(),
});
export const decisionParams = z.strictObject({ id });
export const decisionRequest = z.strictObject({
  approve: z.boolean(),
  said: z.string().trim().max(500).default('').meta({ description: 'why not, for whoever asked' }),
});
export const decisionAnswer = z.strictObject({ state });

const limit = z.strictObject({
  role: z.enum(LIMITED_ROLES),
  alone: whole.nullable().meta({ description: 'above it a second person has to agree; null = never' }),
  atOnce: whole,
  aDay: whole.meta({ description: 'of any one unit, in a day of the shop’s zone' }),
});
export const limitsAnswer = z.strictObject({
  limits: z.array(limit).meta({ description: 'an owner has none; the till and who only reads give nothing' }),
  left: z
    .record(z.string(), whole)
    .nullable()
    .meta({ description: 'by unit what you may give or take today; null = there is no limit' }),
});
export const limitRequest = limit;
