import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, StoreRef } from './context.js';
import { advocatesOfCustomers } from './notice-codes.js';
import { referralSides } from './referral-sides.js';
import { settleMembers } from './settle-members.js';
import { customerKey } from './stored-order.js';

export interface Joining extends StoreRef {
  /** The platform's customer id, signed by the platform. */
  customer: string;
  /** What the platform says of the customer; absent where the owner's plan hides it: the program works by id alone. */
  person: { email: string | null; phone: string | null; name: string | null; emailVerified: boolean } | null;
  referral: string | null;
  consentText: string | null;
  at: Millis;
}

export interface Joined {
  member: string;
  isNew: boolean;
}

/** Crockford's base32: no letter that is mistaken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function referralCode(): string {
  return [...randomBytes(8)].map((byte) => ALPHABET[byte % 32]).join('');
}

/**
 * Makes a customer a member, once: the same customer again is the same member. A verified mailbox that already belongs to
 * a member of the program links the customer to that member (one balance over all stores of a program).
 */
export async function join(tx: Tx, asked: Joining, loyalty: Loyalty): Promise<Joined> {
  // platforms stamp orders in whole seconds: one of the joining's own second comes after it
  const joining = { ...asked, at: Math.floor(asked.at / 1000) * 1000 };
  const { program, store, customer, at } = joining;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`join/${program}/${customerKey(store, customer)}`}, 0))`.execute(
    tx,
  );
  const already = await memberOf(tx, joining, customer);
  if (already) return { member: already, isNew: false };
  const mailbox = loyalty.tokens(program).mailbox(joining.person?.email ?? null);
  const known = joining.person?.emailVerified ? await memberWithMailbox(tx, program, mailbox, loyalty) : null;
  const member = known ?? (await insertMember(tx, joining, mailbox, loyalty));
  await sql`
    insert into customer_link (program_id, store_id, customer, member_id, linked_at)
    values (${program}::bigint, ${store}::bigint, ${customer}, ${member}::bigint, ${new Date(at)})
  `.execute(tx);
  await sql`
    update order_state set member_id = ${member}::bigint
    where program_id = ${program}::bigint and store_id = ${store}::bigint and customer = ${customer} and member_id is null
  `.execute(tx);
  if (joining.referral) await keepReferral(tx, joining, joining.referral, at);
  if (joining.consentText) await keepConsent(tx, joining, member, joining.consentText);
  await adoptReviews(tx, joining, member, mailbox);
  const advocates = await advocatesOfCustomers(tx, [{ program, customer: customerKey(store, customer) }]);
  const concerned = [{ program, member }, ...[...advocates.values()].flat()];
  await settleMembers(tx, [...concerned, ...(await referralSides(tx, concerned))], asked.at, loyalty.shards);
  return { member, isNew: known === null };
}

/** The member that a customer of a store is, if they are one. Merged members answer with the one that remains. */
export async function memberOf(tx: Tx, ref: StoreRef, customer: string): Promise<string | null> {
  const [row] = await tx.prepared<{ member: string }>(
    'loyalty_member_of',
    `select coalesce(m.merged_into, m.id) as member from customer_link l
     join member m on m.program_id = l.program_id and m.id = l.member_id
     where l.program_id = $1 and l.store_id = $2 and l.customer = $3`,
    [ref.program, ref.store, customer],
  );
  return row?.member ?? null;
}

/**
 * The member whose mailbox it is, by the word of a platform or of the shop; whoever only typed it elsewhere is none. Whoever joins
 * another shop with it at the same moment waits: they are one, and welcomed once.
 */
async function memberWithMailbox(
  tx: Tx,
  program: string,
  mailbox: string | null,
  loyalty: Loyalty,
): Promise<string | null> {
  if (mailbox === null) return null;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`join/${program}/@${mailbox}`}, 0))`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select id from member where program_id = ${program}::bigint and mailbox = ${mailbox} and status = 'active'
    order by joined_at limit 20
  `.execute(tx);
  const ids = rows.map(({ id }) => id);
  const typed = ids.length > 0 ? await loyalty.readTyped(tx, program, ids) : new Set<string>();
  return ids.find((id) => !typed.has(id)) ?? null;
}

/** A new member of no customer yet. */
export async function insertMember(
  tx: Tx,
  joining: Pick<Joining, 'program' | 'at' | 'person'>,
  mailbox: string | null,
  loyalty: Loyalty,
): Promise<string> {
  const phone = loyalty.tokens(joining.program).phone(joining.person?.phone ?? null);
  const { rows } = await sql<{ id: string }>`
    insert into member (program_id, joined_at, referral_code, mailbox, phone)
    values (${joining.program}::bigint, ${new Date(joining.at)}, ${referralCode()}, ${mailbox}, ${phone})
    returning id
  `.execute(tx);
  const id = rows[0]?.id ?? '';
  if (joining.person) await loyalty.keepPerson(tx, joining.program, id, joining.person);
  return id;
}

/**
 * A link that somebody followed: noted for the customer it brought, and decided at once, also when it brings nothing
 * (they are known already). Whether it counts is the engine's to say.
 */
export async function noteReferral(
  tx: Tx,
  ref: StoreRef & { customer: string },
  code: string,
  at: Millis,
  now: Millis,
  shards: number,
): Promise<void> {
  const advocate = await keepReferral(tx, ref, code, at);
  const friend = await memberOf(tx, ref, ref.customer);
  const concerned = [advocate, friend].flatMap((member) => (member === null ? [] : [{ program: ref.program, member }]));
  if (advocate !== null) await settleMembers(tx, [...concerned, ...(await referralSides(tx, concerned))], now, shards);
}

/** Gives the advocate when the link is new. */
async function keepReferral(
  tx: Tx,
  ref: StoreRef & { customer: string },
  code: string,
  at: Millis,
): Promise<string | null> {
  const friend = customerKey(ref.store, ref.customer);
  const { rows } = await sql<{ member_id: string }>`
    insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
    select program_id, 'referral', ${`${code}:${friend}`}, ${ref.store}::bigint, id, ${friend}, ${new Date(at)}, '{}'
    from member where program_id = ${ref.program}::bigint and referral_code = ${code}
    on conflict (program_id, kind, key) do nothing returning member_id
  `.execute(tx);
  return rows[0]?.member_id ?? null;
}

async function keepConsent(tx: Tx, joining: Joining, member: string, text: string): Promise<void> {
  await sql`
    insert into consent (program_id, member_id, channel, given, text, source, at)
    values (${joining.program}::bigint, ${member}::bigint, 'program', true, ${text}, 'storefront', ${new Date(joining.at)})
  `.execute(tx);
}

export const ADOPT = `
  update activity set member_id = $2, subject = $3
  where program_id = $1 and kind = 'review' and member_id is null and (subject = $3 or mailbox = $4)`;

/** Reviews of a customer, or under a mailbox, that were written before anybody knew whose they are. */
export async function adoptReviews(
  tx: Tx,
  ref: StoreRef & { customer: string },
  member: string,
  mailbox: string | null = null,
): Promise<void> {
  const subject = customerKey(ref.store, ref.customer);
  await tx.prepared('loyalty_adopt_reviews', ADOPT, [ref.program, member, subject, mailbox]);
}
