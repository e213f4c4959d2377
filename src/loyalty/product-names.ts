import type { Tx } from '../db/database.js';
import type { NameOf } from '../rules/how-it-works/speaker.js';
import { thingsNamedIn } from '../rules/how-it-works/things-named.js';
import type { ProgramRules } from '../rules/program-rules.js';
import type { StoreRef } from './context.js';

const READ = `
  select 'product' as of, product as id, title as name from product_state
  where program_id = $1 and store_id = $2 and product = any($3::text[]) and title is not null
  union all
  select 'category', c.id, n.name from unnest($4::text[]) c(id) cross join lateral (
    select category_names ->> c.id as name from product_state
    where program_id = $1 and store_id = $2 and category_names ? c.id order by version desc limit 1) n`;

/**
 * What a store calls the products and categories that rules name, as far as its products are known: one query, and none when
 * rules name none.
 */
export async function productNames(tx: Tx, { program, store }: StoreRef, rules: ProgramRules): Promise<NameOf> {
  const { products, categories } = thingsNamedIn(rules);
  if (products.length + categories.length === 0) return () => null;
  const rows = await tx.prepared<{ of: string; id: string; name: string }>('loyalty_product_names', READ, [
    program,
    store,
    products,
    categories,
  ]);
  const names = new Map(rows.map(({ of, id, name }) => [`${of} ${id}`, name]));
  return (of, id) => names.get(`${of} ${id}`) ?? null;
}
