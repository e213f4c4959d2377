import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { KnownOrder } from '../rules/known.js';
import { replay } from '../rules/replay.js';
import type { DecidedActivity } from './decisions.js';
import type { KeptOrder } from './keep-orders.js';
import { ruleVersions } from './rule-sets.js';
import { toKnown } from './stored-order.js';

/** Orders of guests and of customers who have not joined: nothing moves, but each gets its decision and its reason. */
export async function judgeNobodys(tx: Tx, kept: readonly KeptOrder[], now: Millis): Promise<DecidedActivity[]> {
  const nobodys = kept.filter((one) => one.member === null);
  if (nobodys.length === 0) return [];
  const programs = [...new Set(nobodys.map((one) => one.program))];
  const versions = await ruleVersions(tx, programs);
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
};
