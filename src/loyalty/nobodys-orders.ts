import type { Millis } from '../lib/clock.js';
import type { KnownOrder, RuleVersion } from '../rules/known.js';
import { replay } from '../rules/replay.js';
import type { DecidedActivity } from './decisions.js';
import type { KeptOrder } from './keep-orders.js';
import { toKnown } from './stored-order.js';

/** Orders of guests and of customers who have not joined: nothing moves, but each gets its decision and its reason. */
export function judgeNobodys(
  kept: readonly KeptOrder[],
  versions: ReadonlyMap<string, RuleVersion[]>,
  now: Millis,
): DecidedActivity[] {
  const nobodys = kept.filter((one) => one.member === null);
  const programs = [...new Set(nobodys.map((one) => one.program))];
  return programs.flatMap((program) => {
    const rules = versions.get(program);
    if (!rules) return [];
    const orders: KnownOrder[] = nobodys
      .filter((one) => one.program === program)
      .map((one) => toKnown(one.store, one.stored, {}, () => undefined));
    const books = replay({ ...NOBODY, rules, orders }, now);
    return orders.flatMap((order) => {
      const activity = `order:${order.id}`;
      const decision = books.decisions[activity];
      return decision ? [{ program, activity, member: null, decision }] : [];
    });
  });
}

/** Nothing known but what is added to it. */
export const NOBODY = {
  members: [],
  links: [],
  claims: [],
  merges: [],
  orders: [],
  reviews: [],
  referrals: [],
  reservations: [],
  adjustments: [],
  visits: [],
  deeds: [],
};
