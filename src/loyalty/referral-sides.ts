import type { Tx } from '../db/database.js';
import type { MemberRef } from '../ledger/lock-members.js';

/**
 * Referrals that these members gave or took, where either side shares a mailbox or phone with the other, or was found to.
 * Programs without referrals, and members without any, cost a look at an index.
 */
export const SIDES = `
  with given as materialized (
    select distinct x.program_id, coalesce(m.merged_into, m.id) as root
    from unnest($1::bigint[], $2::bigint[]) x(program_id, id)
    join member m on m.program_id = x.program_id and m.id = x.id
    where exists (select from activity a where a.program_id = x.program_id and a.kind = 'referral')
  ), family as materialized (
    select program_id, root as id from given
    union all
    select m.program_id, m.id from given g join member m on m.program_id = g.program_id and m.merged_into = g.root
  ), referral as materialized (
    select a.program_id, a.key, a.subject, a.member_id from family f
    join activity a on a.program_id = f.program_id and a.member_id = f.id and a.kind = 'referral'
    union
    select a.program_id, a.key, a.subject, a.member_id from family f
    join customer_link l on l.program_id = f.program_id and l.member_id = f.id
    join activity a on a.program_id = l.program_id and a.kind = 'referral' and a.subject = l.store_id || '/' || l.customer
  ), pair as materialized (
    select r.program_id, r.key, x.store_id, x.customer, coalesce(a.merged_into, a.id) as advocate,
      coalesce(f.merged_into, f.id) as friend
    from referral r
    cross join lateral (select split_part(r.subject, '/', 1)::bigint as store_id,
      substr(r.subject, strpos(r.subject, '/') + 1) as customer) x
    join member a on a.program_id = r.program_id and a.id = r.member_id
    left join customer_link l on l.program_id = r.program_id and l.store_id = x.store_id and l.customer = x.customer
    left join member f on f.program_id = l.program_id and f.id = l.member_id
  ), person as materialized (
    select m.program_id, m.id as root, m.id, m.mailbox, m.phone from member m
    where (m.program_id, m.id) in (select program_id, advocate from pair union select program_id, friend from pair)
    union all
    select m.program_id, m.merged_into, m.id, m.mailbox, m.phone from member m
    where (m.program_id, m.merged_into) in (select program_id, advocate from pair union select program_id, friend from pair)
  ), address as materialized (
    select p.program_id, p.root, a.address from person p cross join lateral unnest(array[p.mailbox, p.phone]) a(address)
    union
    select p.program_id, p.root, a.address from person p
    join order_state o on o.program_id = p.program_id and o.member_id = p.id
    cross join lateral unnest(array[o.mailbox, o.snapshot ->> 'phone']) a(address)
  ), suspected as (
    select p.program_id, p.key from pair p
    join address mine on mine.program_id = p.program_id and mine.root = p.advocate
    join address theirs on theirs.program_id = p.program_id and theirs.root = p.friend and theirs.address = mine.address
    union
    select p.program_id, p.key from pair p
    join order_state o on o.program_id = p.program_id and o.store_id = p.store_id and o.customer = p.customer
    join address mine on mine.program_id = p.program_id and mine.root = p.advocate
      and mine.address in (o.mailbox, o.snapshot ->> 'phone')
    union
    select p.program_id, p.key from pair p
    where (select d.reason from decision d where d.program_id = p.program_id and d.activity = 'referral:' || p.key) = 'self-referral'
  )
  select distinct p.program_id as program, side.member
  from suspected s join pair p on p.program_id = s.program_id and p.key = s.key
  cross join lateral (values (p.advocate), (p.friend)) side(member) where side.member is not null`;

/**
 * Who must be settled along with these members, because something that was learned of them (an order, a new address) may
 * show that an advocate is their own friend, or that they are not after all: both sides of such a referral, the members
 * themselves included. What it gave to the friend rests on the advocate's addresses as well.
 */
export async function referralSides(tx: Tx, refs: readonly MemberRef[]): Promise<MemberRef[]> {
  if (refs.length === 0) return [];
  return tx.prepared<MemberRef>('loyalty_referral_sides', SIDES, [
    refs.map((ref) => ref.program),
    refs.map((ref) => ref.member),
  ]);
}
