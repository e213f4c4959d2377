import * as z from 'zod';

const points = z.string().meta({ description: 'whole points' });
const instant = z.iso.datetime();
const minor = z.string().meta({ description: 'minor units of the program’s money' });

export const overviewQuery = z.strictObject({
  days: z.coerce.number<string>().int().min(1).max(365).default(30),
  locale: z.enum(['en', 'nl', 'nb', 'pl']).default('en'),
});

const flow = z.strictObject({
  unit: z.string(),
  given: points,
  takenBack: points,
  used: points,
  usedBack: points,
  expired: points,
});
const period = z.strictObject({ flows: z.array(flow), orders: z.int(), giving: z.int(), joined: z.int() });

/** What needs somebody; each kind with what it is about. */
const need = z.strictObject({
  kind: z.enum([
    'store-refused',
    'store-silent',
    'store-credit',
    'unread',
    'stuck',
    'undecided',
    'ending',
    'draft',
    'ceiling',
    'few-rewarded-early',
    'few-rewarded-ever',
    'idle-rewards',
    'first-reward',
    'adjustments',
    'to-hand-out',
    'out-of-stock',
  ]),
  about: z.string().nullable().meta({ description: 'a store’s address, a promotion, a unit, a reward by its title' }),
  n: z.int().meta({ description: 'how much of it; of few-rewarded-…: of a hundred members, how many were not' }),
  members: z.int().nullable(),
});

export const overviewAnswer = z.strictObject({
  days: z.int(),
  at: instant,
  now: period,
  before: period,
  members: z.int(),
  undecided: z.int(),
  open: z.array(z.strictObject({ unit: z.string(), points, worth: minor })),
  ending: z.array(z.strictObject({ unit: z.string(), points, worth: minor, members: z.int() })),
  needs: z.array(need),
});

export const latestAnswer = z.strictObject({
  moves: z.array(
    z.strictObject({
      at: instant,
      kind: z.string().meta({ description: 'order, join, review, referral, redemption, adjust ...' }),
      about: z.string().nullable().meta({ description: 'what the shop calls the order' }),
      member: z.string().meta({ description: 'the member’s public id' }),
      name: z.string().nullable(),
      unit: z.string(),
      points,
      worth: minor,
    }),
  ),
});
