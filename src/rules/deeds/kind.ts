import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Calendar } from '../calendar.js';
import { count, id, localDateTime, unit, type When, whenOfMember } from '../rule-parts.js';

/** How often one person is given for it, by local calendar periods; all that are named hold. Weeks begin on Monday. */
export const limits = z.strictObject({
  day: z.int().min(1).optional(),
  week: z.int().min(1).optional(),
  month: z.int().min(1).optional(),
  year: z.int().min(1).optional(),
  lifetime: z.int().min(1).optional(),
});
export type Often = z.infer<typeof limits>;

/** How often, and with how many points in all: the last time may give the rest. */
export const limitsOfOne = limits.extend({
  points: z
    .strictObject({
      day: count.optional(),
      week: count.optional(),
      month: count.optional(),
      year: count.optional(),
      lifetime: count.optional(),
    })
    .optional(),
});
export type Limits = z.infer<typeof limitsOfOne>;

/**
 * What every deed's rule has. `gives` 0 = it counts towards goals alone. `name` = the owner's word for it; absent = its id.
 * It can be done from `from` until just before `to`, local.
 */
export const deedShared = {
  id,
  unit,
  name: z.string().min(1).max(100).optional(),
  gives: count.default(0),
  from: localDateTime.optional(),
  to: localDateTime.optional(),
  when: whenOfMember.optional(),
  inAll: limits.optional().meta({ description: 'how often everybody together is given for it; first come' }),
};

export interface DeedRuleShared {
  id: string;
  kind: string;
  unit: string;
  name?: string | undefined;
  gives: number;
  from?: string | undefined;
  to?: string | undefined;
  limits: Limits;
  when?: When | undefined;
  inAll?: Often | undefined;
}

/** One kind of deed: something a member does beside ordering, that the owner's rules name. */
export interface DeedKind<Schema extends z.ZodType<DeedRuleShared>> {
  schema: Schema;
  /** Why a deed of the rule gives nothing at an instant, whatever else was done; null = it may give. */
  bar(rule: z.infer<Schema>, at: Millis, calendar: Calendar): string | null;
}

export function deedKind<Schema extends z.ZodType<DeedRuleShared>>(kind: DeedKind<Schema>): DeedKind<Schema> {
  return kind;
}

/** Its own window: what every kind asks, most of them nothing else. */
export function outsideWindow({ from, to }: DeedRuleShared, at: Millis, calendar: Calendar): string | null {
  if (from !== undefined && at < calendar.instantOf(from)) return 'too-early';
  return to !== undefined && at >= calendar.instantOf(to) ? 'too-late' : null;
}
