import type { Tx } from '../db/database.js';
import type { KeptOrder } from './keep-orders.js';
import { customerKey, orderKey } from './stored-order.js';
import type { MemberRef } from './settle-members.js';

const NOTICE = `
  with used as (
    select r.program_id, r.id, r.member_id, r.store_id, x.order_id, x.placed_at
    from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[]) x(program_id, store_id, order_id, code, placed_at)
    join redemption r on r.store_id = x.store_id and r.code = x.code and r.program_id = x.program_id
  ), noted as (
    insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
    select program_id, 'code-use', id || ':' || store_id || '/' || order_id, store_id, member_id,
      store_id || '/' || order_id, placed_at, '{}'
    from used order by program_id, id
    on conflict (program_id, kind, key) do nothing
  )
  select program_id, member_id, id, store_id || '/' || order_id as order_key from used`;

/** A code of ours that an order carries. */
export interface UsedRedemption extends MemberRef {
  redemption: string;
  /** The engine key of the order. */
  order: string;
}

/**
 * Finds the redemptions whose codes these orders carry and notes who used them. The order decides nothing about whose
 * points are in a code: a leaked code draws on the member who reserved it.
 */
export async function noticeCodes(tx: Tx, kept: readonly KeptOrder[]): Promise<UsedRedemption[]> {
  const codes = kept.flatMap((one) => one.stored.codes.map(({ code }) => ({ one, code: code.toUpperCase() })));
  if (codes.length === 0) return [];
  const rows = await tx.prepared<{ program_id: string; member_id: string; id: string; order_key: string }>(
    'loyalty_codes',
    NOTICE,
    [
      codes.map(({ one }) => one.program),
      codes.map(({ one }) => one.store),
      codes.map(({ one }) => one.stored.id),
      codes.map(({ code }) => code),
      codes.map(({ one }) => new Date(one.stored.placed)),
    ],
  );
  return rows.map((row) => ({
    program: row.program_id,
    member: row.member_id,
    redemption: row.id,
    order: row.order_key,
  }));
}

const REFER = `
  insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
  select x.program_id, 'referral', x.code || ':' || x.customer, split_part(x.customer, '/', 1)::bigint, m.id, x.customer, x.at,
    jsonb_build_object('order', x.order_key)
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) x(program_id, code, customer, order_key, at)
  join member m on m.program_id = x.program_id and m.referral_code = x.code
  order by 1, 3
  on conflict (program_id, kind, key) do nothing`;

/**
 * Notes the referral links that orders carry (cart attribute, order meta). The visit came before the order, so it is dated
 * just before it was placed; the first link of a customer counts, the engine says which that is and keeps the evidence.
 */
export function noticeReferrals(tx: Tx, kept: readonly KeptOrder[]): void {
  const referred = kept.filter((one) => one.stored.referral !== null && one.stored.customer !== null);
  if (referred.length === 0) return;
  tx.send('loyalty_referrals', REFER, [
    referred.map((one) => one.program),
    referred.map((one) => one.stored.referral),
    referred.map((one) => orderKey(one.store, one.stored.customer ?? '')),
    referred.map((one) => orderKey(one.store, one.stored.id)),
    referred.map((one) => new Date(one.stored.placed - 1)),
  ]);
}

export const ADVOCATES = `
  select a.program_id, a.member_id, x.key as subject
  from unnest($1::bigint[], $2::text[]) x(program_id, key)
  join activity a on a.program_id = x.program_id and a.kind = 'referral' and a.subject = x.key`;

/** Who referred the customers of these orders: their books rest on the friend's orders too. */
export async function advocatesOf(tx: Tx, kept: readonly KeptOrder[]): Promise<Map<string, MemberRef[]>> {
  const keys = kept.flatMap(({ program, store, stored }) =>
    stored.customer === null ? [] : [{ program, customer: customerKey(store, stored.customer) }],
  );
  return advocatesOfCustomers(tx, keys);
}

/** By the engine's key of a customer, who referred them: what their referral gives rests on who the customer is and buys. */
export async function advocatesOfCustomers(
  tx: Tx,
  customers: readonly { program: string; customer: string }[],
): Promise<Map<string, MemberRef[]>> {
  const found = new Map<string, MemberRef[]>();
  if (customers.length === 0) return found;
  const rows = await tx.prepared<{ program_id: string; member_id: string; subject: string }>(
    'loyalty_advocates',
    ADVOCATES,
    [customers.map(({ program }) => program), customers.map(({ customer }) => customer)],
  );
  for (const row of rows) {
    const ref = { program: row.program_id, member: row.member_id };
    found.set(row.subject, [...(found.get(row.subject) ?? []), ref]);
  }
  return found;
}
