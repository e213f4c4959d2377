import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { DryRun, Parity } from './report.js';

/** A worker that renewed nothing for so long is gone. */
const LEASE = "interval '1 minute'";
const ATTEMPTS = 5;

const TO_RUN = `
  select program_id as program, id from import_file
  where state in ('checking', 'importing', 'undoing') and (lease_until is null or lease_until < now()) order by asked_at, id`;

/** What nobody works on. Scope: intake. */
export const importsToRun = (tx: Tx): Promise<{ program: string; id: string }[]> =>
  tx.prepared<{ program: string; id: string }>('import_to_run', TO_RUN, []);

const TAKE = `
  update import_file set lease_until = now() + ${LEASE}, turn = turn + 1
  where program_id = $1 and id = $2 and state in ('checking', 'importing', 'undoing')
    and (lease_until is null or lease_until < now()) returning asked_by as by, turn`;

/** One that a worker has taken. */
export interface TakenImport {
  program: string;
  id: string;
  by: string;
  /** Which taking it is: who was thought gone and comes back has an earlier one, and neither ends nor fails it any more. */
  turn: number;
}

/** Null = somebody else was faster. */
export async function takeImport(tx: Tx, program: string, id: string): Promise<TakenImport | null> {
  const [row] = await tx.prepared<{ by: string; turn: number }>('import_take', TAKE, [program, id]);
  return row ? { program, id, ...row } : null;
}

const NOTE = `
  update import_file set done = $5, lease_until = now() + ${LEASE}, attempts = 0
  where program_id = $1 and id = $2 and turn = $3 and state = $4 returning cancelled`;

/** How far it came, in the transaction that did it. Gives whether to go on. */
export async function noteDone(
  tx: Tx,
  { program, id, turn }: TakenImport,
  state: string,
  done: number,
): Promise<boolean> {
  const values = [program, id, turn, state, done];
  const [row] = await tx.prepared<{ cancelled: boolean }>('import_note_done', NOTE, values);
  return row?.cancelled === false;
}

const CHECKED = `
  update import_file set state = 'checked', lease_until = null, report = $4
  where program_id = $1 and id = $2 and turn = $3 and state = 'checking'`;

export const finishCheck = (tx: Tx, { program, id, turn }: TakenImport, report: DryRun) =>
  tx.prepared('import_checked', CHECKED, [program, id, turn, JSON.stringify(report)]);

const ENDED = `
  update import_file set state = $4, lease_until = null, finished_at = now(), parity = $5
  where program_id = $1 and id = $2 and turn = $3 and state = $6 returning id`;
/** What stood in the rows is needed no longer: only their numbers, members and points are kept. */
const DROP = [
  'delete from import_part where program_id = $1 and import_id = $2',
  'update import_line set mailbox = null where program_id = $1 and import_id = $2 and mailbox is not null',
];

/**
 * It has given, or taken back, all it will: the rows as they came go. What another ended meanwhile, and somebody has asked to undo, is
 * left as it is.
 */
export async function finishImport(
  tx: Tx,
  { program, id, turn }: TakenImport,
  state: 'done' | 'undone',
  parity: Parity,
): Promise<void> {
  const under = state === 'done' ? 'importing' : 'undoing';
  const values = [program, id, turn, state, JSON.stringify(parity), under];
  const ended = await tx.prepared('import_ended', ENDED, values);
  if (ended.length === 0) return;
  for (const [i, text] of DROP.entries()) await tx.prepared(`import_drop_${i}`, text, [program, id]);
}

const LEAVE = 'update import_file set lease_until = null where program_id = $1 and id = $2 and turn = $3';
const STUMBLE = `
  update import_file set lease_until = null, attempts = attempts + 1, error = $4,
    state = case when attempts + 1 >= ${ATTEMPTS} then 'failed' else state end
  where program_id = $1 and id = $2 and turn = $3 and state in ('checking', 'importing', 'undoing')`;

/** Left by a process that ends: another goes on. */
export const leaveImport = (tx: Tx, { program, id, turn }: TakenImport) =>
  tx.prepared('import_leave', LEAVE, [program, id, turn]);

/** It is tried again; after the fifth time in a row it is given up, with the reason. */
export const stumble = (tx: Tx, { program, id, turn }: TakenImport, why: string) =>
  tx.prepared('import_stumble', STUMBLE, [program, id, turn, why]);

const STALE = `
  select program_id as program, id from import_file
  where (state = 'receiving' and asked_at < $1) or (state in ('uploaded', 'checked', 'failed') and asked_at < $2) limit 100`;
const FORGET = `
  delete from import_file where program_id = $1 and id = $2 and not exists (
    select from import_line l where l.program_id = $1 and l.import_id = $2 and l.state <> 'ready')`;
const HOUR = 3_600_000;
/** How long a file that nothing came of is kept. */
export const KEPT_DAYS = 7;

/** Uploads that broke off, or that nobody went on with. Scope: intake. */
export const staleImports = (tx: Tx, now: Millis): Promise<{ program: string; id: string }[]> =>
  tx.prepared<{ program: string; id: string }>('import_stale', STALE, [
    new Date(now - HOUR),
    new Date(now - KEPT_DAYS * 24 * HOUR),
  ]);

/** Of one that has given something the rows as they came go, and the rest stays. */
export async function forgetImport(tx: Tx, program: string, id: string): Promise<void> {
  await tx.prepared('import_forget_stale', FORGET, [program, id]);
  for (const [i, text] of DROP.entries()) await tx.prepared(`import_drop_${i}`, text, [program, id]);
}
