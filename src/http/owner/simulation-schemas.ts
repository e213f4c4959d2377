import * as z from 'zod';
import { simulationReport } from '../../simulation/report.js';
import { file } from './schemas.js';

const instant = z.iso.datetime();
const made = z
  .strictObject({
    members: z.int().min(1).max(100_000),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .default(1),
  })
  .meta({ description: 'a plausible past made by dice, for a shop that has none yet; the same seed makes the same' });

export const simulationRequest = z.strictObject({
  file: file.optional().meta({ description: 'the program to play; absent = the draft' }),
  days: z
    .int()
    .min(1)
    .max(3_660)
    .optional()
    .meta({ description: 'as if in force for so many days; absent = always. What was before stays' }),
  made: made.optional(),
});

const facts = {
  id: z.uuid(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  askedAt: instant,
  since: instant.nullable(),
  made: z.strictObject({ members: z.int(), seed: z.int() }).nullable(),
  weeksBack: z.int().meta({
    description: 'a promotion that is still to come was played so many weeks earlier; 0 = at its own time',
  }),
  done: z.int().meta({ description: 'members gone through; each twice where ceilings are shared out' }),
  total: z.int().nullable().meta({ description: 'null before it has begun' }),
  finished: instant.nullable(),
  error: z.string().nullable(),
};
const names = z
  .strictObject({
    members: z.record(z.string(), z.strictObject({ name: z.string().nullable(), email: z.string().nullable() })),
    orders: z.record(z.string(), z.string()),
  })
  .meta({
    description:
      'what members and orders of the report are called now, by `member` and `order` of its lines; null where the past is made, and for whoever may not see names',
  });

export const simulationAnswer = z.strictObject({
  ...facts,
  newOrders: z.int().meta({ description: 'orders placed since it was asked for: it does not know of them' }),
  report: simulationReport.nullable(),
  names: names.nullable(),
});
/** Without its report. */
export const simulationState = z.strictObject(facts);
export const simulationsAnswer = z.strictObject({ simulations: z.array(simulationState) });
