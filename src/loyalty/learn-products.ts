import type { OrderLine } from '../commerce/order.js';
import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Database, inTransaction } from '../db/database.js';
import type { StoreRef } from './context.js';
import { keepProducts } from './keep-products.js';
import { knownProducts, programsThatAsk } from './known-products.js';

/**
 * Reads through the platform the products of these orders that are not known yet, if the program's rules ask for what
 * only products tell. One that the platform does not know either is kept as having nothing, so that it is not asked again.
 * Call it outside of any transaction, before the orders are applied.
 */
export async function learnProducts(
  db: Database,
  platform: OutboundPlatform,
  ref: StoreRef,
  orders: readonly { lines: readonly Pick<OrderLine, 'product'>[] }[],
): Promise<void> {
  const lines = orders.flatMap((order) => order.lines);
  const missing = await inTransaction(db, { programs: [ref.program] }, async (tx) => {
    if (!(await programsThatAsk(tx, [ref.program])).has(ref.program)) return [];
    const known = await knownProducts(tx, [{ ...ref, lines }]);
    return lines.flatMap(({ product }) => (product === null || known.has(`${ref.store}/${product}`) ? [] : [product]));
  });
  for (const id of new Set(missing)) await learnProduct(db, platform, ref, id);
}

/** What is kept of a product that the platform does not know. */
const NOTHING = { categories: [], tags: [], onSale: false, title: null, categoryNames: {} };

/** Reads one product through the platform and keeps it. */
export async function learnProduct(db: Database, platform: OutboundPlatform, ref: StoreRef, id: string): Promise<void> {
  const product = (await platform.fetchProduct(id)) ?? { id, at: 0, ...NOTHING };
  await inTransaction(db, { programs: [ref.program] }, (tx) => keepProducts(tx, [{ ...ref, product, reread: true }]));
}
