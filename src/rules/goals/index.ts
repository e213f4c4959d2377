import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Calendar } from '../calendar.js';
import { limits } from '../deeds/kind.js';
import { count, id, unit, whenOfMember } from '../rule-parts.js';
import { deeds } from './deeds.js';
import { items } from './items.js';
import type { Counted, GoalFacts, Person } from './kind.js';
import { orders } from './orders.js';
import { referrals } from './referrals.js';
import { reviews } from './reviews.js';
import { spend } from './spend.js';
import { visits } from './visits.js';
import { within } from './windows.js';
import { years } from './years.js';

/** Everything that goals can count. A new one is a file of its own and its name here. */
const MEASURES = { orders, spend, items, visits, deeds, reviews, referrals, years };

type Measures = typeof MEASURES;
export type MeasureName = keyof Measures;
export type Counts = { [K in MeasureName]: z.infer<Measures[K]['schema']> }[MeasureName];

export const measures = Object.keys(MEASURES) as MeasureName[];

type Schema = Measures[MeasureName]['schema'];
const schemas = Object.values(MEASURES).map((one) => one.schema) as [Schema, ...Schema[]];

/**
 * Something to reach: a milestone, a challenge, a streak. `needs` of what it counts (minor units for spend, periods for a
 * streak) within a window give points, a badge, or both; `every` = for each further `needs` again.
 */
const goal = z.strictObject({
  id,
  name: z.string().min(1).max(100).optional(),
  counts: z.discriminatedUnion('kind', schemas),
  needs: z.int().min(1).max(1e15),
  within: within.default({ kind: 'lifetime' }),
  every: z.boolean().default(false),
  gives: count.default(0),
  unit,
  /** The name of the badge that whoever reaches it wears. */
  badge: z.string().min(1).max(100).optional(),
  when: whenOfMember.optional().meta({ description: 'asked when it is reached: else it is reached for nothing' }),
  inAll: limits.optional().meta({ description: 'how often everybody together is given for it; first come' }),
});
export type Goal = z.infer<typeof goal>;

/** The goals of a program; one an id. */
export const goals = z.array(goal).superRefine((all, context) => {
  const seen = new Set<string>();
  for (const [i, one] of all.entries()) {
    const told = (path: string, message: string) => context.addIssue({ code: 'custom', path: [i, path], message });
    if (seen.has(one.id)) told('id', `"${one.id}" is taken by another`);
    if (one.gives === 0 && one.badge === undefined) told('gives', 'it gives nothing: neither points nor a badge');
    seen.add(one.id);
  }
});

/** All that counts of a person towards a goal as of an instant, in the order in which it was done. */
export function countedFor(goal: Goal, facts: GoalFacts, person: Person, at: Millis, calendar: Calendar): Counted[] {
  const all = MEASURES[goal.counts.kind].counted(goal.counts as never, facts, person, at, calendar);
  return all.filter(({ amount }) => amount.n > 0n).sort((a, b) => a.at - b.at);
}

/** Whether orders bear on the goal. */
export function isOfOrders({ counts }: Goal): boolean {
  return MEASURES[counts.kind].ofOrders;
}
