import type { Tx } from '../db/database.js';
import type { StoreRef } from './context.js';

/** An order by its number, and whose it says it is. */
export interface OrderRef extends StoreRef {
  order: string;
  customer: string | null;
}

const LOCK = `
  with x as (
    select x.* from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) x(program_id, store_id, order_id, customer)
    where exists (select from ceiling c where c.program_id = x.program_id)
  ), buyers as (
    select l.program_id, l.member_id from x
    join customer_link l on l.program_id = x.program_id and l.store_id = x.store_id and l.customer = x.customer
    union
    select o.program_id, o.member_id from x
    join order_state o on o.program_id = x.program_id and o.store_id = x.store_id and o.order_id = x.order_id
    where o.member_id is not null
  )
  select from member where (program_id, id) in (
    select program_id, member_id from buyers
    union
    select m.program_id, m.merged_into from buyers b join member m on m.program_id = b.program_id and m.id = b.member_id
    where m.merged_into is not null)
  order by program_id, id
  for no key update`;

/**
 * Locks whose orders these are and were, in sorted order, before any of the orders is written: of programs where what one order
 * has of a ceiling or a limit is recorded on the member's other orders too. Who wrote an order first and then waited for its
 * member would stand in the way of whoever has the member and writes that order. Once, for all that a transaction is about.
 */
export function lockBuyers(tx: Tx, orders: readonly OrderRef[]): void {
  if (orders.length === 0) return;
  tx.send('loyalty_lock_buyers', LOCK, [
    orders.map(({ program }) => program),
    orders.map(({ store }) => store),
    orders.map(({ order }) => order),
    orders.map(({ customer }) => customer),
  ]);
}
