import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Calendar } from '../calendar.js';
import type { DeedCase } from '../deed-cases.js';
import type { Fraction } from '../fraction.js';
import type { ReviewCase } from '../gifts.js';
import type { KnownMember } from '../known.js';
import type { Past } from '../past.js';
import type { ReferralCase } from '../referrals.js';

/** Something that counts towards a goal: when it was done, and how much of it stands. */
export interface Counted {
  at: Millis;
  amount: Fraction;
}

/** All that goals may count, judged. */
export interface GoalFacts {
  past: Past;
  reviews: readonly ReviewCase[];
  referrals: readonly ReferralCase[];
  deeds: readonly DeedCase[];
}

/** Whose goal it is, as of an instant: everybody who is that person by then. */
export interface Person {
  id: string;
  members: readonly KnownMember[];
}

/** One thing that goals can count. */
export interface Measure<Schema extends z.ZodType> {
  /** Of the goal's `counts`. */
  schema: Schema;
  /** Whether orders bear on it: then no order is judged without its member's past. */
  ofOrders: boolean;
  /** All that counts of a person as of an instant, in any order. */
  counted(counts: z.infer<Schema>, facts: GoalFacts, person: Person, at: Millis, calendar: Calendar): Counted[];
}

export function measure<Schema extends z.ZodType>(of: Measure<Schema>): Measure<Schema> {
  return of;
}
