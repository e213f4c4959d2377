import type { Reading } from '../src/commerce/inbound-platform.js';
import { type Tx, inTransaction, rescope } from '../src/db/database.js';
import { RetryLater } from '../src/lib/errors.js';
import { type Applied, applyOrders } from '../src/loyalty/apply-orders.js';
import { keepProducts } from '../src/loyalty/keep-products.js';
import { act } from './act.js';
import { type ClaimedRow, claimBatch, markDead, markDone, postpone } from './claim.js';
import { type ProcessParts, type ReadRow, fail } from './process-parts.js';
import { readStore } from './read-store.js';
import { providerOf } from './reviews/index.js';
import { readDelivery } from './sealed-body.js';

const BATCH = 500;
/** How long what needs the platform's answer is kept from other workers: longer than the slowest answer. */
const LEASE_MS = 60_000;

/**
 * The worker's half of the intake: takes the waiting deliveries of a shard, applies all orders among them in one
 * transaction, and then, one by one, what needs the platform to be asked. Gives how many deliveries it took; when that is
 * a full batch there may be more.
 */
export async function processShard(parts: ProcessParts, shard: number, limit = BATCH): Promise<number> {
  let taken: ClaimedRow[] = [];
  let others: ReadRow[];
  try {
    others = await inTransaction(parts.db, 'intake', async (tx) => {
      taken = await claimBatch(tx, shard, limit);
      return taken.length === 0 ? [] : applyBatch(parts, tx, taken);
    });
  } catch (error) {
    if (error instanceof RetryLater || taken.length === 0) throw error;
    others = await eachAlone(parts, taken);
  }
  if (taken.length > 0) parts.ringEffects(shard);
  await act(parts, others);
  if (others.length > 0) parts.ringEffects(shard);
  return taken.length;
}

/** Reads a claimed batch, applies its orders, marks what is done; gives what must be acted on outside this transaction. */
async function applyBatch(parts: ProcessParts, tx: Tx, rows: readonly ClaimedRow[]): Promise<ReadRow[]> {
  const read: ReadRow[] = [];
  const dead: { id: string; why: string }[] = [];
  const done: { id: string; why: string | null }[] = [];
  for (const row of rows) {
    parts.begin(row);
    parts.watch(row.id, 'queue', rows.length === 1 ? 'claimed alone' : `claimed, ${rows.length} together`);
    const store = readStore(row);
    if (!store) dead.push({ id: row.id, why: 'its store is unknown' });
    else {
      const platform = providerOf(row.topic) ?? store.platform;
      const reading = readDelivery(row, platform, store.known, parts.keys);
      if (reading.kind === 'refused') dead.push({ id: row.id, why: reading.why });
      else if (reading.kind === 'nothing') done.push({ id: row.id, why: reading.why });
      else read.push({ row, store: store.known, reading });
    }
  }
  await keepAll(parts, tx, read);
  const orders = read.flatMap((one) =>
    one.reading.kind === 'order' ? [{ ...one, order: one.reading.order, untold: one.reading.untold }] : [],
  );
  const { doubtful } = await applyAll(parts, tx, orders);
  const again = new Set(doubtful.map((one) => `${one.store}/${one.order.id}`));
  const others = read.filter(
    ({ reading, row }) => reading.kind !== 'order' || again.has(`${row.store}/${reading.order.id}`),
  );
  rescope(parts.db, tx, 'intake');
  const late = new Set(others.map(({ row }) => row.id));
  markDone(tx, [...done, ...orders.filter(({ row }) => !late.has(row.id)).map(({ row }) => ({ id: row.id }))]);
  markDead(tx, dead);
  postpone(
    tx,
    others.map(({ row }) => ({ id: row.id, afterMs: LEASE_MS, why: 'being read through the platform' })),
  );
  return others;
}

/** Products come before the orders of their batch, which may be of them. */
async function keepAll(parts: ProcessParts, tx: Tx, read: readonly ReadRow[]): Promise<void> {
  const products = read.flatMap(({ row, reading }) =>
    reading.kind === 'product'
      ? [{ program: row.program, store: row.store, product: reading.product, reread: false }]
      : [],
  );
  if (products.length === 0) return;
  rescope(parts.db, tx, { programs: [...new Set(products.map(({ program }) => program))] });
  await keepProducts(tx, products);
}

async function applyAll(
  parts: ProcessParts,
  tx: Tx,
  orders: readonly (ReadRow & Pick<Extract<Reading, { kind: 'order' }>, 'order' | 'untold'>)[],
): Promise<Pick<Applied, 'doubtful'>> {
  if (orders.length === 0) return { doubtful: [] };
  rescope(parts.db, tx, { programs: [...new Set(orders.map(({ row }) => row.program))] });
  const arrived = orders.map(({ row, order, untold }) => ({
    program: row.program,
    store: row.store,
    order,
    untold,
    reread: false,
  }));
  const applied = await applyOrders(tx, arrived, parts.clock.now(), parts.loyalty);
  const changed = new Set(applied.changed.map((one) => `${one.store}/${one.stored.id}`));
  for (const { row, order } of orders) {
    const isNews = changed.has(`${row.store}/${order.id}`);
    const news = isNews ? 'a newer state' : 'nothing new';
    parts.watch(row.id, 'engine', `${news} of order ${order.name ?? order.id}; members replayed: ${applied.settled}`);
    if (isNews) parts.watch(row.id, 'ledger', 'posted, decided, effects in the outbox');
  }
  return applied;
}

/** A batch that failed as a whole is tried row by row, so that one bad delivery holds up nobody else. */
async function eachAlone(parts: ProcessParts, rows: readonly ClaimedRow[]): Promise<ReadRow[]> {
  const others: ReadRow[] = [];
  for (const row of rows) {
    try {
      others.push(...(await inTransaction(parts.db, 'intake', (tx) => applyBatch(parts, tx, [row]))));
    } catch (error) {
      await fail(parts, row, error);
    }
  }
  return others;
}
