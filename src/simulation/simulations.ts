import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { type ProgramRules, programRules } from '../rules/program-rules.js';
import { type SimulationReport, simulationReport } from './report.js';

const DAY = 86_400_000;

export interface SimulationWish {
  rules: ProgramRules;
  /** As if in force for so many days; null = always. */
  days: number | null;
  /** A past made by dice instead of the stores' own. */
  made: { members: number; seed: number } | null;
  by: string;
  /** Which draft is played (`draftKey`); null = a file of somebody's own. */
  draft?: string | null;
  /** By how many weeks what is still to come is played earlier. */
  weeksBack?: number;
}

export interface Simulation {
  id: string;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  asked: Millis;
  since: Millis | null;
  made: SimulationWish['made'];
  draft: string | null;
  weeksBack: number;
  /** Members gone through (twice where ceilings are shared out), of all; total null before it has begun. */
  done: number;
  total: number | null;
  finished: Millis | null;
  /** Why it failed, for people. */
  error: string | null;
  report: SimulationReport | null;
}

const KEPT = 20;
/** Finished ones of a program, and how many may wait. */
const FORGET = `
  delete from simulation where program_id = $1 and id in (
    select id from simulation where program_id = $1 and finished_at is not null order by asked_at desc, id offset $2)`;
const WAITING = 'select count(*)::int as n from simulation where program_id = $1 and finished_at is null';
const START = `
  insert into simulation (program_id, rules, since, made, asked_by, asked_at, draft, weeks_back)
  values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`;

/**
 * Asks for a simulation; the worker runs it soon. Gives its id. The last twenty of a program are kept.
 * @throws AppError `too_many_simulations` (409)
 */
export async function startSimulation(tx: Tx, program: string, wish: SimulationWish, now: Millis): Promise<string> {
  const [waiting] = await tx.prepared<{ n: number }>('simulation_waiting', WAITING, [program]);
  if ((waiting?.n ?? 0) >= 5) {
    throw new AppError(
      'too_many_simulations',
      409,
      'Five simulations of this program wait or run already: cancel one, or ask again when one is done.',
    );
  }
  await tx.prepared('simulation_forget', FORGET, [program, KEPT - 1]);
  const [row] = await tx.prepared<{ id: string }>('simulation_start', START, [
    program,
    JSON.stringify(wish.rules),
    wish.days === null ? null : new Date(now - wish.days * DAY),
    wish.made && JSON.stringify(wish.made),
    wish.by,
    new Date(now),
    wish.draft ?? null,
    wish.weeksBack ?? 0,
  ]);
  return row?.id ?? '';
}

const CANCEL = `
  update simulation set cancelled = true, finished_at = case when lease_until is null then now() else finished_at end
  where program_id = $1 and id = $2 and finished_at is null`;

/** Ends it: at once when nobody works on it, else within a page. One that has ended stays as it is. @throws AppError `not_found` */
export async function cancelSimulation(tx: Tx, program: string, id: string): Promise<Simulation> {
  await tx.prepared('simulation_cancel', CANCEL, [program, id]);
  return readSimulation(tx, program, id);
}

interface Row {
  id: string;
  asked_at: Date;
  since: Date | null;
  made: SimulationWish['made'];
  draft: string | null;
  weeks_back: number;
  lease_until: Date | null;
  done: number;
  total: number | null;
  cancelled: boolean;
  finished_at: Date | null;
  error: string | null;
  report: unknown;
}

const FACTS = 'id, asked_at, since, made, draft, weeks_back, lease_until, done, total, cancelled, finished_at, error';
const READ = `select ${FACTS}, report from simulation where program_id = $1 and id = $2`;
const LIST = `select ${FACTS}, null as report from simulation where program_id = $1 order by asked_at desc, id`;

/** @throws AppError `not_found` (404) */
export async function readSimulation(tx: Tx, program: string, id: string): Promise<Simulation> {
  const [row] = await tx.prepared<Row>('simulation_read', READ, [program, id]);
  if (!row)
    throw new AppError('not_found', 404, 'There is no such simulation: it may have been replaced by newer ones.');
  return toSimulation(row);
}

/** Those that are kept, newest first, without their reports. */
export async function listSimulations(tx: Tx, program: string): Promise<Simulation[]> {
  return (await tx.prepared<Row>('simulation_list', LIST, [program])).map(toSimulation);
}

const OF_DRAFT = `
  select ${FACTS}, report from simulation
  where program_id = $1 and draft = $2 and made is null and finished_at is not null and error is null and not cancelled
  order by asked_at desc limit 1`;

/** Which draft a simulation played: the same words begun from another version would do something else. */
export const draftKey = ({ hash, base }: { hash: string; base: number }): string => `${hash}@${base}`;

/** The newest finished one of the shop's own past that played this draft; null = there is none. */
export async function simulationOfDraft(
  tx: Tx,
  program: string,
  draft: { hash: string; base: number },
): Promise<Simulation | null> {
  const [row] = await tx.prepared<Row>('simulation_of_draft', OF_DRAFT, [program, draftKey(draft)]);
  return row ? toSimulation(row) : null;
}

const NEW_ORDERS =
  'select count(*)::int as n from order_state where program_id = $1 and placed_at >= $2 and not removed';

/** Orders that were placed since a simulation was asked for: it does not know of them. */
export async function ordersSince(tx: Tx, program: string, at: Millis): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>('simulation_new_orders', NEW_ORDERS, [program, new Date(at)]);
  return row?.n ?? 0;
}

function toSimulation(row: Row): Simulation {
  const { id, made, draft, weeks_back: weeksBack, done, total, error } = row;
  return {
    ...{ id, status: statusOf(row), asked: row.asked_at.getTime(), since: row.since?.getTime() ?? null, made },
    ...{ draft, weeksBack, done, total, finished: row.finished_at?.getTime() ?? null, error },
    report: row.report === null ? null : simulationReport.parse(row.report),
  };
}

function statusOf({ finished_at, cancelled, error, lease_until }: Row): Simulation['status'] {
  if (finished_at === null) return lease_until === null ? 'waiting' : 'running';
  if (error !== null) return 'failed';
  return cancelled ? 'cancelled' : 'done';
}

/** What a worker needs of one that it took. */
export interface TakenSimulation {
  id: string;
  /** Which taking it is: who was thought gone and comes back has an earlier one, and neither ends nor fails it any more. */
  turn: number;
  rules: ProgramRules;
  since: Millis | null;
  made: SimulationWish['made'];
}

/** A worker that renewed nothing for so long is gone. */
const LEASE = "interval '2 minutes'";
const TO_RUN = `
  select program_id as program, id from simulation
  where finished_at is null and (lease_until is null or lease_until < now()) order by asked_at, id`;

/** What nobody works on. Scope: intake. */
export function simulationsToRun(tx: Tx): Promise<{ program: string; id: string }[]> {
  return tx.prepared<{ program: string; id: string }>('simulation_to_run', TO_RUN, []);
}

const TAKE = `
  update simulation set lease_until = now() + ${LEASE}, turn = turn + 1, done = 0, total = null
  where program_id = $1 and id = $2 and finished_at is null and (lease_until is null or lease_until < now())
  returning id, turn, rules, since, made`;

/** Null = somebody else was faster, or it was cancelled. */
export async function takeSimulation(tx: Tx, program: string, id: string): Promise<TakenSimulation | null> {
  type Taken = Pick<Row, 'id' | 'since' | 'made'> & { turn: number; rules: unknown };
  const [row] = await tx.prepared<Taken>('simulation_take', TAKE, [program, id]);
  if (!row) return null;
  return {
    id,
    turn: row.turn,
    made: row.made,
    since: row.since?.getTime() ?? null,
    rules: programRules.parse(row.rules),
  };
}

const NOTE = `
  update simulation set done = $4, total = $5, lease_until = now() + ${LEASE}
  where program_id = $1 and id = $2 and turn = $3 and finished_at is null returning cancelled`;

/** How far it came. Gives whether to go on. */
export async function noteProgress(
  tx: Tx,
  program: string,
  { id, turn }: Pick<TakenSimulation, 'id' | 'turn'>,
  done: number,
  total: number,
): Promise<boolean> {
  const [row] = await tx.prepared<{ cancelled: boolean }>('simulation_note', NOTE, [program, id, turn, done, total]);
  return row?.cancelled === false;
}

const FINISH = `
  update simulation set finished_at = now(), lease_until = null, report = case when not cancelled then $4::jsonb end, error = $5,
    done = case when cancelled or $5::text is not null then done else coalesce(total, done) end
  where program_id = $1 and id = $2 and turn = $3 and finished_at is null`;

/** A report, why there is none, or neither: it was cancelled. */
export async function finishSimulation(
  tx: Tx,
  program: string,
  { id, turn }: Pick<TakenSimulation, 'id' | 'turn'>,
  { report = null, error = null }: { report?: SimulationReport | null; error?: string | null },
): Promise<void> {
  await tx.prepared('simulation_finish', FINISH, [program, id, turn, report && JSON.stringify(report), error]);
}

const LEAVE =
  'update simulation set lease_until = null where program_id = $1 and id = $2 and turn = $3 and finished_at is null';

/** Left by a process that ends: another begins it anew. */
export async function leaveSimulation(
  tx: Tx,
  program: string,
  { id, turn }: Pick<TakenSimulation, 'id' | 'turn'>,
): Promise<void> {
  await tx.prepared('simulation_leave', LEAVE, [program, id, turn]);
}
