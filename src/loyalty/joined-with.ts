import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { StoreRef } from './context.js';

/** For so long an order waits for its customer to join. */
const WAITS = 30 * 86_400_000;

const PLACED = `
  select placed_at from order_state
  where program_id = $1 and store_id = $2 and order_id = $3 and customer = $4 and not removed`;

/** When this customer's order was placed; null = it is not known (yet), or not theirs. */
export async function placedBy(
  tx: Tx,
  { program, store, customer }: StoreRef & { customer: string },
  order: string,
): Promise<Millis | null> {
  const [row] = await tx.prepared<{ placed_at: Date }>('loyalty_placed_by', PLACED, [program, store, order, customer]);
  return row?.placed_at.getTime() ?? null;
}

/** The instant from which somebody is a member who joins with an order: the order's own, as it was said that it counts. */
export function joinedAt(placed: Millis | null, now: Millis): Millis {
  return placed !== null && placed <= now && now - placed <= WAITS ? placed : now;
}
