import type { Millis } from '../lib/clock.js';
import type { Compiled } from './compile.js';
import type { GivingKind } from './lots.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import type { Expiry } from './program-rules.js';
import type { SharedReady } from './shared-limits.js';

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
  kind: GivingKind;
  /** The member's id before any merge. */
  member: string;
  unit: string;
  compiled: Compiled;
  /** The instant at which it is asked whose household it was for; absent = when it was earned. */
  moment?: Millis;
  /** The level held when it was earned, if that bears on how long it lives; `expiry` = terms of its own. */
  tier?: string | null;
  expiry?: Expiry | undefined;
  /** When it ends whatever its terms say; null = never. */
  lasts?: Millis | null;
  earned: Millis;
  usable: Millis;
  /** From when its days to live count. */
  fresh: Millis;
  steps: Step[];
  /** What it would give were it not for limits over several rules; absent = none is over its rule. */
  asked?: readonly Step[];
  /** The one of them that leaves nothing, or no more, of it by now. */
  cut?: SharedReady | null;
}

/** An activity that is usable at once. */
export function activity(of: string, member: string, unit: string, compiled: Compiled, steps: Step[]): Activity {
  const earned = steps[0]?.at ?? 0;
  return { of, cause: of, kind: 'earn', member, unit, compiled, earned, usable: earned, fresh: earned, steps };
}

/** Whose it becomes: what is earned in a household is its head's, what is given by hand or sent is whose it was given to. */
export function holderOf({ kind, member, moment, earned }: Activity, ownership: Ownership): string {
  return kind === 'earn' ? ownership.holderAt(member, moment ?? earned) : member;
}

/** Whole points of the activity as of an instant. */
export function targetAt(of: Activity, at: Millis): bigint {
  let target = 0n;
  for (const step of of.steps) if (step.at <= at) target = step.target;
  return target;
}

/** Whether it was done, as of an instant: limits over several rules bound points, not what was done for them. */
export function isDoneAt({ asked, steps }: Activity, at: Millis): boolean {
  return ((asked ?? steps).findLast((step) => step.at <= at)?.target ?? 0n) > 0n;
}

/** Every instant at which it was done or undone, or gives something else. */
export function stirsOf({ asked = [], steps }: Activity): Millis[] {
  return [...new Set([...asked, ...steps].map(({ at }) => at))];
}

/** What an order gives of one unit that ends by the same terms. */
export interface OrderPart {
  /** The lot that it is in: the order's own, or one of the rule whose terms are its own. */
  of: string;
  unit: string;
  /** Undefined = as the unit, or the level, has it. */
  expiry: Expiry | undefined;
  points: bigint;
}

/** The points of an order as of an instant, by the terms by which they end. */
export function orderParts(order: OrderCase, at: Millis): OrderPart[] {
  const of = `order:${order.order.id}`;
  return Object.entries(order.givesAt(at)).flatMap(([unit, points]): OrderPart[] => {
    const apart = Object.entries(order.judgementAt(order.asOf(unit, at)).apart[unit] ?? {});
    const rest = apart.reduce((left, [, part]) => left - part, points);
    const parts = apart.map(([id, part]) => ({
      of: `${of}#${id}`,
      unit,
      expiry: termsOf(order, unit, id),
      points: part,
    }));
    return rest > 0n ? [{ of, unit, expiry: undefined, points: rest }, ...parts] : parts;
  });
}

function termsOf({ times }: OrderCase, unit: string, rule: string): Expiry | undefined {
  return times.compiled.rules.earning.find((one) => one.id === rule && one.unit === unit)?.expiry;
}

/** The points of an order over time, by unit and terms, until `now`. */
export function orderActivities(order: OrderCase, now: Millis): Activity[] {
  const { countsFor, owner, times } = order;
  if (countsFor === null || countsFor > now || !owner) return [];
  const instants = [countsFor, ...order.changes.filter((at) => at > countsFor && at <= now)];
  const all = new Map<string, OrderPart & { steps: Step[] }>();
  for (const at of instants) {
    const parts = new Map(orderParts(order, at).map((part) => [`${part.of}\n${part.unit}`, part]));
    for (const [key, part] of parts) if (!all.has(key)) all.set(key, { ...part, steps: [] });
    for (const [key, { steps }] of all) {
      const target = parts.get(key)?.points ?? 0n;
      if (target !== (steps.at(-1)?.target ?? 0n)) steps.push({ at, target });
    }
  }
  return [...all.values()].map(({ of, unit, expiry, steps }) => ({
    ...activity(of, owner.member.id, unit, times.compiled, steps),
    cause: `order:${order.order.id}`,
    moment: times.moment,
    earned: countsFor,
    usable: Math.max(times.usable, countsFor),
    fresh: times.usable,
    tier: times.compiled.rules.units[unit]?.expiryByTier ? order.pins().tier : null,
    expiry,
  }));
}
