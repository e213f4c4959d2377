import type { OrderSnapshot } from '../commerce/order.js';
import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Tx, inTransaction } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { applyKept, applyOrders } from '../loyalty/apply-orders.js';
import type { Loyalty, StoreRef } from '../loyalty/context.js';
import type { KeptOrder } from '../loyalty/keep-orders.js';
import { keepRemoval } from '../loyalty/keep-removal.js';
import { lockBuyers } from '../loyalty/lock-buyers.js';
import { learnCustomers } from '../loyalty/known-customers.js';
import { learnProducts } from '../loyalty/learn-products.js';
import type { Work } from './run-effects.js';

/** Windows overlap by this much: platforms stamp with their own clocks, and lists lag behind. */
const OVERLAP_MS = 30 * 60_000;
/** What a platform lets an app read without special leave, and what a new store's past is read for. */
export const HISTORY_MS = 60 * 24 * 3_600_000;

export interface Reconciled {
  seen: number;
  /** Orders that no delivery had told us, or not in this state. */
  healed: number;
}

interface Standing {
  since: Date;
  cursor: string | null;
  started_at: Date | null;
}

/**
 * Compares a store's orders changed since the last comparison with what we hold, and applies what differs. Resumable: the
 * page that was reached is kept. Dates earnings by the orders' own instants, so an outage costs nobody a promotion.
 */
export async function reconcileOrders(
  work: Work & { loyalty: Loyalty },
  ref: StoreRef,
  from?: Millis,
): Promise<Reconciled> {
  const platform = await work.platformOf(ref.program, ref.store);
  const started = work.clock.now();
  const standing = await inTransaction(work.db, { programs: [ref.program] }, (tx) => begin(tx, ref, started, from));
  const since = standing.since.getTime() - OVERLAP_MS;
  const total: Reconciled = { seen: 0, healed: 0 };
  let cursor = standing.cursor;
  do {
    const page = await platform.ordersChangedSince(since, cursor);
    await learnProducts(work.db, platform, ref, page.items);
    await learnCustomers(work.db, platform, ref, page.items);
    const healed = await applyPage(work, ref, page.items, page.next);
    total.seen += page.items.length;
    total.healed += healed;
    cursor = page.next;
  } while (cursor !== null);
  await inTransaction(work.db, { programs: [ref.program] }, (tx) =>
    end(tx, ref, standing.started_at ?? new Date(started), total.healed),
  );
  return total;
}

async function applyPage(
  work: Work & { loyalty: Loyalty },
  ref: StoreRef,
  orders: OrderSnapshot[],
  next: string | null,
): Promise<number> {
  return inTransaction(work.db, { programs: [ref.program] }, async (tx) => {
    const arrived = orders.map((order) => ({ ...ref, order, untold: [], reread: true }));
    const { changed } = await applyOrders(tx, arrived, work.clock.now(), work.loyalty);
    await tx.prepared(
      'jobs_reconcile_page',
      "update reconciliation set cursor = $3 where program_id = $1 and store_id = $2 and what = 'orders'",
      [ref.program, ref.store, next],
    );
    return changed.length;
  });
}

const BEGIN = `
  insert into reconciliation as r (program_id, store_id, what, since, started_at)
  values ($1, $2, 'orders', $3, $4)
  on conflict (store_id, what) do update set started_at = case when r.cursor is null then $4 else r.started_at end,
    since = case when $5 then $3 else r.since end, cursor = case when $5 then null else r.cursor end, error = null
  returning since, cursor, started_at`;

async function begin(tx: Tx, ref: StoreRef, started: Millis, from: Millis | undefined): Promise<Standing> {
  const since = new Date(from ?? started - HISTORY_MS);
  const [row] = await tx.prepared<Standing>('jobs_reconcile_begin', BEGIN, [
    ref.program,
    ref.store,
    since,
    new Date(started),
    from !== undefined,
  ]);
  return row ?? { since, cursor: null, started_at: new Date(started) };
}

const END = `
  update reconciliation set since = $3, cursor = null, finished_at = now(), healed = healed + $4
  where program_id = $1 and store_id = $2 and what = 'orders'`;

async function end(tx: Tx, ref: StoreRef, since: Date, healed: number): Promise<void> {
  await tx.prepared('jobs_reconcile_end', END, [ref.program, ref.store, since, healed]);
}

export const DOUBTED = `
  select order_id from order_state
  where program_id = $1 and store_id = $2 and jsonb_array_length(snapshot -> 'refunds') > 0 and not removed
    and updated_at > $3 order by updated_at desc limit $4`;

/**
 * Orders with refunds are read again each night: WooCommerce before 11.2 says nothing, and stamps nothing, when a refund is
 * deleted. One that the shop has no longer counts as cancelled, as if its deletion had been told.
 */
export async function rereadRefunded(
  work: Work & { loyalty: Loyalty },
  ref: StoreRef,
  limit = 500,
): Promise<Reconciled> {
  const platform = await work.platformOf(ref.program, ref.store);
  const since = new Date(work.clock.now() - HISTORY_MS);
  const rows = await inTransaction(work.db, { programs: [ref.program] }, (tx) =>
    tx.prepared<{ order_id: string }>('jobs_reread_refunded', DOUBTED, [ref.program, ref.store, since, limit]),
  );
  const { orders, gone } = await readEach(
    platform,
    rows.map((row) => row.order_id),
  );
  if (rows.length === 0) return { seen: 0, healed: 0 };
  await learnProducts(work.db, platform, ref, orders);
  await learnCustomers(work.db, platform, ref, orders);
  const healed = await inTransaction(work.db, { programs: [ref.program] }, async (tx) => {
    const now = work.clock.now();
    const removed: KeptOrder[] = [];
    lockBuyers(tx, [
      ...gone.map((order) => ({ ...ref, order, customer: null })),
      ...orders.map(({ id, customer }) => ({ ...ref, order: id, customer })),
    ]);
    for (const id of gone) {
      const one = await keepRemoval(tx, ref, id, now, now - platform.readsBackMs);
      if (one) removed.push(one);
    }
    await applyKept(tx, removed, now, work.loyalty);
    const arrived = orders.map((order) => ({ ...ref, order, untold: [], reread: true }));
    return removed.length + (await applyOrders(tx, arrived, now, work.loyalty)).changed.length;
  });
  return { seen: rows.length, healed };
}

async function readEach(
  platform: OutboundPlatform,
  ids: string[],
): Promise<{ orders: OrderSnapshot[]; gone: string[] }> {
  const orders: OrderSnapshot[] = [];
  const gone: string[] = [];
  for (const id of ids) {
    const order = await platform.fetchOrder(id);
    if (order) orders.push(order);
    else gone.push(id);
  }
  return { orders, gone };
}
