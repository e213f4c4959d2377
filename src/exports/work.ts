import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from '../loyalty/context.js';
import { KEPT_DAYS } from './exports.js';
import type { Manifest } from './manifest.js';

/** A worker that renewed nothing for so long is gone. */
const LEASE = "interval '1 minute'";
const ATTEMPTS = 3;
const DAY = 86_400_000;

const TO_MAKE = `
  select program_id as program, id from export_file
  where state = 'making' and (lease_until is null or lease_until < now()) order by asked_at, id`;

/** What nobody works on. Scope: intake. */
export const exportsToMake = (tx: Tx): Promise<{ program: string; id: string }[]> =>
  tx.prepared<{ program: string; id: string }>('export_to_make', TO_MAKE, []);

export interface TakenExport {
  people: boolean;
  /** Which beginning this is: whoever comes later has another, and whoever had it before no longer ends or fails it. */
  turn: number;
}

type Begun = Pick<TakenExport, 'turn'> & { program: string; id: string };

const TAKE = `
  update export_file set lease_until = now() + ${LEASE}, attempts = attempts + 1, turn = turn + 1, done = 0, bytes = 0, parts = 0
  where program_id = $1 and id = $2 and state = 'making' and (lease_until is null or lease_until < now())
  returning people, turn`;
const CLEAR = 'delete from export_part where program_id = $1 and export_id = $2';

/** Null = somebody else was faster. What an earlier beginning left is thrown away: an export is of one instant. */
export async function takeExport(tx: Tx, program: string, id: string): Promise<TakenExport | null> {
  const [row] = await tx.prepared<TakenExport>('export_take', TAKE, [program, id]);
  if (row) await tx.prepared('export_clear', CLEAR, [program, id]);
  return row ?? null;
}

const NOTE = `
  update export_file set done = $4, total = $5, bytes = bytes + $6, parts = parts + 1, lease_until = now() + ${LEASE}
  where program_id = $1 and id = $2 and turn = $3 and state = 'making' returning parts - 1 as n`;
const KEEP = 'insert into export_part (program_id, export_id, n, sealed) values ($1, $2, $3, $4)';
const place = (program: string, id: string, n: number) => ['export_part', program, id, `${n}`];

/** Keeps the next piece and says how far it came; false = it is wanted no more. */
export async function keepPiece(
  tx: Tx,
  { program, id, turn }: Begun,
  { bytes, done, total }: { bytes: Buffer; done: number; total: number },
  loyalty: Pick<Loyalty, 'seal'>,
): Promise<boolean> {
  const values = [program, id, turn, done, total, bytes.length];
  const [row] = await tx.prepared<{ n: number }>('export_note', NOTE, values);
  if (!row) return false;
  const sealed = loyalty.seal(bytes.toString('base64'), ...place(program, id, row.n));
  await tx.prepared('export_keep', KEEP, [program, id, row.n, sealed]);
  return true;
}

const PIECE = 'select sealed from export_part where program_id = $1 and export_id = $2 and n = $3';

/** A piece as it was kept; null when it is not there any more. */
export async function readPiece(
  tx: Tx,
  program: string,
  id: string,
  n: number,
  loyalty: Pick<Loyalty, 'open'>,
): Promise<Buffer | null> {
  const [row] = await tx.prepared<{ sealed: Buffer }>('export_piece', PIECE, [program, id, n]);
  return row ? Buffer.from(loyalty.open(row.sealed, ...place(program, id, n)), 'base64') : null;
}

const FINISH = `
  update export_file set state = 'done', error = null, lease_until = null, manifest = $4, finished_at = $5, ends_at = $6, done = coalesce(total, done)
  where program_id = $1 and id = $2 and turn = $3 and state = 'making'`;

export const finishExport = (tx: Tx, { program, id, turn }: Begun, manifest: Manifest, now: Millis) =>
  tx.prepared('export_finish', FINISH, [
    ...[program, id, turn, JSON.stringify(manifest), new Date(now), new Date(now + KEPT_DAYS * DAY)],
  ]);

const LEAVE = `
  update export_file set lease_until = null, attempts = attempts - 1
  where program_id = $1 and id = $2 and turn = $3 and state = 'making'`;
const STUMBLE = `
  update export_file set lease_until = null, error = $4, finished_at = case when attempts >= ${ATTEMPTS} then $5::timestamptz end,
    ends_at = case when attempts >= ${ATTEMPTS} then $6::timestamptz end, state = case when attempts >= ${ATTEMPTS} then 'failed' else state end
  where program_id = $1 and id = $2 and turn = $3 and state = 'making'`;

/** Left by a process that ends: another begins anew. */
export const leaveExport = (tx: Tx, { program, id, turn }: Begun) =>
  tx.prepared('export_leave', LEAVE, [program, id, turn]);

/** It is begun anew; after the third time it is given up, with the reason. */
export const stumbleExport = (tx: Tx, { program, id, turn }: Begun, why: string, now: Millis) =>
  tx.prepared('export_stumble', STUMBLE, [program, id, turn, why, new Date(now), new Date(now + KEPT_DAYS * DAY)]);

const OVER = 'select program_id as program, id from export_file where ends_at <= $1 limit 100';

/** What is kept no longer. Scope: intake. */
export const exportsOver = (tx: Tx, now: Millis): Promise<{ program: string; id: string }[]> =>
  tx.prepared<{ program: string; id: string }>('export_over', OVER, [new Date(now)]);

export const forgetExport = (tx: Tx, program: string, id: string) =>
  tx.prepared('export_forget', 'delete from export_file where program_id = $1 and id = $2', [program, id]);
