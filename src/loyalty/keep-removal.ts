import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { StoreRef } from './context.js';
import type { KeptOrder } from './keep-orders.js';
import type { StoredOrder } from './stored-order.js';

const REMOVE = `
  update order_state set removed = true, updated_at = now(),
    snapshot = case when snapshot -> 'cancelled' = 'null'::jsonb
      then jsonb_set(snapshot, '{cancelled}', to_jsonb($4::bigint)) else snapshot end
  where program_id = $1 and store_id = $2 and order_id = $3 and not removed and placed_at >= $5
  returning snapshot, member_id`;

const TOMBSTONE = `
  insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, removed)
  values ($1, $2, $3, 'epoch', $4, $5, true) on conflict (program_id, store_id, order_id) do nothing returning 1`;

/**
 * The platform no longer has the order (thrown away, deleted): it counts as cancelled from `at` on, until the platform
 * itself shows it again. Null when we knew already, or when it was placed before `placedFrom`: what a platform does not show
 * because it is too old may well be there.
 */
export async function keepRemoval(
  tx: Tx,
  ref: StoreRef,
  order: string,
  at: Millis,
  placedFrom: Millis = 0,
): Promise<KeptOrder | null> {
  const [row] = await tx.prepared<{ snapshot: StoredOrder; member_id: string | null }>('loyalty_keep_removal', REMOVE, [
    ref.program,
    ref.store,
    order,
    at,
    new Date(Math.max(0, placedFrom)),
  ]);
  if (!row) return null;
  return { ...ref, stored: row.snapshot, isNew: false, previousMember: row.member_id, member: row.member_id };
}

/**
 * Notes the removal of an order that we never saw, so that its own deliveries, should they come late, do not count: an
 * empty, cancelled order stands for it. Null when anything is known of it.
 */
export async function keepTombstone(tx: Tx, ref: StoreRef, order: string, at: Millis): Promise<KeptOrder | null> {
  const stored = emptyOrder(order, at);
  const rows = await tx.prepared('loyalty_tombstone', TOMBSTONE, [
    ref.program,
    ref.store,
    order,
    JSON.stringify(stored),
    new Date(at),
  ]);
  return rows.length === 0 ? null : { ...ref, stored, isNew: true, previousMember: null, member: null };
}

function emptyOrder(id: string, at: Millis): StoredOrder {
  return {
    id,
    name: null,
    at: 0,
    channel: 'unknown',
    customer: null,
    mailbox: null,
    phone: null,
    placed: at,
    paid: null,
    fulfilled: null,
    cancelled: at,
    test: false,
    money: { code: 'XXX', exponent: 0 },
    lines: [],
    shipping: { net: 0, tax: 0 },
    tip: 0,
    outstanding: 0,
    giftCardPaid: 0,
    refunds: [],
    disputes: [],
    codes: [],
    referral: null,
  };
}
