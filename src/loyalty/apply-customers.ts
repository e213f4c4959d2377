import type { CustomerState } from '../commerce/inbound-platform.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, StoreRef } from './context.js';
import { keepCustomer } from './known-customers.js';
import { mergeHouseholds } from './households.js';
import { adoptReviews, memberOf } from './join.js';
import { advocatesOfCustomers } from './notice-codes.js';
import { referralSides } from './referral-sides.js';
import { settleMembers } from './settle-members.js';
import { customerKey } from './stored-order.js';

const TOKENS = `update member set mailbox = $3, phone = $4 where program_id = $1 and id = $2 and status = 'active'`;

/**
 * A customer’s e-mail or phone changed: the id stays the key, only what people are compared by moves along. Older news that
 * comes late changes nothing.
 */
export async function applyCustomer(
  tx: Tx,
  ref: StoreRef,
  customer: CustomerState,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  await keepCustomer(tx, ref, customer);
  const member = await memberOf(tx, ref, customer.id);
  if (!member) return;
  const { program } = ref;
  if (!(await loyalty.keepPerson(tx, program, member, customer))) return;
  await tx.prepared('loyalty_member_tokens', TOKENS, [
    program,
    member,
    loyalty.tokens(program).mailbox(customer.email),
    loyalty.tokens(program).phone(customer.phone),
  ]);
  const ours = [{ program, member }];
  await settleMembers(tx, [...ours, ...(await referralSides(tx, ours))], now, loyalty.shards);
}

const RELINK = `
  insert into customer_link (program_id, store_id, customer, member_id, linked_at) values ($1, $2, $3, $4, $5)
  on conflict (program_id, store_id, customer) do nothing`;
const ADOPT = `
  update order_state set member_id = $4 where program_id = $1 and store_id = $2 and customer = $3 and member_id is null`;

/**
 * The platform made one customer of two, at the instant `at`. Two members become one with both balances; when only one of
 * the customers was a member, the other's orders become that member's from then on.
 */
export async function mergeCustomers(
  tx: Tx,
  ref: StoreRef,
  customers: { kept: string; gone: string },
  at: Millis,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  const kept = await memberOf(tx, ref, customers.kept);
  const gone = await memberOf(tx, ref, customers.gone);
  if (kept && gone && kept !== gone) return mergeMembers(tx, ref.program, { from: gone, into: kept }, at, now, loyalty);
  const member = kept ?? gone;
  if (!member || kept === gone) return;
  const other = kept ? customers.gone : customers.kept;
  await tx.prepared('loyalty_relink', RELINK, [ref.program, ref.store, other, member, new Date(at)]);
  await tx.prepared('loyalty_adopt_orders', ADOPT, [ref.program, ref.store, other, member]);
  await adoptReviews(tx, { ...ref, customer: other }, member);
  const referred = [{ program: ref.program, customer: customerKey(ref.store, other) }];
  const advocates = [...(await advocatesOfCustomers(tx, referred)).values()].flat();
  const ours = [{ program: ref.program, member }, ...advocates];
  await settleMembers(tx, [...ours, ...(await referralSides(tx, ours))], now, loyalty.shards);
}

const MERGE = `
  with merged as (
    update member set merged_into = $3, merged_at = coalesce(merged_at, $4),
      status = case when status = 'active' then 'merged' else status end
    where program_id = $1 and (id = $2 or merged_into = $2) returning id
  )
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1, 'merge', $2::text || '>' || $3::text, $3, $4, jsonb_build_object('from', $2::text, 'into', $3::text)
  from merged where id = $2
  on conflict (program_id, kind, key) do nothing`;

/** Makes two members one: everything of `from`, late arrivals included, is `into`'s from now on. */
export async function mergeMembers(
  tx: Tx,
  program: string,
  { from, into }: { from: string; into: string },
  at: Millis,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  await tx.prepared('loyalty_merge', MERGE, [program, from, into, new Date(at)]);
  await mergeHouseholds(tx, program, { from, into }, at);
  const both = [from, into].map((member) => ({ program, member }));
  await settleMembers(tx, [...both, ...(await referralSides(tx, both))], now, loyalty.shards);
}
