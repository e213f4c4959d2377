import type { Tx } from '../db/database.js';
import type { Loyalty, StoreRef } from './context.js';

const FIND = `
  select l.customer from member m
  join customer_link l on l.program_id = m.program_id and l.store_id = $2
  join member o on o.program_id = l.program_id and o.id = l.member_id and coalesce(o.merged_into, o.id) = m.id
  where m.program_id = $1 and m.status = 'active'
    and (m.referral_code = upper($3) or m.mailbox = $4 or m.phone = $5)
  order by l.linked_at desc, l.customer limit 2`;

/**
 * The customer of this store whose member has that code, mailbox or phone number; null when there is none, or when it could
 * be more than one (two members of one phone): then the till has to ask for something else.
 */
export async function findCustomer(tx: Tx, ref: StoreRef, text: string, loyalty: Loyalty): Promise<string | null> {
  const { mailbox, phone } = loyalty.tokens(ref.program);
  const values = [ref.program, ref.store, text, mailbox(text), phone(text)];
  const rows = await tx.prepared<{ customer: string }>('loyalty_find_customer', FIND, values);
  return rows.length === 1 ? (rows[0]?.customer ?? null) : null;
}
