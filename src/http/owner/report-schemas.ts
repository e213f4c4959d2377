import * as z from 'zod';
import { AIMS } from '../../reports/targets.js';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const points = z.string().meta({ description: 'whole points' });
const share = z.strictObject({ share: z.number(), low: z.number(), high: z.number() }).nullable();
const group = z.strictObject({ customers: z.int(), returned: z.int(), orders: z.int(), share });

export const activityQuery = z.strictObject({ months: z.coerce.number<string>().int().min(1).max(36).default(12) });
export const activityAnswer = z.strictObject({
  months: z.array(
    z.strictObject({
      month: z.string().meta({ description: 'YYYY-MM in the shop’s time' }),
      joined: z.int(),
      orders: z.int(),
      giving: z.int().meta({ description: 'orders that gave something' }),
      flows: z.array(z.strictObject({ unit: z.string(), given: points, used: points, expired: points })),
    }),
  ),
  before: z
    .strictObject({
      joined: z.int(),
      orders: z.int(),
      giving: z.int(),
      flows: z.array(z.strictObject({ unit: z.string(), given: points, used: points, expired: points })),
    })
    .meta({ description: 'all of as many months before' }),
  hours: z
    .array(z.strictObject({ weekday: z.int().min(0).max(6), hour: z.int().min(0).max(23), orders: z.int() }))
    .meta({ description: 'the last 90 days; weekday 0 = Monday' }),
  hoursBefore: z
    .array(z.strictObject({ weekday: z.int().min(0).max(6), hour: z.int().min(0).max(23), orders: z.int() }))
    .meta({ description: 'the 90 days before' }),
});

export const returningQuery = z.strictObject({
  days: z.coerce.number<string>().int().min(30).max(1100).default(365),
  within: z.coerce.number<string>().int().min(7).max(365).default(90),
});
export const returningAnswer = z.strictObject({
  days: z.int(),
  within: z.int(),
  members: group,
  others: group,
  difference: share.meta({ description: 'members less others, with its 95 % interval' }),
  firstReward: z.strictObject({ joined: z.int(), rewarded: z.int(), share }),
  before: z
    .strictObject({ members: group, others: group, difference: share, firstReward: share })
    .meta({ description: 'the same of as many days before' }),
});

const range = z.coerce.number<string>().int().min(1).max(36).default(12);
const estimate = z
  .strictObject({ value: z.number(), low: z.number(), high: z.number() })
  .meta({ description: 'minor units, with the 95 % interval' });
const measured = z
  .strictObject({ value: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .meta({ description: 'with its 95 % interval; null = too few' });
const mean = z.number().nullable().meta({ description: 'minor units; null = of none' });
const month = z.string().meta({ description: 'YYYY-MM in the shop’s time' });

export const rangeQuery = z.strictObject({ months: range });
export const cohortsAnswer = z.strictObject({
  cohorts: z.array(
    z.strictObject({
      month,
      joined: z.int(),
      bought: z.array(z.int()).meta({
        description:
          'who bought in the 1st, 2nd ... thirty days after joining; only what all of them have lived through',
      }),
    }),
  ),
  nth: z
    .array(z.strictObject({ now: share, before: share }))
    .meta({ description: 'the same of all who joined in the range, and in the one before it' }),
});

export const valueQuery = z.strictObject({
  months: range,
  within: z.coerce.number<string>().int().min(30).max(730).default(180),
});
const compared = z
  .strictObject({
    members: mean,
    others: z.number().nullable().meta({ description: 'weighted to be made up as the members are' }),
    difference: estimate.nullable(),
    counted: z.strictObject({
      members: z.int(),
      others: z.int(),
      alone: z.int().meta({ description: 'members like whom there was nobody' }),
    }),
  })
  .nullable()
  .meta({ description: 'null = nobody can be compared' });
export const valueAnswer = z.strictObject({ within: z.int(), now: compared, before: compared });

const orderSide = z.strictObject({ orders: z.int(), mean });
export const orderValueAnswer = z.strictObject({
  months: z.array(z.strictObject({ month, members: orderSide, others: orderSide })),
  now: z.strictObject({ members: orderSide, others: orderSide, difference: estimate.nullable() }),
  before: z.strictObject({ members: orderSide, others: orderSide, difference: estimate.nullable() }),
});

export const rewardsQuery = rangeQuery.extend({ locale: z.enum(['en', 'nl', 'nb', 'pl']).default('en') });
export const rewardsAnswer = z.strictObject({
  months: z.array(z.strictObject({ month, joined: z.int(), active: z.int(), rewarded: z.int() })),
  firstReward: z.strictObject({ now: share, before: share }).meta({
    description: 'of members who bought within 90 days of joining, who used a reward within them',
  }),
  ever: z.strictObject({ bought: z.int(), rewarded: z.int(), share }),
  rewards: z.array(
    z.strictObject({
      reward: z.string(),
      title: z.string(),
      offered: z.boolean().meta({ description: 'by the rules in force' }),
      taken: z.int(),
      before: z.int().meta({ description: 'taken in the range before' }),
      last: z.iso.datetime().nullable(),
    }),
  ),
});

export const levelsQuery = rewardsQuery.extend({ by: z.enum(['week', 'month']).default('month') });
const levelFigures = {
  joined: z.int(),
  rose: z.int(),
  fell: z.int(),
  kept: z.int().meta({ description: 'no longer earned their level, and were kept on it by grace' }),
  ruled: z.int().meta({ description: 'whom other rules put on another level' }),
};
const perLevel = z.record(z.string(), z.int()).meta({ description: 'members by level' });
export const levelsAnswer = z.strictObject({
  countedAt: z.iso.datetime().nullable().meta({ description: 'figures are as of then; null = not counted yet' }),
  levels: z
    .array(
      z.strictObject({
        level: z.string(),
        name: z.string(),
        offered: z.boolean().meta({ description: 'by the rules in force' }),
        members: z.int(),
        kept: z.int().meta({ description: 'of these by grace alone' }),
        began: z.int().meta({ description: 'who stood on it when the range began' }),
      }),
    )
    .meta({ description: 'from the lowest up; empty = the program has no levels' }),
  periods: z.array(
    z.strictObject({
      begins: z.string().meta({ description: 'YYYY-MM-DD, its first day in the shop’s time' }),
      ends: z.string().meta({ description: 'the day after its last' }),
      ...levelFigures,
      standing: perLevel.meta({ description: 'members by level when it was over' }),
    }),
  ),
  now: z.strictObject(levelFigures).meta({ description: 'of the range, each member once' }),
  before: z.strictObject(levelFigures).meta({ description: 'of the range before' }),
});

const minor = z.string().meta({ description: 'minor units of the program’s money' });
const balances = z.array(
  z.strictObject({
    store: z.string(),
    unit: z.string(),
    took: points.meta({ description: 'points of other shops that were used here' }),
    gave: points.meta({ description: 'points of this shop that were used at others' }),
    worth: minor.meta({ description: 'minor units that it gets of the others; below zero = it owes them' }),
  }),
);
export const clearingQuery = z.strictObject({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional()
    .meta({ description: 'YYYY-MM of the shop; left out = the running month' }),
});
export const clearingAnswer = z.strictObject({
  month,
  stores: z.array(z.strictObject({ store: z.string(), url: z.string() })),
  lines: z.array(
    z.strictObject({
      unit: z.string(),
      gave: z.string().nullable().meta({
        description: 'store whose order gave the points; null = none: joining, gifts, what a member still owes',
      }),
      took: z.string().meta({ description: 'store at which they were used' }),
      points,
      worth: minor,
      redemptions: z.int(),
    }),
  ),
  balances,
  before: balances.meta({ description: 'the same of the month before' }),
});

const aims = z.enum(AIMS);
export const targetsAnswer = z.strictObject({
  targets: z.array(
    z.strictObject({
      what: aims.meta({
        description:
          'came-back: the share of members who order again within 90 days, of a year; order-value: what an order of a member brings, of 90 days',
      }),
      aim: z.number().nullable().meta({ description: 'a share from 0 to 1, or minor units; null = none is set' }),
      since: z.iso.datetime().nullable(),
      verdict: z.enum(['reached', 'missed', 'open']).nullable().meta({
        description: 'open = the interval holds both answers; null = nothing is aimed at',
      }),
      now: measured,
      before: measured.meta({ description: 'as many days before' }),
      days: z.int(),
    }),
  ),
});
export const targetRequest = z
  .strictObject({ what: aims, aim: z.number().positive().max(2e9).nullable() })
  .refine(({ what, aim }) => what !== 'came-back' || aim === null || aim <= 1, { message: 'a share is 1 at most' });
