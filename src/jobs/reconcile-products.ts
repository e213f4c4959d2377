import type { ProductState } from '../commerce/inbound-platform.js';
import { type Tx, inTransaction } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { StoreRef } from '../loyalty/context.js';
import { keepProducts } from '../loyalty/keep-products.js';
import { programsThatAsk } from '../loyalty/known-products.js';
import type { Work } from './run-effects.js';

const DAY_MS = 24 * 3_600_000;

/**
 * Reads all products of a store once a day, if its program's rules ask for what only products tell: what no delivery told,
 * or told of a category or a collection alone, is known from then on. Resumable: the page that was reached is kept. Gives
 * how many products it saw.
 */
export async function reconcileProducts(work: Work, ref: StoreRef): Promise<number> {
  const within = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(work.db, { programs: [ref.program] }, fn);
  const standing = await within((tx) => begin(tx, ref, work.clock.now()));
  if (!standing) return 0;
  const platform = await work.platformOf(ref.program, ref.store);
  let { cursor } = standing;
  let seen = 0;
  do {
    const page = await platform.products(cursor);
    await within((tx) => keepPage(tx, ref, page.items, page.next));
    seen += page.items.length;
    cursor = page.next;
  } while (cursor !== null);
  return seen;
}

const BEGIN = `
  insert into reconciliation as r (program_id, store_id, what, since, started_at) values ($1, $2, 'products', $3, $3)
  on conflict (store_id, what) do update set since = $3, started_at = $3, cursor = null, finished_at = null
  where r.finished_at is not null and r.since <= $4`;
const STANDING = `
  select cursor from reconciliation
  where program_id = $1 and store_id = $2 and what = 'products' and finished_at is null`;

/** Where to go on; null = no rule asks, or the last reading is not a day old yet. */
async function begin(tx: Tx, ref: StoreRef, now: Millis): Promise<{ cursor: string | null } | null> {
  if (!(await programsThatAsk(tx, [ref.program])).has(ref.program)) return null;
  const { program, store } = ref;
  await tx.prepared('jobs_products_begin', BEGIN, [program, store, new Date(now), new Date(now - DAY_MS)]);
  const [row] = await tx.prepared<{ cursor: string | null }>('jobs_products_standing', STANDING, [program, store]);
  return row ?? null;
}

const PAGE = `
  update reconciliation set cursor = $3, finished_at = case when $3::text is null then now() end
  where program_id = $1 and store_id = $2 and what = 'products'`;

async function keepPage(tx: Tx, ref: StoreRef, items: readonly ProductState[], next: string | null): Promise<void> {
  await keepProducts(
    tx,
    items.map((product) => ({ ...ref, product, reread: true })),
  );
  await tx.prepared('jobs_products_page', PAGE, [ref.program, ref.store, next]);
}
