import type { Tx } from '../db/database.js';
import type { MemberRef } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import type { KnownGift } from '../rules/known.js';
import type { Loyalty } from './context.js';
import type { ArrivedOrder, KeptOrder } from './keep-orders.js';
import { orderKey } from './stored-order.js';

export const NOTICE_GIFTS = `
  insert into activity as a (program_id, kind, key, store_id, subject, at, facts)
  select x.program_id, 'gift', x.key, split_part(x.key, '/', 1)::bigint, x.key, x.at,
    jsonb_strip_nulls(jsonb_build_object('mailbox', x.mailbox, 'starts', x.starts))
  from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) x(program_id, key, mailbox, starts, at)
  order by 1, 3
  on conflict (program_id, kind, key) do update set facts = excluded.facts where a.member_id is null and not a.facts ? 'erased'`;

/** Notes whom orders that are gifts are for. They wait until that somebody is shown to be who accepts them. */
export function noticeGifts(
  tx: Tx,
  kept: readonly KeptOrder[],
  arrived: readonly ArrivedOrder[],
  { tokens }: Loyalty,
): void {
  const gifts = kept.filter((one) => one.stored.gift !== undefined);
  if (gifts.length === 0) return;
  const to = new Map(arrived.map(({ store, order }) => [orderKey(store, order.id), order.giftTo ?? null]));
  const keys = gifts.map(({ store, stored }) => orderKey(store, stored.id));
  tx.send('loyalty_gifts_noticed', NOTICE_GIFTS, [
    gifts.map(({ program }) => program),
    keys,
    gifts.map(({ program }, i) => tokens(program).mailbox(to.get(keys[i] ?? '') ?? null)),
    gifts.map(({ stored }) => stored.gift?.starts ?? null),
    gifts.map(({ stored }) => new Date(stored.placed)),
  ]);
}

export const RECIPIENTS = `
  select a.program_id as program, a.member_id as member from unnest($1::bigint[], $2::text[]) x(program_id, key)
  join activity a on a.program_id = x.program_id and a.kind = 'gift' and a.key = x.key and a.member_id is not null`;

/** To whom these orders were given: what becomes of an order bears on their term. A new one was given to nobody yet. */
export async function recipientsOf(tx: Tx, kept: readonly KeptOrder[]): Promise<MemberRef[]> {
  const known = kept.filter(({ isNew }) => !isNew);
  if (known.length === 0) return [];
  return tx.prepared<MemberRef>('loyalty_recipients', RECIPIENTS, [
    known.map(({ program }) => program),
    known.map(({ store, stored }) => orderKey(store, stored.id)),
  ]);
}

export const GIVEN_AWAY = `
  select key, member_id, at, facts ->> 'starts' as starts from activity
  where program_id = $1 and kind = 'gift' and key = any($2::text[]) and member_id is not null`;

/** Which of these orders somebody was given, whoever bought them. */
export async function giftsAmong(tx: Tx, program: string, orders: readonly string[]): Promise<KnownGift[]> {
  const rows = await tx.prepared<{ key: string; member_id: string; at: Date; starts: string | null }>(
    'loyalty_given_away',
    GIVEN_AWAY,
    [program, orders],
  );
  return rows.map(({ key, member_id, at, starts }) => ({
    ...{ order: key, member: member_id, at: at.getTime() },
    ...(starts !== null && { starts }),
  }));
}

const UNACCEPTED = "program_id = $1 and kind = 'gift' and member_id is null and mailbox";
export const WAITING = `select count(*)::int as n from activity where ${UNACCEPTED} = $2`;
export const ACCEPT = `
  update activity set member_id = $2, at = $3, facts = facts - 'mailbox' where ${UNACCEPTED} = $4`;

/** How many gifts wait for whoever has the mailbox. */
export async function countGifts(tx: Tx, program: string, mailbox: string): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>('loyalty_gifts_waiting', WAITING, [program, mailbox]);
  return row?.n ?? 0;
}

/** The member takes what waits for a mailbox; the platform must vouch that it is theirs. They are settled by the caller. */
export async function acceptGifts(tx: Tx, { program, member }: MemberRef, mailbox: string, at: Millis): Promise<void> {
  await tx.prepared('loyalty_accept_gifts', ACCEPT, [program, member, new Date(at), mailbox]);
}
