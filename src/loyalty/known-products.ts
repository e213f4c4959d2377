import type { OrderLine } from '../commerce/order.js';
import type { Tx } from '../db/database.js';
import { asksOfCustomers, asksOfProducts } from '../rules/asks-of-products.js';
import type { Cart } from '../rules/cart.js';
import type { ProgramRules } from '../rules/program-rules.js';
import type { StoreRef } from './context.js';
import { ruleVersions } from './rule-sets.js';

/** What is known of a store's products, by `<store>/<product>`. */
export type KnownProducts = ReadonlyMap<string, Pick<OrderLine, 'categories' | 'tags' | 'onSale'>>;

/** The programs of which some published rule asks for categories or tags; for the others products are never looked at. */
export async function programsThatAsk(tx: Tx, programs: readonly string[]): Promise<Set<string>> {
  return (await whatProgramsAsk(tx, programs)).ofProducts;
}

/** The programs of which some published rule asks for what only products tell, or only customers. */
export async function whatProgramsAsk(
  tx: Tx,
  programs: readonly string[],
): Promise<{ ofProducts: Set<string>; ofCustomers: Set<string> }> {
  const versions = [...(await ruleVersions(tx, [...new Set(programs)]))];
  const asking = (asks: (rules: ProgramRules) => boolean): Set<string> =>
    new Set(versions.flatMap(([program, all]) => (all.some(({ rules }) => asks(rules)) ? [program] : [])));
  return { ofProducts: asking(asksOfProducts), ofCustomers: asking(asksOfCustomers) };
}

interface ProductRow {
  store_id: string;
  product: string;
  categories: string[];
  tags: string[];
  on_sale: boolean;
}

const READ = `
  select p.store_id, p.product, p.categories, p.tags, p.on_sale
  from unnest($1::bigint[], $2::bigint[], $3::text[]) x(program_id, store_id, product)
  join product_state p on p.program_id = x.program_id and p.store_id = x.store_id and p.product = x.product`;

/** What is known of the products of these lines, in one query; none when the lines name no products. */
export async function knownProducts(
  tx: Tx,
  parts: readonly (StoreRef & { lines: readonly Pick<OrderLine, 'product'>[] })[],
): Promise<KnownProducts> {
  const wanted = new Map<string, [string, string, string]>();
  for (const { program, store, lines } of parts)
    for (const { product } of lines) if (product !== null) wanted.set(`${store}/${product}`, [program, store, product]);
  if (wanted.size === 0) return new Map();
  const all = [...wanted.values()];
  const rows = await tx.prepared<ProductRow>(
    'loyalty_known_products',
    READ,
    [0, 1, 2].map((column) => all.map((one) => one[column])),
  );
  return new Map(
    rows.map(({ store_id, product, categories, tags, on_sale }) => [
      `${store_id}/${product}`,
      { categories, tags, onSale: on_sale },
    ]),
  );
}

/** The line with what is known of its product; as it is when nothing is. */
export function describeLine<Line extends OrderLine>(store: string, line: Line, known: KnownProducts): Line {
  return { ...line, ...known.get(`${store}/${line.product}`) };
}

/**
 * A cart whose lines say of their products what an order's would (T15). What the page says of a product counts only while
 * the product is not known.
 */
export async function describeCart(tx: Tx, ref: StoreRef, cart: Cart): Promise<Cart> {
  if (!(await programsThatAsk(tx, [ref.program])).has(ref.program)) return cart;
  const known = await knownProducts(tx, [{ ...ref, lines: cart.lines }]);
  return { ...cart, lines: cart.lines.map((line) => describeLine(ref.store, line, known)) };
}
