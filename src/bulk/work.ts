import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { audit } from '../loyalty/store-life.js';
import { type BulkAdjustment, whatOf } from './bulk-adjustments.js';

/** A worker that renewed nothing for so long is gone. */
const LEASE = "interval '1 minute'";
const ATTEMPTS = 5;

const TO_RUN = `
  select program_id as program, id from bulk_adjustment
  where state in ('giving', 'undoing') and (lease_until is null or lease_until < now()) order by asked_at, id`;

/** What nobody works on. Scope: intake. */
export const bulksToRun = (tx: Tx): Promise<{ program: string; id: string }[]> =>
  tx.prepared<{ program: string; id: string }>('bulk_to_run', TO_RUN, []);

const TAKE = `
  update bulk_adjustment set lease_until = now() + ${LEASE}, turn = turn + 1
  where program_id = $1 and id = $2 and state in ('giving', 'undoing') and (lease_until is null or lease_until < now()) returning turn`;

/** One that a worker has taken. */
export interface TakenBulk {
  program: string;
  id: string;
  /** Which taking it is: who was thought gone and comes back has an earlier one, and neither ends nor fails it any more. */
  turn: number;
}

/** Null = somebody else was faster. */
export async function takeBulk(tx: Tx, program: string, id: string): Promise<TakenBulk | null> {
  const [row] = await tx.prepared<{ turn: number }>('bulk_take', TAKE, [program, id]);
  return row ? { program, id, turn: row.turn } : null;
}

const NOTE = `
  update bulk_adjustment set done = $5, lease_until = now() + ${LEASE}, attempts = 0
  where program_id = $1 and id = $2 and turn = $3 and state = $4 returning cancelled`;

/** How far it came, in the transaction that did it: the row's lock keeps a second worker from the same part. Gives whether to go on. */
export async function noteDone(
  tx: Tx,
  { program, id, turn }: TakenBulk,
  state: string,
  done: number,
): Promise<boolean> {
  const [row] = await tx.prepared<{ cancelled: boolean }>('bulk_note_done', NOTE, [program, id, turn, state, done]);
  return row !== undefined && !(state === 'giving' && row.cancelled);
}

const ENDED = `
  update bulk_adjustment set state = case state when 'giving' then 'done' else 'undone' end, lease_until = null, finished_at = $4
  where program_id = $1 and id = $2 and turn = $3 and state = $5
  returning kind, state, cancelled, asked_by, members, given_members, given_points, undone_members`;

/**
 * It has given, or taken back, all it will: the log has how many in the end. Of what somebody else ended meanwhile, and an owner has
 * asked to undo, nothing is said: whoever gave has not undone it.
 */
export async function finishBulk(
  tx: Tx,
  { program, id, turn }: TakenBulk,
  under: BulkAdjustment['state'],
  now: Millis,
): Promise<void> {
  const [row] = await tx.prepared<BulkAdjustment>('bulk_ended', ENDED, [program, id, turn, new Date(now), under]);
  if (!row) return;
  const { state, cancelled, members, given_members: given, given_points: points, undone_members: undone } = row;
  const facts = { bulk: id, state, of: members, given, undone, ...(cancelled && { stopped: true }) };
  const what = whatOf(row.kind, 'finished');
  await audit(tx, program, row.asked_by, what, row.kind === 'points' ? { ...facts, points } : facts);
}

const LEAVE = 'update bulk_adjustment set lease_until = null where program_id = $1 and id = $2 and turn = $3';
const STUMBLE = `
  update bulk_adjustment set lease_until = null, attempts = attempts + 1, error = $4,
    state = case when attempts + 1 >= ${ATTEMPTS} then 'failed' else state end
  where program_id = $1 and id = $2 and turn = $3 and state in ('giving', 'undoing')`;

/** Left by a process that ends: another goes on. */
export const leaveBulk = (tx: Tx, { program, id, turn }: TakenBulk) =>
  tx.prepared('bulk_leave', LEAVE, [program, id, turn]);

/** It is tried again; after the fifth time in a row it is given up, with the reason. */
export const stumble = (tx: Tx, { program, id, turn }: TakenBulk, why: string) =>
  tx.prepared('bulk_stumble', STUMBLE, [program, id, turn, why]);

const STALE = `select program_id as program, id from bulk_adjustment where state = 'looked' and asked_at < $1 limit 100`;
const FORGET = `delete from bulk_adjustment where program_id = $1 and id = $2 and state = 'looked'`;
const DAY = 86_400_000;

/** Looks that nobody went on with. Scope: intake. */
export const staleLooks = (tx: Tx, now: Millis): Promise<{ program: string; id: string }[]> =>
  tx.prepared<{ program: string; id: string }>('bulk_stale', STALE, [new Date(now - DAY)]);

export const forgetLook = (tx: Tx, program: string, id: string) => tx.prepared('bulk_forget', FORGET, [program, id]);
