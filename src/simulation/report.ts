import * as z from 'zod';

/** Whole points, as text: they may be more than a number holds exactly. */
const points = z.string().regex(/^-?\d+$/);
/** Whole minor units of the program's money. */
const money = z.int();
const sides = <T extends z.ZodType>(of: T) => z.strictObject({ before: of, after: of });

const flow = z.strictObject({
  given: points,
  takenBack: points,
  redeemed: points,
  returned: points,
  expired: points,
  forgiven: points,
  available: points,
  pending: points,
  held: points,
  debt: points,
});

/** The same in money, at what a point is worth; `liability` is rounded up, the others down. */
const worth = z.strictObject({ given: money, redeemed: money, expired: money, liability: money });

const memberLine = z.strictObject({
  /** Our own number of the member; the public id stands beside it, and no name: a report outlives an erasure. */
  member: z.string(),
  publicId: z.string().nullable(),
  /** Points that stayed with them (in the balance, or used), by unit, and what all of them are worth. */
  stayed: sides(z.record(z.string(), points)),
  money: sides(money),
  tier: sides(z.string().nullable()),
});

const orderLine = z.strictObject({
  order: z.string(),
  member: z.string(),
  publicId: z.string().nullable(),
  placed: z.int(),
  gives: sides(z.record(z.string(), points)),
  money: sides(money),
  reason: sides(z.string()),
  /** Where the reasoning parts first; `rule` null = only the reason differs. */
  first: z.strictObject({ rule: z.string().nullable(), before: z.string().nullable(), after: z.string().nullable() }),
});

const refusedLine = z.strictObject({
  redemption: z.string(),
  member: z.string(),
  publicId: z.string().nullable(),
  reward: z.string(),
  unit: z.string(),
  points,
  why: z.string(),
});

/**
 * What a draft would have done to a past: `before` = by the rules that are published, `after` = by the draft. Flows count from
 * `since` on (epoch ms; null = from the beginning); balances and liability are those of `now`.
 */
export const simulationReport = z.strictObject({
  now: z.int(),
  since: z.int().nullable(),
  money: z.strictObject({ code: z.string(), exponent: z.int() }),
  members: z.strictObject({ counted: z.int(), better: z.int(), worse: z.int(), same: z.int() }),
  orders: z.strictObject({ counted: z.int(), different: z.int() }),
  units: z.record(z.string(), z.strictObject({ points: sides(flow), money: sides(worth) })),
  /** At the end of each month of the program's zone, the last as of `now`: points owed by unit, and all of it in money. */
  liability: z.array(
    z.strictObject({ month: z.string(), points: sides(z.record(z.string(), points)), money: sides(money) }),
  ),
  /** By unit, how many members have so many points more (or less) than they had; reports made earlier lack this and what follows. */
  spread: z.record(z.string(), z.array(z.strictObject({ from: points, to: points, members: z.int() }))).optional(),
  /** What orders give by the day on which they were placed, in the program's zone; days without orders are left out. */
  days: z.array(z.strictObject({ date: z.string(), points: sides(z.record(z.string(), points)) })).optional(),
  /** What the ledger says that members have (available, pending and held, less what they owe), to hold against `before`. */
  ledger: z.record(z.string(), points).optional(),
  tiers: z.array(z.strictObject({ from: z.string().nullable(), to: z.string().nullable(), members: z.int() })),
  /** Lines are ranked by money, or by points when no unit is worth anything. */
  rankedBy: z.enum(['money', 'points']),
  winners: z.array(memberLine),
  losers: z.array(memberLine),
  changedOrders: z.array(orderLine),
  /** Redemptions that would not have been; `lines` are the largest of them. */
  refused: z.strictObject({ counted: z.int(), why: z.record(z.string(), z.int()), lines: z.array(refusedLine) }),
});

export type SimulationReport = z.infer<typeof simulationReport>;
export type MemberLine = z.infer<typeof memberLine>;
export type OrderLine = z.infer<typeof orderLine>;
export type RefusedLine = z.infer<typeof refusedLine>;
