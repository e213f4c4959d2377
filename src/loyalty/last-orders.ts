import type { Tx } from '../db/database.js';
import type { KnownOrder } from '../rules/known.js';
import { type StoredOrder, toKnown } from './stored-order.js';

const LAST = `
  select store_id, snapshot from order_state
  where program_id = $1 and not removed order by placed_at desc limit $2`;

/** The newest orders of a program's stores that stand, as its rules see them, each with what the shop calls it. */
export async function lastOrders(
  tx: Tx,
  program: string,
  limit: number,
): Promise<{ order: KnownOrder; name: string | null }[]> {
  // of those that were cancelled there are few
  const rows = await tx.prepared<{ store_id: string; snapshot: StoredOrder }>('last_orders', LAST, [
    program,
    limit * 3,
  ]);
  return rows
    .filter(({ snapshot }) => snapshot.cancelled === null && !snapshot.test)
    .slice(0, limit)
    .map(({ store_id, snapshot }) => ({
      order: toKnown(store_id, snapshot, {}, () => undefined),
      name: snapshot.name ?? null,
    }));
}
