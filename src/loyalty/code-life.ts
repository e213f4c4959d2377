import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { RetryLater } from '../lib/errors.js';
import type { StoreRef } from './context.js';
import { settleMembers } from './settle-members.js';
import { settleStickers } from './stickers/settle-stickers.js';

/**
 * The life of a discount code on the platform: wanted -> live -> dying -> killed, or failed when the platform refused
 * it. One rule holds throughout: points go back only when the code can never be used again.
 */

const LIVE = `
  update redemption set code_state = 'live', code_ref = $3 where program_id = $1 and id = $2 and code_state = 'wanted'`;

/** The platform has the code now. One that was given up meanwhile stays dying: its kill waits for this answer. */
export async function codeIsLive(tx: Tx, program: string, redemption: string, ref: string): Promise<void> {
  await tx.prepared('loyalty_code_live', LIVE, [program, redemption, ref]);
}

const FORGET_CREATION = `
  update outbox set status = 1, done_at = $3
  where program_id = $1 and kind = 'create-code' and subject = $2 and status = 0 and next_at <= $3`;
const UNDER_WAY = `select 1 from outbox where program_id = $1 and kind = 'create-code' and subject = $2 and status = 0`;

/**
 * Before a code is killed: its creation must not be under way, or it would come to life after its death. A creation that
 * nobody has begun is dropped.
 * @throws RetryLater while one is under way
 */
export async function stopCreation(tx: Tx, program: string, redemption: string, now: Millis): Promise<void> {
  await tx.prepared('loyalty_forget_creation', FORGET_CREATION, [program, redemption, new Date(now)]);
  const left = await tx.prepared('loyalty_creation_under_way', UNDER_WAY, [program, redemption]);
  if (left.length > 0) throw new RetryLater('the code is being created at this moment', 2_000);
}

const DEAD = `
  update redemption set code_state = $3,
    released_at = case when state = 'held' and not $5 then coalesce(released_at, $4::timestamptz) else released_at end
  where program_id = $1 and id = $2 and code_state <> 'killed' returning member_id`;

/**
 * The code can never be used again, so what is left in the redemption goes back. When the platform has counted a use of
 * it (`used`), an order with it is on its way: nothing is released, that order will capture the points.
 */
export async function codeIsDead(
  tx: Tx,
  dead: { program: string; redemption: string; as: 'killed' | 'failed'; used: boolean },
  now: Millis,
  shards: number,
): Promise<void> {
  const { program, redemption, as, used } = dead;
  const [row] = await tx.prepared<{ member_id: string }>('loyalty_code_dead', DEAD, [
    program,
    redemption,
    as,
    new Date(now),
    used,
  ]);
  if (row) await settleMembers(tx, [{ program, member: row.member_id }], now, shards);
  if (row) await settleStickers(tx, program, [redemption], now, shards);
}

const EXPIRED = `
  select program_id as program, id, expires_at from redemption
  where state = 'held' and expires_at <= $1 and (expires_at, id) > ($2::timestamptz, $3::uuid)
  order by expires_at, id limit $4`;

/** A reservation that ran out. */
export interface Expired {
  program: string;
  id: string;
  expires_at: Date;
}

/** Reservations that ran out, over all programs, those after the last of the page before. Scope: intake. */
export async function expiredReservations(
  tx: Tx,
  now: Millis,
  after: Expired | null,
  limit: number,
): Promise<Expired[]> {
  const { expires_at = new Date(0), id = '00000000-0000-0000-0000-000000000000' } = after ?? {};
  return tx.prepared('loyalty_expired_reservations', EXPIRED, [new Date(now), expires_at, id, limit]);
}

/** How long after its end a reservation whose code is dead waits for the order that used it: longer than any re-read takes. */
const WAITED_FOR_MS = 24 * 3_600_000;

const RELEASE = `
  update redemption set released_at = coalesce(released_at, $3)
  where program_id = $1 and id = any($2::uuid[]) and state = 'held' and code_state in ('killed', 'failed') and expires_at <= $4
  returning member_id as member`;

/**
 * Gives back what codes hold that are dead for long: their order never came, or was edited so that it carries them no
 * longer, and nothing else would ever end them. An order that shows up with one after all draws again (FORMAT 9.4).
 */
export async function releaseOrphans(
  tx: Tx,
  program: string,
  redemptions: readonly string[],
  now: Millis,
  shards: number,
): Promise<void> {
  const rows = await tx.prepared<{ member: string }>('loyalty_release_orphans', RELEASE, [
    program,
    redemptions,
    new Date(now),
    new Date(now - WAITED_FOR_MS),
  ]);
  await settleMembers(
    tx,
    rows.map(({ member }) => ({ program, member })),
    now,
    shards,
  );
  if (rows.length > 0) await settleStickers(tx, program, redemptions, now, shards);
}

const GIVEN = `
  update redemption set code_state = 'killed', code_ref = $3, given_at = coalesce(given_at, $4::timestamptz)
  where program_id = $1 and id = $2 and released_at is null returning member_id`;

/** The platform has put the money into the customer's own purse: the points are used, and there is no code that could be. */
export async function creditIsGiven(
  tx: Tx,
  given: { program: string; redemption: string; ref: string },
  now: Millis,
  shards: number,
): Promise<void> {
  const { program, redemption, ref } = given;
  const values = [program, redemption, ref, new Date(now)];
  const [row] = await tx.prepared<{ member_id: string }>('loyalty_credit_given', GIVEN, values);
  if (row) await settleMembers(tx, [{ program, member: row.member_id }], now, shards);
}

const GONE = `
  select id from redemption where program_id = $1 and store_id = $2 and (code_ref = $3 or code = upper($3))
    and code_state in ('wanted', 'live')`;

/**
 * The owner deleted one of our discounts by hand: the redemption is void, its points go back once. A dying code is ours to
 * end: its deletion is our own, and an order that has used it may still be on its way.
 */
export async function codeIsGone(tx: Tx, ref: StoreRef, discount: string, now: Millis, shards: number): Promise<void> {
  const rows = await tx.prepared<{ id: string }>('loyalty_code_gone', GONE, [ref.program, ref.store, discount]);
  for (const { id } of rows) {
    await codeIsDead(tx, { program: ref.program, redemption: id, as: 'killed', used: false }, now, shards);
  }
}
