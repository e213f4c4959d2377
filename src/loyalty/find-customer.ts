import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, StoreRef } from './context.js';
import { memberOfRotatingCode } from './member-code.js';
import { codesRotate } from './show-member-code.js';

const FIND = `
  select l.customer from member m
  join customer_link l on l.program_id = m.program_id and l.store_id = $2
  join member o on o.program_id = l.program_id and o.id = l.member_id and coalesce(o.merged_into, o.id) = m.id
  where m.program_id = $1 and m.status = 'active'
    and (m.referral_code = upper($3) or m.mailbox = $4 or m.phone = $5 or m.id = $6)
  order by l.linked_at desc, l.customer limit 2`;

/**
 * The customer of this store whose member has that code, mailbox or phone number; null when there is none, or when it could
 * be more than one (two members of one phone): then the till has to ask for something else. Where codes are others each
 * minute, the one that never changes is none: it may have been passed on.
 */
export async function findCustomer(
  tx: Tx,
  { program, store }: StoreRef,
  text: string,
  now: Millis,
  loyalty: Loyalty,
): Promise<string | null> {
  const { mailbox, phone } = loyalty.tokens(program);
  const rotate = await codesRotate(tx, program, now);
  const member = rotate ? memberOfRotatingCode(loyalty.memberCodeKey(program), text, now) : null;
  const values =
    member === null
      ? [program, store, rotate ? null : text, mailbox(text), phone(text), null]
      : [program, store, null, null, null, member];
  const rows = await tx.prepared<{ customer: string }>('loyalty_find_customer', FIND, values);
  return rows.length === 1 ? (rows[0]?.customer ?? null) : null;
}
