import type { Tx } from '../db/database.js';
import type { StoreRef } from './context.js';

const FIND = `
  select order_id from order_state where program_id = $1 and store_id = $2 and snapshot -> 'refunds' @> $3::jsonb limit 1`;

/** The order that this refund was last seen in, by the platform's id; null when it never was. */
export async function orderWithRefund(tx: Tx, { program, store }: StoreRef, refund: string): Promise<string | null> {
  const [row] = await tx.prepared<{ order_id: string }>('loyalty_order_with_refund', FIND, [
    program,
    store,
    JSON.stringify([{ id: refund }]),
  ]);
  return row?.order_id ?? null;
}
