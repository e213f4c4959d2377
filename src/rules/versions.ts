import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import type { KnownOrder, RuleVersion } from './known.js';

/** The rules in force at an instant; before the first version, the first. Versions are ascending. */
export function versionAt(versions: readonly RuleVersion[], at: Millis): RuleVersion {
  let held = versions[0];
  for (const version of versions) if (version.from <= at) held = version;
  if (!held) throw new RangeError('a program needs at least one version of its rules');
  return held;
}

/** When an order is judged by which rules, and when it counts (FORMAT section 1: moment, counts). */
export interface OrderTimes {
  version: number;
  compiled: Compiled;
  moment: Millis;
  /** Null = not yet: unpaid, or not fulfilled where that is asked. May lie in the future. */
  counted: Millis | null;
  /** When the points of the order can be used. */
  usable: Millis;
}

export function timesOf(versions: readonly RuleVersion[], order: KnownOrder): OrderTimes {
  // The version in force at the placing says which instant judges.
  let held = versionAt(versions, order.placed);
  let moment = order.placed;
  if (order.paid !== null && held.rules.moment === 'paid') {
    moment = order.paid;
    held = versionAt(versions, moment);
  }
  const compiled = compile(held.rules);
  const counted = countedAt(compiled, order);
  const usable = counted === null ? Infinity : compiled.calendar.addDays(counted, held.rules.pendingDays);
  return { version: held.version, compiled, moment, counted, usable };
}

function countedAt(compiled: Compiled, order: KnownOrder): Millis | null {
  const { counts } = compiled.rules;
  const after = typeof counts === 'string' ? counts : counts.after;
  if (order.paid === null || (after === 'fulfilled' && order.fulfilled === null)) return null;
  const from = after === 'fulfilled' ? Math.max(order.paid, order.fulfilled ?? 0) : order.paid;
  return typeof counts === 'string' ? from : compiled.calendar.addDays(from, counts.days);
}
