import type { OrderLine, OrderSnapshot } from '../commerce/order.js';
import type { Tx } from '../db/database.js';
import type { StoreRef } from './context.js';
import { type KnownProducts, describeLine, knownProducts } from './known-products.js';
import type { StoredOrder } from './stored-order.js';

/** An order on its way into the books, with what was kept of it before. */
interface Arriving extends StoreRef {
  order: OrderSnapshot;
  before: StoredOrder | undefined;
  reread: boolean;
}

/**
 * Lays into the lines what rules ask of their products, in one query for the batch and only for the programs that are `asking`. A line
 * that was described before keeps what it was judged with. `unclear`: a product is not known yet, so the platform must
 * tell of it first (learn-products.ts did so for what was read again).
 */
export async function describeOrders<One extends Arriving>(
  tx: Tx,
  arriving: readonly One[],
  asking: ReadonlySet<string>,
): Promise<{ told: (One & { described: boolean })[]; unclear: One[] }> {
  const parts = arriving
    .filter((one) => asking.has(one.program))
    .map(({ program, store, order, before }) => ({
      program,
      store,
      lines: order.lines.filter((line) => !pinOf(line, before)),
    }));
  const known = parts.length === 0 ? new Map() : await knownProducts(tx, parts);
  const told: (One & { described: boolean })[] = [];
  const unclear: One[] = [];
  for (const one of arriving) {
    if (!asking.has(one.program)) told.push({ ...one, described: false });
    else if (!one.reread && one.order.lines.some((line) => isUnknown(one, line, known))) unclear.push(one);
    else told.push({ ...one, order: describe(one, known), described: true });
  }
  return { told, unclear };
}

function describe({ store, order, before }: Arriving, known: KnownProducts): OrderSnapshot {
  const lines = order.lines.map((line) => {
    const pin = pinOf(line, before);
    if (!pin) return describeLine(store, line, known);
    const { categories, tags, onSale } = pin;
    return { ...line, categories, tags, ...(onSale !== undefined && { onSale }) };
  });
  return { ...order, lines };
}

/** The same line as it was described before. */
function pinOf(line: OrderLine, before: StoredOrder | undefined): OrderLine | undefined {
  if (!before?.described) return undefined;
  return before.lines.find(({ id, product }) => id === line.id && product === line.product);
}

function isUnknown({ store, before }: Arriving, line: OrderLine, known: KnownProducts): boolean {
  return line.product !== null && !pinOf(line, before) && !known.has(`${store}/${line.product}`);
}
