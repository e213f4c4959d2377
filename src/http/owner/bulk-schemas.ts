import * as z from 'zod';
import { money } from '../storefront/schemas.js';
import { decisionRequest, undoRequest } from './adjustment-schemas.js';
import { isWholeFilter, membersQuery, WHOLE_FILTER } from './people-schemas.js';
import { adjustmentRequest } from './schemas.js';

export { decisionRequest, undoRequest };

const points = z.string().regex(/^-?\d+$/);
const instant = z.iso.datetime();
const act = z.strictObject({ who: z.string(), at: instant });

export const bulkParams = z.strictObject({ id: z.uuid() });

const whom = {
  members: z.array(z.uuid()).min(1).max(1_000).optional().meta({ description: 'these' }),
  matching: membersQuery
    .omit({ before: true, limit: true })
    .refine(isWholeFilter, WHOLE_FILTER)
    .optional()
    .meta({ description: 'all that the list of members shows for this; {} = all members' }),
};
const named = { id: z.uuid().meta({ description: 'names the act: the same again changes nothing' }) };
const isEither = ({ members, matching }: { members?: unknown; matching?: unknown }) =>
  (members === undefined) !== (matching === undefined);
const EITHER = { message: 'say either which members, or what they match' };

export const bulkRequest = z
  .strictObject({
    ...named,
    unit: adjustmentRequest.shape.unit,
    points: adjustmentRequest.shape.points.meta({ description: 'a member; to give, or (negative) to take' }),
    reason: z.string().trim().min(1).max(500).meta({ description: 'the members read it' }),
    ...whom,
  })
  .refine(isEither, EITHER);

export const bulkHoldRequest = z
  .strictObject({
    ...named,
    hold: z
      .boolean()
      .meta({ description: 'put on hold (no points can be used, they are still earned); false = end it' }),
    reason: z.string().trim().min(1).max(500).meta({ description: 'for the log' }),
    ...whom,
  })
  .refine(isEither, EITHER);

export const bulkState = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['points', 'hold', 'release']).meta({ description: '`release` = the end of a hold' }),
  unit: z.string().nullable().meta({ description: 'null = it is not about points' }),
  points: points.meta({ description: 'a member; negative = taken' }),
  reason: z.string(),
  state: z
    .enum([
      ...['looked', 'waiting', 'refused', 'withdrawn', 'giving', 'done', 'stopped', 'undoing', 'undone', 'failed'],
    ] as const)
    .meta({ description: '`looked` = nothing moves before it is started; `waiting` = for a second person' }),
  progress: z.number().min(0).max(1).nullable().meta({ description: 'of what is under way; null when nothing is' }),
  members: z.int(),
  total: points.meta({ description: 'points in all, without a sign' }),
  worth: money.nullable().meta({ description: 'of the points in all; null for a unit without a value' }),
  short: z.int().meta({ description: 'who has less than is to be taken: what is there is taken' }),
  leftOut: z.int().meta({
    description:
      'who was named but is on hold, erased, or has nothing to take; of a hold, who is on it (or not) already',
  }),
  given: z.strictObject({ members: z.int(), points, worth: money.nullable() }),
  undone: z
    .int()
    .meta({ description: 'members of whom it was taken back; of a hold, not who was changed by hand meanwhile' }),
  asked: act,
  mine: z.boolean(),
  decided: act.nullable(),
  said: z.string().nullable().meta({ description: 'why it was refused' }),
  finished: instant.nullable(),
  error: z.string().nullable(),
});
export const bulksAnswer = z.strictObject({ bulks: z.array(bulkState) });
