import type { Tx } from '../db/database.js';
import type { Loyalty, Person } from './context.js';
import { orderKey, splitKey } from './stored-order.js';

/**
 * Who members are, for showing to the owner: looked up when something is shown, so that what is kept of reports and plans
 * names nobody. Who was erased, or never said who they are, is not in it.
 */
export function peopleOf(
  tx: Tx,
  program: string,
  members: readonly string[],
  loyalty: Pick<Loyalty, 'readPeople'>,
): Promise<Map<string, Person>> {
  const all = [...new Set(members)];
  return all.length === 0 ? Promise.resolve(new Map()) : loyalty.readPeople(tx, program, all);
}

const NAMES = `
  select o.store_id, o.order_id, o.snapshot ->> 'name' as name
  from unnest($2::bigint[], $3::text[]) x(store_id, order_id)
  join order_state o on o.program_id = $1 and o.store_id = x.store_id and o.order_id = x.order_id
  where o.snapshot ->> 'name' is not null`;

/** What the shop calls orders ("#1001"), by their keys; those that were kept without a name are not in it. */
export async function orderNamesOf(tx: Tx, program: string, orders: readonly string[]): Promise<Map<string, string>> {
  const keys = [...new Set(orders)].map(splitKey);
  if (keys.length === 0) return new Map();
  const rows = await tx.prepared<{ store_id: string; order_id: string; name: string }>('loyalty_order_names', NAMES, [
    program,
    keys.map(({ store }) => store),
    keys.map(({ id }) => id),
  ]);
  return new Map(rows.map(({ store_id, order_id, name }) => [orderKey(store_id, order_id), name]));
}
