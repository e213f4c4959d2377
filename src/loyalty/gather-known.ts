import { sql } from 'kysely';
import type { Tx } from '../db/database.js';
import type { Known, KnownMember, KnownOrder, KnownReferral, RuleVersion } from '../rules/known.js';
import { readActivities, readBelonging } from './gather-activities.js';
import { readShared } from './households.js';
import { giftsAmong } from './membership-gifts.js';
import {
  type RedemptionOf,
  type StoredGrants,
  type StoredOrder,
  customerKey,
  orderKey,
  toKnown,
} from './stored-order.js';

/** What is known of some members of one program, and which of them this is the whole story of. */
export interface Gathered {
  known: Known;
  /**
   * The asked members, whoever shared a household with them, and all merged with these: only these may be posted for; others are
   * here to judge referrals.
   */
  family: Set<string>;
  /** Of the family the asked members and those merged with them. */
  asked: Set<string>;
}

interface MemberRow {
  id: string;
  joined_at: Date;
  mailbox: string | null;
  phone: string | null;
  brought: boolean;
  asked?: boolean;
}

/**
 * Everything known about `seeds` (one program), ready for `replay`. Set-based: the number of queries does not grow with
 * the number of members. Beside the members themselves come those they were merged with, and, for referrals, the other
 * side with its orders: whether a friend is new, bought enough, or is the advocate in disguise rests on them.
 */
export async function gatherKnown(
  tx: Tx,
  program: string,
  versions: RuleVersion[],
  seeds: readonly string[],
): Promise<Gathered> {
  const family = await readFamily(tx, program, seeds);
  const familyIds = family.map((row) => row.id);
  const [referrals, { usedBy, gifts, redemptionOf, birthdaysOf, ...activities }, households] = await Promise.all([
    readReferrals(tx, program, familyIds),
    readActivities(tx, program, familyIds),
    versions.some(({ rules }) => rules.household) ? readShared(tx, program, familyIds) : [],
  ]);
  const friends = [...new Set(referrals.map((referral) => referral.customer))];
  const related = referrals.length === 0 ? [] : await readRelated(tx, program, familyIds, referrals, friends);
  const members = [...family, ...related];
  const ids = members.map((row) => row.id);
  const relatedIds = related.map((row) => row.id);
  const [belonging, links, own, ofFriends, withCodes] = await Promise.all([
    relatedIds.length > 0 ? readBelonging(tx, program, relatedIds) : { claims: [], merges: [] },
    readLinks(tx, program, ids),
    readOrders(tx, program, ids),
    friends.length > 0 ? readOrdersOfCustomers(tx, program, friends) : [],
    usedBy.length > 0 ? readOrdersByKey(tx, program, usedBy) : [],
  ]);
  const orders = toOrders([...own, ...ofFriends, ...withCodes], redemptionOf);
  const giving = orders.length > 0 && versions.some(({ rules }) => rules.membership?.gifts);
  const keys = orders.map(({ id }) => id);
  return {
    family: new Set(familyIds),
    asked: new Set(family.flatMap(({ id, asked }) => (asked ? [id] : []))),
    known: {
      rules: versions,
      members: members.map((row) => toKnownMember(row, birthdaysOf(row.id))),
      links,
      orders,
      referrals,
      ...activities,
      claims: [...activities.claims, ...belonging.claims],
      merges: [...activities.merges, ...belonging.merges],
      gifts: giving ? await giftsAmong(tx, program, keys) : gifts,
      ...(households.length > 0 && { households }),
    },
  };
}

function toKnownMember(row: MemberRow, birthdays: KnownMember['birthdays']): KnownMember {
  const known = { id: row.id, joined: row.joined_at.getTime(), mailbox: row.mailbox, phone: row.phone, birthdays };
  return row.brought ? { ...known, brought: true } : known;
}

async function readFamily(tx: Tx, program: string, seeds: readonly string[]): Promise<MemberRow[]> {
  const { rows } = await sql<MemberRow>`
    with asked as (
      select distinct coalesce(merged_into, id) as root from member
      where program_id = ${program}::bigint and id = any(${seeds}::bigint[])
    ), roots as (
      select root, true as asked from asked
      union all
      select distinct k.id, false from asked join member r on r.program_id = ${program}::bigint and r.id = asked.root
      join member k on k.program_id = r.program_id and k.kin = r.kin and k.merged_into is null
      where k.id not in (select root from asked)
    )
    select m.id, m.joined_at, m.mailbox, m.phone, m.brought_by is not null as brought, roots.asked
    from roots join member m on m.program_id = ${program}::bigint and m.id = roots.root
    union
    select m.id, m.joined_at, m.mailbox, m.phone, m.brought_by is not null as brought, roots.asked
    from roots join member m on m.program_id = ${program}::bigint and m.merged_into = roots.root
  `.execute(tx);
  return rows;
}

/** Referrals that the family gave or took, and every other referral of the same friends: the first link counts. */
async function readReferrals(tx: Tx, program: string, family: readonly string[]): Promise<KnownReferral[]> {
  const { rows } = await sql<{ key: string; at: Date; member_id: string; subject: string; self: boolean }>`
    with mine as (
      select subject from activity
      where program_id = ${program}::bigint and kind = 'referral' and member_id = any(${family}::bigint[])
      union
      select store_id || '/' || customer from customer_link
      where program_id = ${program}::bigint and member_id = any(${family}::bigint[])
    )
    select key, at, member_id, subject, facts ? 'self' as self from activity
    where program_id = ${program}::bigint and kind = 'referral' and subject in (select subject from mine)
  `.execute(tx);
  return rows.map(({ key, at, member_id, subject, self }) => ({
    ...{ id: key, at: at.getTime(), advocate: member_id, customer: subject },
    ...(self && { self }),
  }));
}

/** The other sides of referrals, with whoever became one with them: their addresses are theirs too. */
async function readRelated(
  tx: Tx,
  program: string,
  family: readonly string[],
  referrals: readonly KnownReferral[],
  friends: readonly string[],
): Promise<MemberRow[]> {
  const advocates = referrals.map((referral) => referral.advocate);
  const { rows } = await sql<MemberRow>`
    with side as (
      select unnest(${advocates}::bigint[]) as id
      union
      select member_id from customer_link
      where program_id = ${program}::bigint and store_id || '/' || customer = any(${friends}::text[])
    ), roots as (
      select distinct coalesce(m.merged_into, m.id) as root from side
      join member m on m.program_id = ${program}::bigint and m.id = side.id
    ), related as (
      select m.* from roots join member m on m.program_id = ${program}::bigint and m.id = roots.root
      union all
      select m.* from roots join member m on m.program_id = ${program}::bigint and m.merged_into = roots.root
    )
    select id, joined_at, mailbox, phone, brought_by is not null as brought from related
    where not id = any(${family}::bigint[])
  `.execute(tx);
  return rows;
}

async function readLinks(tx: Tx, program: string, members: readonly string[]): Promise<Known['links']> {
  const { rows } = await sql<{ store_id: string; customer: string; member_id: string; linked_at: Date }>`
    select store_id, customer, member_id, linked_at from customer_link
    where program_id = ${program}::bigint and member_id = any(${members}::bigint[])
  `.execute(tx);
  return rows.map((row) => ({
    member: row.member_id,
    customer: customerKey(row.store_id, row.customer),
    at: row.linked_at.getTime(),
  }));
}

interface OrderRow {
  store_id: string;
  snapshot: StoredOrder;
  grants: StoredGrants;
}

/** Each once: an order may be the family's own and carry a code of theirs too. */
function toOrders(rows: readonly OrderRow[], redemptionOf: RedemptionOf): KnownOrder[] {
  const orders = new Map<string, KnownOrder>();
  for (const row of rows) {
    const key = orderKey(row.store_id, row.snapshot.id);
    if (!orders.has(key)) orders.set(key, toKnown(row.store_id, row.snapshot, row.grants, redemptionOf));
  }
  return [...orders.values()];
}

async function readOrders(tx: Tx, program: string, members: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select store_id, snapshot, grants from order_state
    where program_id = ${program}::bigint and member_id = any(${members}::bigint[])
  `.execute(tx);
  return rows;
}

/** A friend need not be a member: their first order counts all the same. Looked up one by one: a join would read every order. */
async function readOrdersOfCustomers(tx: Tx, program: string, customers: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.store_id, o.snapshot, o.grants from unnest(${customers}::text[]) k(key)
    cross join lateral (
      select * from order_state where program_id = ${program}::bigint and store_id = split_part(k.key, '/', 1)::bigint
        and customer = substr(k.key, strpos(k.key, '/') + 1) offset 0
    ) o
  `.execute(tx);
  return rows;
}

/** Orders of others that carry a code of this family (a leaked code, a gift): the points in it are the family's. */
async function readOrdersByKey(tx: Tx, program: string, keys: readonly string[]): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select o.store_id, o.snapshot, o.grants from unnest(${keys}::text[]) k(key)
    cross join lateral (
      select * from order_state where program_id = ${program}::bigint and store_id = split_part(k.key, '/', 1)::bigint
        and order_id = substr(k.key, strpos(k.key, '/') + 1) offset 0
    ) o
  `.execute(tx);
  return rows;
}
