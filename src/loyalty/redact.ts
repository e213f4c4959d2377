import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, StoreRef } from './context.js';
import { forgetHousehold } from './households.js';
import { memberOf } from './join.js';
import type { MemberRef } from './settle-members.js';
import { audit } from './store-life.js';
import { aliasOf, customerKey } from './stored-order.js';
import { tellBirthday } from './tell-birthday.js';

const FORGET_PERSON = [
  'delete from member_pii where program_id = $1 and member_id = $2',
  "update member set mailbox = null, phone = null, status = 'redacted' where program_id = $1 and id = $2",
  'delete from survey_answer where program_id = $1 and member_id = $2',
  'delete from shown_name where program_id = $1 and member_id = $2',
  "update consent set text = '', source = '' where program_id = $1 and member_id = $2",
  // nobody is left to give it to
  "update adjustment set state = 'withdrawn' where program_id = $1 and member_id = $2 and state = 'waiting'",
];

/** Orders keep their lines and sums; what could lead back to the person goes: tokens, and the platform's customer id. */
const FORGET_IN_ORDERS = `
  update order_state set customer = case when customer = $3 then $4 else customer end,
    snapshot = snapshot || jsonb_build_object('mailbox', null, 'phone', null)
      || case when customer = $3 then jsonb_build_object('customer', $4::text) else '{}'::jsonb end
  where program_id = $1 and store_id = $2 and (customer = $3 or order_id = any($5::text[]))`;

const FORGET_CUSTOMER = 'delete from customer_state where program_id = $1 and store_id = $2 and customer = $3';
const FORGET_LINK = `update customer_link set customer = $4 where program_id = $1 and store_id = $2 and customer = $3`;
/** That somebody brought themselves was seen by what is forgotten now; the verdict is no personal data, and stays. */
const KEEP_VERDICTS = `
  update activity a set facts = a.facts || '{"self": true}' from decision d
  where a.program_id = $1 and a.kind = 'referral' and (a.subject = $2 or a.member_id = $3::bigint)
    and d.program_id = a.program_id and d.activity = 'referral:' || a.key and d.reason = 'self-referral'`;

const FORGET_IN_ACTIVITIES = `
  update activity set subject = case when subject = $2 then $3 else subject end, facts = facts - 'mailbox'
  where program_id = $1 and (subject = $2 or member_id = $4::bigint)`;

/**
 * Gifts that wait for somebody with the person's address: the token goes, and an order that is told again does not bring it back. The
 * shop can still give what was bought by hand.
 */
const FORGET_GIFTS = `
  update activity a set facts = (a.facts - 'mailbox') || '{"erased": true}'
  where a.program_id = $1 and a.kind = 'gift' and a.member_id is null and a.mailbox in (
    select m.mailbox from member m where m.program_id = $1 and m.id = $2::bigint and m.mailbox is not null
    union select o.snapshot ->> 'mailbox' from order_state o where o.program_id = $1 and o.store_id = $3 and o.customer = $4)`;

/** Raw deliveries of the person: the rows stay, so that a replayed one is still known; their bodies go. */
const FORGET_BODIES = `
  update inbox set body = null where program_id = $1 and store_id = $2 and status <> 0 and body is not null
    and (subject = $3 or subject = any($4::text[]))`;

/** The member and whoever became one with them: one person, known under each. */
async function familyOf(tx: Tx, program: string, member: string): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>(
    'loyalty_family',
    'select id from member where program_id = $1 and (id = $2 or merged_into = $2)',
    [program, member],
  );
  return rows.map(({ id }) => id);
}

/**
 * Erases a person and keeps the books whole: the ledger knows only an opaque member. Under the keyed name `alias` late
 * deliveries of the erased customer find nobody, so no personal data comes back. Twice = once.
 */
export async function redactCustomer(
  tx: Tx,
  ref: StoreRef,
  customer: string,
  orders: readonly string[],
  loyalty: Loyalty,
  now: Millis,
): Promise<void> {
  const { program, store } = ref;
  const member = await memberOf(tx, ref, customer);
  const alias = aliasOf(loyalty.codeOf, program, customerKey(store, customer));
  await tx.prepared('loyalty_keep_verdicts', KEEP_VERDICTS, [program, customerKey(store, customer), member]);
  await tx.prepared('loyalty_forget_gifts', FORGET_GIFTS, [program, member, store, customer]);
  for (const id of member === null ? [] : await familyOf(tx, program, member)) {
    for (const [i, text] of FORGET_PERSON.entries()) await tx.prepared(`loyalty_forget_${i}`, text, [program, id]);
    await forgetHousehold(tx, program, id, now);
  }
  if (member) await tellBirthday(tx, { program, member }, null, now, now, loyalty.shards);
  await tx.prepared('loyalty_forget_orders', FORGET_IN_ORDERS, [program, store, customer, alias, orders]);
  await tx.prepared('loyalty_forget_customer', FORGET_CUSTOMER, [program, store, customer]);
  await tx.prepared('loyalty_forget_link', FORGET_LINK, [program, store, customer, alias]);
  await tx.prepared('loyalty_forget_activities', FORGET_IN_ACTIVITIES, [
    program,
    `${store}/${customer}`,
    `${store}/${alias}`,
    member,
  ]);
  await tx.prepared('loyalty_forget_bodies', FORGET_BODIES, [program, store, customer, orders]);
  await audit(tx, program, 'platform', 'member.redacted', { store, member, at: now });
}

const FORGET_PEOPLE = [
  'delete from member_pii where program_id = $1 and member_id = any($2::bigint[])',
  "update member set mailbox = null, phone = null, status = 'redacted' where program_id = $1 and id = any($2::bigint[])",
];

/** Of members of whom nothing but their person is known: they did nothing, and came with a file that was taken back. */
export function forgetPeople(tx: Tx, program: string, members: readonly string[]): void {
  for (const [i, text] of FORGET_PEOPLE.entries()) tx.send(`loyalty_forget_people_${i}`, text, [program, members]);
}

const LINKS = `
  select l.store_id as store, l.customer, coalesce(array_agg(o.order_id) filter (where o.order_id is not null), '{}') as orders
  from customer_link l left join order_state o on o.program_id = $1 and o.store_id = l.store_id and o.customer = l.customer
  where l.program_id = $1 and l.member_id = any($2::bigint[]) group by 1, 2`;

/** The same for a member whom the owner erases, whatever customers of whatever stores they are. */
export async function eraseMember(
  tx: Tx,
  { program, member }: MemberRef,
  by: string,
  loyalty: Loyalty,
  now: Millis,
): Promise<void> {
  const ids = await familyOf(tx, program, member);
  for (const id of ids) await tx.prepared('loyalty_forget_gifts', FORGET_GIFTS, [program, id, null, null]);
  const links = await tx.prepared<{ store: string; customer: string; orders: string[] }>('loyalty_links', LINKS, [
    program,
    ids,
  ]);
  for (const { store, customer, orders } of links)
    await redactCustomer(tx, { program, store }, customer, orders, loyalty, now);
  for (const id of ids)
    for (const [i, text] of FORGET_PERSON.entries()) await tx.prepared(`loyalty_forget_${i}`, text, [program, id]);
  for (const id of ids) await forgetHousehold(tx, program, id, now);
  await audit(tx, program, by, 'member.erased', { member, before: 'known', after: 'erased' });
}

const FORGET_STORE = [
  'delete from store_secret where program_id = $1 and store_id = $2',
  'update inbox set body = null where program_id = $1 and store_id = $2',
  'delete from customer_state where program_id = $1 and store_id = $2',
  ...['member_pii', 'survey_answer', 'shown_name'].map(
    (table) => `
     delete from ${table} p using customer_link l where p.program_id = $1 and l.program_id = $1 and l.store_id = $2
     and l.member_id = p.member_id and not exists (select from customer_link o join store s on s.id = o.store_id
       where o.program_id = $1 and o.member_id = p.member_id and o.store_id <> $2 and s.status = 'active')`,
  ),
  `update order_state set snapshot = snapshot || jsonb_build_object('mailbox', null, 'phone', null)
   where program_id = $1 and store_id = $2`,
];

/**
 * 48 hours after an uninstallation the platform asks us to forget the shop: secrets, raw bodies and personal data go, the
 * anonymous ledger stays. A shop that is installed again by then is not forgotten.
 */
export async function redactStore(tx: Tx, ref: StoreRef): Promise<boolean> {
  const gone = await tx.prepared(
    'loyalty_is_gone',
    "select from store where program_id = $1 and id = $2 and status = 'uninstalled'",
    [ref.program, ref.store],
  );
  if (gone.length === 0) return false;
  for (const [i, text] of FORGET_STORE.entries())
    await tx.prepared(`loyalty_forget_store_${i}`, text, [ref.program, ref.store]);
  await audit(tx, ref.program, 'platform', 'store.redacted', { store: ref.store });
  return true;
}
