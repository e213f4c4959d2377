import type { Millis } from '../lib/clock.js';
import type { Compiled } from './compile.js';
import type { OrderCase } from './order-case.js';
import type { Expiry } from './program-rules.js';

/** What an activity gives from an instant on. `anew` = it is dated by this instant and these rules, not the activity's. */
export interface Step {
  at: Millis;
  target: bigint;
  anew?: Compiled;
}

/** One activity's points of one unit over time: one lot. */
export interface Activity {
  of: string;
  cause: string;
  kind: 'earn' | 'adjust';
  /** The member's id before any merge. */
  member: string;
  unit: string;
  compiled: Compiled;
  /** The level held when it was earned, if that bears on how long it lives; `expiry` = terms of its own. */
  tier?: string | null;
  expiry?: Expiry | undefined;
  earned: Millis;
  usable: Millis;
  /** From when its days to live count. */
  fresh: Millis;
  steps: Step[];
}

/** An activity that is usable at once. */
export function activity(of: string, member: string, unit: string, compiled: Compiled, steps: Step[]): Activity {
  const earned = steps[0]?.at ?? 0;
  return { of, cause: of, kind: 'earn', member, unit, compiled, earned, usable: earned, fresh: earned, steps };
}

/** Whole points of the activity as of an instant. */
export function targetAt(of: Activity, at: Millis): bigint {
  let target = 0n;
  for (const step of of.steps) if (step.at <= at) target = step.target;
  return target;
}

/** The points of an order over time, by unit, until `now`. */
export function orderActivities(order: OrderCase, now: Millis): Activity[] {
  const { countsFor, owner, times } = order;
  if (countsFor === null || countsFor > now || !owner) return [];
  const instants = [countsFor, ...order.changes.filter((at) => at > countsFor && at <= now)];
  const byUnit = new Map<string, Step[]>();
  for (const at of instants) {
    const gives = order.givesAt(at);
    for (const unit of Object.keys(gives)) if (!byUnit.has(unit)) byUnit.set(unit, []);
    for (const [unit, steps] of byUnit) {
      const target = gives[unit] ?? 0n;
      if (target !== (steps.at(-1)?.target ?? 0n)) steps.push({ at, target });
    }
  }
  const of = `order:${order.order.id}`;
  return [...byUnit].map(([unit, steps]) => ({
    ...activity(of, owner.member.id, unit, times.compiled, steps),
    earned: countsFor,
    usable: Math.max(times.usable, countsFor),
    fresh: times.usable,
    tier: times.compiled.rules.units[unit]?.expiryByTier ? order.pins().tier : null,
  }));
}
