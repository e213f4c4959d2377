import type { OrderSnapshot } from '../commerce/order.js';
import type { Tx } from '../db/database.js';
import type { StoreRef } from './context.js';
import { knownCustomers } from './known-customers.js';
import type { StoredOrder } from './stored-order.js';

interface Arriving extends StoreRef {
  order: OrderSnapshot;
  before: StoredOrder | undefined;
  reread: boolean;
}

/**
 * Lays into the orders what rules ask of whoever ordered, in one query for the batch and only for the programs that are
 * `asking`. An order that said it before keeps what it was judged with. `unclear`: the customer is not known yet, so the
 * platform must tell of them first (known-customers.ts did so for what was read again).
 */
export async function describeBuyers<One extends Arriving>(
  tx: Tx,
  arriving: readonly One[],
  asking: ReadonlySet<string>,
): Promise<{ told: One[]; unclear: One[] }> {
  const open = arriving.flatMap((one) => {
    const { program, store, order } = one;
    const asks = asking.has(program) && order.customer !== null && one.before?.roles === undefined;
    return asks && order.customer !== null ? [{ program, store, customer: order.customer }] : [];
  });
  const known = await knownCustomers(tx, open);
  const told: One[] = [];
  const unclear: One[] = [];
  for (const one of arriving) {
    const { order, before, store } = one;
    if (!asking.has(one.program) || order.customer === null) told.push(one);
    else {
      const pinned = before?.roles && { roles: before.roles, customerTags: before.customerTags ?? [] };
      const buyer = pinned ?? known.get(`${store}/${order.customer}`);
      if (!buyer && !one.reread) unclear.push(one);
      else told.push({ ...one, order: { ...order, ...buyer } });
    }
  }
  return { told, unclear };
}
