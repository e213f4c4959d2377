import type { Tx } from '../db/database.js';
import type { StoreRef } from './context.js';

/** By the index of orders with refunds, newest first: what is deleted is mostly young. */
export const FIND = `
  select order_id from order_state
  where program_id = $1 and store_id = $2 and jsonb_array_length(snapshot -> 'refunds') > 0
    and snapshot -> 'refunds' @> $3::jsonb
  order by updated_at desc limit 1`;

/** The order that this refund was last seen in, by the platform's id; null when it never was. */
export async function orderWithRefund(tx: Tx, { program, store }: StoreRef, refund: string): Promise<string | null> {
  const [row] = await tx.prepared<{ order_id: string }>('loyalty_order_with_refund', FIND, [
    program,
    store,
    JSON.stringify([{ id: refund }]),
  ]);
  return row?.order_id ?? null;
}
