import type { ProductState } from '../commerce/inbound-platform.js';
import type { Tx } from '../db/database.js';
import type { StoreRef } from './context.js';

/** A product as it arrived; `reread` = just now, through the platform: at equal versions that is believed. */
export interface ArrivedProduct extends StoreRef {
  product: ProductState;
  reread: boolean;
}

const KEEP = `
  insert into product_state as p (program_id, store_id, product, categories, tags, on_sale, version, title, category_names)
  select program_id, store_id, product, array(select jsonb_array_elements_text(categories)),
    array(select jsonb_array_elements_text(tags)), on_sale, version, title, category_names
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::jsonb[], $5::jsonb[], $6::boolean[], $7::timestamptz[], $9::text[],
    $10::jsonb[]) x(program_id, store_id, product, categories, tags, on_sale, version, title, category_names)
  order by program_id, store_id, product
  on conflict (program_id, store_id, product) do update set categories = excluded.categories, tags = excluded.tags,
    on_sale = excluded.on_sale, version = excluded.version, title = excluded.title, category_names = excluded.category_names
  where p.version < excluded.version or (p.version = excluded.version and $8)`;

/**
 * Keeps the newest state of each product. Orders already known keep what they were judged with: a product that moves to
 * another category is there for what is bought from now on. Deleted products stay: orders of them may still come.
 */
export async function keepProducts(tx: Tx, arrived: readonly ArrivedProduct[]): Promise<void> {
  for (const reread of [false, true]) {
    const group = newestOfEach(arrived.filter((one) => one.reread === reread));
    if (group.length === 0) continue;
    await tx.prepared('loyalty_keep_products', KEEP, [
      group.map((one) => one.program),
      group.map((one) => one.store),
      group.map(({ product }) => product.id),
      group.map(({ product }) => JSON.stringify(product.categories)),
      group.map(({ product }) => JSON.stringify(product.tags)),
      group.map(({ product }) => product.onSale),
      group.map(({ product }) => new Date(product.at)),
      reread,
      group.map(({ product }) => product.title),
      group.map(({ product }) => JSON.stringify(product.categoryNames)),
    ]);
  }
}

function newestOfEach(arrived: readonly ArrivedProduct[]): ArrivedProduct[] {
  const newest = new Map<string, ArrivedProduct>();
  for (const one of arrived) {
    const key = `${one.store}/${one.product.id}`;
    const other = newest.get(key);
    if (!other || other.product.at <= one.product.at) newest.set(key, one);
  }
  return [...newest.values()];
}
