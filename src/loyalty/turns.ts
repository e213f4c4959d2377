import type { Tx } from '../db/database.js';
import { programsWithCeilings } from './grant-ceilings.js';
import type { ArrivedOrder, KeptOrder } from './keep-orders.js';
import { ruleVersions } from './rule-sets.js';
import { orderKey } from './stored-order.js';

const keyOf = ({ store, order }: ArrivedOrder): string => orderKey(store, order.id);

/**
 * A batch keeps the newest state of each order alone. Where a ceiling is first come, an order that was paid and says something
 * else a moment later has had its part in between: there the batch is applied in turns, cut where such an order comes again.
 */
export async function inTurns(tx: Tx, arrived: readonly ArrivedOrder[]): Promise<(readonly ArrivedOrder[])[]> {
  const again = cutsOf(arrived, () => true).map((i) => arrived[i]?.program ?? '');
  if (again.length === 0) return [arrived];
  const limited = new Set(programsWithCeilings(await ruleVersions(tx, [...new Set(again)])));
  const cuts = limited.size === 0 ? [] : cutsOf(arrived, ({ program }) => limited.has(program));
  return [0, ...cuts].map((from, i) => arrived.slice(from, cuts[i] ?? arrived.length));
}

/** Where an order that was paid says something else than since the cut before. */
function cutsOf(arrived: readonly ArrivedOrder[], matters: (one: ArrivedOrder) => boolean): number[] {
  const cuts: number[] = [];
  let seen = new Map<string, ArrivedOrder>();
  for (const [i, one] of arrived.entries()) {
    const before = seen.get(keyOf(one));
    if (before && before.order.paid !== null && matters(one) && told(before) !== told(one)) {
      cuts.push(i);
      seen = new Map();
    }
    seen.set(keyOf(one), one);
  }
  return cuts;
}

/** All that may change what an order gives. */
function told({ order }: ArrivedOrder): string {
  return JSON.stringify({ ...order, at: 0, fulfilled: null });
}

/** In the order in which they first came paid: what is first come goes by that. */
export function asTheyCame(kept: readonly KeptOrder[], arrived: readonly ArrivedOrder[]): KeptOrder[] {
  const places = new Map<string, number>();
  for (const paid of [true, false]) {
    for (const [i, one] of arrived.entries()) {
      if (!places.has(keyOf(one)) && (one.order.paid !== null || !paid)) places.set(keyOf(one), i);
    }
  }
  const placeOf = ({ store, stored }: KeptOrder) => places.get(orderKey(store, stored.id)) ?? 0;
  return [...kept].sort((a, b) => placeOf(a) - placeOf(b));
}
