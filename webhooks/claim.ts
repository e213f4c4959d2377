import type { Tx } from '../src/db/database.js';
import type { Millis } from '../src/lib/clock.js';
import { STORE_COLUMNS, type StoreColumns } from './read-store.js';

/** A delivery that waits to be understood. `body` is sealed (sealed-body.ts); null once it was forgotten. */
export interface WaitingRow {
  id: string;
  program: string;
  store: string;
  topic: string;
  key: string | null;
  subject: string | null;
  hash: Buffer;
  body: Buffer | null;
  triggered: Millis | null;
  received: Millis;
  attempts: number;
}

/** The same with what reading it takes. */
export type ClaimedRow = WaitingRow & StoreColumns;

/** A row is given up at this many failures; the last reason stays on it. */
export const MOST_ATTEMPTS = 8;

export const CLAIM = `select i.id, i.program_id as program, i.store_id as store, topic, delivery_key as key, subject, body_hash as hash, body,
  (extract(epoch from triggered_at) * 1000)::float8 as triggered,
  (extract(epoch from received_at) * 1000)::float8 as received, attempts, ${STORE_COLUMNS}
from inbox i left join store s on s.id = i.store_id
where i.shard = $1 and i.status = 0 and i.next_at <= now() order by i.id limit $2 for update of i skip locked`;

/**
 * The oldest waiting rows of a shard, locked until the transaction ends; rows that another worker holds, or that wait
 * for a further try, are passed over. Scope: intake.
 */
export function claimBatch(tx: Tx, shard: number, limit: number): Promise<ClaimedRow[]> {
  return tx.prepared<ClaimedRow>('inbox_claim', CLAIM, [shard, limit]);
}

/** Noted once a minute, and by one batch at a time: nobody waits for a store's row. */
const DONE = `
  with done as (
    update inbox i set status = 1, processed_at = now(), error = d.why
    from unnest($1::bigint[], $2::text[]) as d (id, why) where i.id = d.id returning i.store_id
  ), quiet as (
    select id from store where id = any (array(select store_id from done))
      and (heard_at is null or heard_at < now() - interval '1 minute') for no key update skip locked
  )
  update store s set heard_at = now() from quiet where s.id = quiet.id`;

/** Understood and acted upon. `why` = nothing was to be done, and why (a draft, a ping of a cart). */
export function markDone(tx: Tx, rows: readonly { id: string; why?: string | null }[]): void {
  if (rows.length === 0) return;
  tx.send('inbox_done', DONE, [rows.map(({ id }) => id), rows.map(({ why }) => why ?? null)]);
}

/** Never to be tried again: what it says is not readable, or not ours. The reason stays for people to see. */
export function markDead(tx: Tx, rows: readonly { id: string; why: string }[]): void {
  if (rows.length === 0) return;
  tx.send(
    'inbox_dead',
    `update inbox i set status = 2, processed_at = now(), error = d.why
     from unnest($1::bigint[], $2::text[]) as d (id, why) where i.id = d.id`,
    [rows.map(({ id }) => id), rows.map(({ why }) => why.slice(0, 500))],
  );
}

/** A defect met on the way: tried again after 1, 2, 4 ... seconds (at most ten minutes, spread by half), dead at the eighth. */
export function markFailed(tx: Tx, rows: readonly { id: string; why: string }[]): void {
  if (rows.length === 0) return;
  tx.send(
    'inbox_failed',
    `update inbox i set attempts = i.attempts + 1, error = d.why,
       status = case when i.attempts + 1 >= ${MOST_ATTEMPTS} then 2 else 0 end,
       processed_at = case when i.attempts + 1 >= ${MOST_ATTEMPTS} then now() end,
       next_at = now() + least(power(2, i.attempts), 600) * (0.75 + 0.5 * random()) * interval '1 second'
     from unnest($1::bigint[], $2::text[]) as d (id, why) where i.id = d.id`,
    [rows.map(({ id }) => id), rows.map(({ why }) => why.slice(0, 500))],
  );
}

/** The platform asked for patience (RetryLater): that is no failure of the row and is not counted. */
export function postpone(tx: Tx, rows: readonly { id: string; afterMs: Millis; why: string }[]): void {
  if (rows.length === 0) return;
  tx.send(
    'inbox_postpone',
    `update inbox i set error = d.why, next_at = now() + d.after * interval '1 millisecond'
     from unnest($1::bigint[], $2::float8[], $3::text[]) as d (id, after, why) where i.id = d.id`,
    [rows.map(({ id }) => id), rows.map(({ afterMs }) => afterMs), rows.map(({ why }) => why.slice(0, 500))],
  );
}

/** Empties bodies (personal data) of rows that were settled before `before`; the rows stay, so that replays are known. */
export async function forgetBodies(tx: Tx, before: Millis, limit: number): Promise<number> {
  const rows = await tx.prepared(
    'inbox_forget',
    `update inbox set body = null where id in (
       select id from inbox where status <> 0 and body is not null and processed_at < $1 order by id limit $2 for update skip locked
     ) returning id`,
    [new Date(before), limit],
  );
  return rows.length;
}
