import type { Reading, ReviewState } from '../src/commerce/inbound-platform.js';
import { type Tx, inTransaction } from '../src/db/database.js';
import { RetryLater } from '../src/lib/errors.js';
import { grouped } from '../src/lib/grouped.js';
import { sideBySide } from '../src/lib/side-by-side.js';
import { applyCustomer, mergeCustomers } from '../src/loyalty/apply-customers.js';
import { applyKept, applyOrders } from '../src/loyalty/apply-orders.js';
import { applyReviews, removeReview } from '../src/loyalty/apply-reviews.js';
import { learnCustomers } from '../src/loyalty/known-customers.js';
import { learnProduct, learnProducts } from '../src/loyalty/learn-products.js';
import { programsThatAsk } from '../src/loyalty/known-products.js';
import { codeIsGone } from '../src/loyalty/code-life.js';
import type { StoreRef } from '../src/loyalty/context.js';
import { memberOf } from '../src/loyalty/join.js';
import { keepRemoval, keepTombstone } from '../src/loyalty/keep-removal.js';
import { lockBuyers } from '../src/loyalty/lock-buyers.js';
import { orderWithRefund } from '../src/loyalty/order-with-refund.js';
import { readReviews } from '../src/loyalty/read-reviews.js';
import { redactCustomer, redactStore } from '../src/loyalty/redact.js';
import { audit, changeStore, uninstallStore } from '../src/loyalty/store-life.js';
import { markDone } from './claim.js';
import { type ProcessParts, type ReadRow, fail } from './process-parts.js';

/** Stores whose platforms are asked at the same time: one that hangs does not hold up the others. */
const SIDE_BY_SIDE = 4;
/** A platform that failed so often in a row is left alone until the rows come back by themselves. */
const ENOUGH = 2;

/** Acts on deliveries that are more than a snapshot: the platform is asked outside any transaction, many pokes of one thing once. */
export async function act(parts: ProcessParts, rows: readonly ReadRow[]): Promise<void> {
  const stores = [...grouped(rows, ({ row }) => row.store).values()];
  await sideBySide(SIDE_BY_SIDE, stores, (own) => actForStore(parts, own));
}

/** What needs no answer of the platform comes first: it does not wait for one that hangs. */
async function actForStore(parts: ProcessParts, rows: readonly ReadRow[]): Promise<void> {
  const alone = rows.filter(({ reading }) => subjectOf(reading) === null);
  for (const one of alone) await actOn(parts, [one]);
  let inARow = 0;
  const asking = rows.filter(({ reading }) => subjectOf(reading) !== null);
  for (const group of grouped(asking, ({ reading }) => subjectOf(reading) ?? '').values()) {
    inARow = (await actOn(parts, group)) ? 0 : inARow + 1;
    if (inARow === ENOUGH) return;
  }
}

/** What several deliveries may ask the platform about once; null = each stands for itself and asks nothing. */
function subjectOf(reading: Reading): string | null {
  switch (reading.kind) {
    case 'order':
      return `order/${reading.order.id}`;
    case 'order-removed':
      return `order/${reading.id}`;
    case 'dispute':
      return `order/${reading.order}`;
    case 'poke':
      return `${reading.what}/${reading.id}`;
    case 'product':
      return 'reviews';
    default:
      return null;
  }
}

/** False when the platform did not answer (in time). */
async function actOn(parts: ProcessParts, group: readonly ReadRow[]): Promise<boolean> {
  const leading = group.find(({ reading }) => reading.kind === 'order-removed') ?? group[0];
  if (!leading) return true;
  try {
    const why = await doWhatItSays(parts, leading);
    await inTransaction(parts.db, 'intake', (tx) =>
      markDone(
        tx,
        group.map(({ row }) => ({ id: row.id, why })),
      ),
    );
    return true;
  } catch (error) {
    for (const { row } of group) await fail(parts, row, error);
    return !(error instanceof RetryLater);
  }
}

/** Gives why nothing was to be done, or null when something was. */
async function doWhatItSays(parts: ProcessParts, { row, reading }: ReadRow): Promise<string | null> {
  const ref = { program: row.program, store: row.store };
  switch (reading.kind) {
    case 'order':
      return readOrderAgain(parts, ref, reading.order.id, row.id);
    case 'order-removed':
      return readOrderAgain(parts, ref, reading.id, row.id, true);
    case 'dispute':
      return readOrderAgain(parts, ref, reading.order, row.id);
    case 'poke':
      return followPoke(parts, ref, reading, row.id);
    case 'product':
      // the product itself was kept with its batch
      return readReviewsAgain(parts, ref, row.id);
    case 'nothing':
      return reading.why;
    default: {
      const why = await within(parts, ref, (tx) => apply(parts, tx, ref, reading, row.triggered));
      if (reading.kind === 'review') watchReviews(parts, row.id, [reading.review]);
      return why;
    }
  }
}

function watchReviews({ watch }: ProcessParts, delivery: string, reviews: readonly ReviewState[]): void {
  watch(delivery, 'engine', reviews.map(({ id, status }) => `review ${id}: ${status}`).join(', '));
  watch(delivery, 'ledger', 'posted, decided, effects in the outbox');
}

type Direct = Exclude<Reading, { kind: 'order' | 'order-removed' | 'dispute' | 'poke' | 'product' | 'nothing' }>;

/** What can be applied without asking the platform. */
async function apply(
  { clock, loyalty }: ProcessParts,
  tx: Tx,
  ref: StoreRef,
  reading: Direct,
  triggered: number | null,
): Promise<string | null> {
  const now = clock.now();
  switch (reading.kind) {
    case 'review':
      await applyReviews(tx, [{ ...ref, review: reading.review }], now, loyalty);
      return null;
    case 'customer':
      await applyCustomer(tx, ref, reading.customer, now, loyalty);
      return null;
    case 'customer-removed':
      return 'the member keeps what they have until they are redacted';
    case 'customers-merged':
      await mergeCustomers(tx, ref, reading, Math.min(triggered ?? now, now), now, loyalty);
      return null;
    case 'discount-removed':
      await codeIsGone(tx, ref, reading.ref, now, loyalty.shards);
      return null;
    case 'data-request':
      await noteDataRequest(tx, ref, reading, now);
      return null;
    case 'redact-customer':
      await redactCustomer(tx, ref, reading.customer, reading.orders, loyalty, now);
      return null;
    case 'redact-store':
      return (await redactStore(tx, ref)) ? null : 'the store is installed again';
    case 'store-changed':
      await changeStore(tx, ref, { money: reading.money?.code ?? null, zone: reading.zone });
      return null;
    case 'scopes-changed':
      await audit(tx, ref.program, 'platform', 'store.scopes', { store: ref.store, scopes: reading.scopes });
      return null;
    case 'uninstalled':
      return (await uninstallStore(tx, ref, triggered ?? reading.at, now))
        ? null
        : 'a late word about an earlier installation';
  }
}

/** By law the owner has thirty days to hand on what is kept of the customer (`tallymark person` tells all of it). */
const DATA_DUE_MS = 30 * 24 * 3_600_000;

async function noteDataRequest(
  tx: Tx,
  ref: StoreRef,
  { customer, request }: Extract<Reading, { kind: 'data-request' }>,
  now: number,
): Promise<void> {
  const member = await memberOf(tx, ref, customer);
  const due = new Date(now + DATA_DUE_MS).toISOString();
  await audit(tx, ref.program, 'platform', 'data.requested', { store: ref.store, request, member, due });
}

async function followPoke(
  parts: ProcessParts,
  ref: StoreRef,
  poke: Extract<Reading, { kind: 'poke' }>,
  delivery: string,
): Promise<string | null> {
  if (poke.what === 'product' && !(await asksOfProducts(parts, ref))) return 'no rule asks what products tell';
  const platform = await parts.platformOf(ref.program, ref.store);
  const now = parts.clock.now();
  switch (poke.what) {
    case 'order':
      return readOrderAgain(parts, ref, poke.id, delivery);
    case 'refund': {
      // one that was deleted is known to nobody but us
      const order =
        (await platform.orderOfRefund(poke.id)) ??
        (await within(parts, ref, (tx) => orderWithRefund(tx, ref, poke.id)));
      return order === null ? 'the platform knows no such refund' : readOrderAgain(parts, ref, order, delivery);
    }
    case 'customer': {
      const customer = await platform.fetchCustomer(poke.id);
      if (!customer) return 'the platform knows no such customer';
      return within(parts, ref, (tx) => applyCustomer(tx, ref, customer, now, parts.loyalty).then(() => null));
    }
    case 'review': {
      const review = await platform.fetchReview(poke.id);
      const why = await within(parts, ref, async (tx) => {
        if (review) await applyReviews(tx, [{ ...ref, review }], now, parts.loyalty);
        else if (!(await removeReview(tx, ref, `${platform.name}:${poke.id}`, now, parts.loyalty)))
          return 'the platform knows no such review';
        return null;
      });
      if (review) watchReviews(parts, delivery, [review]);
      return why;
    }
    case 'product':
      await learnProduct(parts.db, platform, ref, poke.id);
      return null;
  }
}

function asksOfProducts(parts: ProcessParts, ref: StoreRef): Promise<boolean> {
  return within(parts, ref, async (tx) => (await programsThatAsk(tx, [ref.program])).has(ref.program));
}

async function readReviewsAgain(parts: ProcessParts, ref: StoreRef, delivery: string): Promise<string | null> {
  const platform = await parts.platformOf(ref.program, ref.store);
  if (!platform.can.has('reviews')) return 'this platform has no reviews of its own';
  const seen = await readReviews(platform, ref, parts.clock.now(), parts.loyalty, (fn) => within(parts, ref, fn));
  if (seen.length > 0) watchReviews(parts, delivery, seen);
  return null;
}

/**
 * The platform's word on an order is final: it gives the newest state, or says that the order is no more. `toldRemoved`: a
 * delivery said so too, which is kept also of an order that is not known yet. (A draft is not there either, but may come.)
 */
async function readOrderAgain(
  parts: ProcessParts,
  ref: StoreRef,
  id: string,
  delivery: string,
  toldRemoved = false,
): Promise<string | null> {
  const platform = await parts.platformOf(ref.program, ref.store);
  const order = await platform.fetchOrder(id);
  if (order) await learnProducts(parts.db, platform, ref, [order]);
  if (order) await learnCustomers(parts.db, platform, ref, [order]);
  const now = parts.clock.now();
  parts.watch(
    delivery,
    'engine',
    order ? `order ${order.name ?? id} read through the platform` : `order ${id} is no more`,
  );
  const done = await within(parts, ref, async (tx) => {
    if (order)
      return (
        (await applyOrders(tx, [{ ...ref, order, untold: [], reread: true }], now, parts.loyalty)).changed.length > 0
      );
    lockBuyers(tx, [{ ...ref, order: id, customer: null }]);
    const removed =
      (await keepRemoval(tx, ref, id, now, toldRemoved ? 0 : now - platform.readsBackMs)) ??
      (toldRemoved ? await keepTombstone(tx, ref, id, now) : null);
    if (removed) await applyKept(tx, [removed], now, parts.loyalty);
    return removed !== null;
  });
  if (done) parts.watch(delivery, 'ledger', 'posted, decided, effects in the outbox');
  return done ? null : 'nothing new';
}

function within<T>(parts: ProcessParts, ref: StoreRef, fn: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(parts.db, { programs: [ref.program] }, fn);
}
