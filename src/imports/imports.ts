import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { audit } from '../loyalty/store-life.js';
import { type Mapping, mapping as mappingSchema } from './mapping.js';
import { type DryRun, type Parity, dryRun, parity } from './report.js';

export type ImportState =
  'receiving' | 'uploaded' | 'checking' | 'checked' | 'importing' | 'done' | 'undoing' | 'undone' | 'failed';

export interface Import {
  id: string;
  name: string;
  state: ImportState;
  encoding: string;
  separator: string;
  columns: string[];
  rows: number;
  parts: number;
  /** Parts gone through in this state. */
  done: number;
  mapping: Mapping | null;
  asked: Millis;
  cancelled: boolean;
  /** The instant of what it gives. */
  given: Millis | null;
  undone: Millis | null;
  finished: Millis | null;
  error: string | null;
  report: DryRun | null;
  parity: Parity | null;
}

interface Row {
  id: string;
  name: string;
  state: ImportState;
  encoding: string;
  separator: string;
  columns: string[];
  rows: number;
  parts: number;
  done: number;
  mapping: unknown;
  asked_at: Date;
  cancelled: boolean;
  given_at: Date | null;
  undone_at: Date | null;
  finished_at: Date | null;
  error: string | null;
  report: unknown;
  parity: unknown;
}

const FACTS = `id, name, state, encoding, separator, columns, rows, parts, done, mapping, asked_at, cancelled, given_at, undone_at,
  finished_at, error, report, parity`;
const READ = `select ${FACTS} from import_file where program_id = $1 and id = $2`;
const LIST = `select ${FACTS} from import_file where program_id = $1 and state <> 'receiving' order by asked_at desc, id limit 50`;

/** @throws AppError `not_found` (404) */
export async function readImport(tx: Tx, program: string, id: string): Promise<Import> {
  const [row] = await tx.prepared<Row>('import_read', READ, [program, id]);
  if (!row) throw new AppError('not_found', 404, 'There is no such import: it may have been removed.');
  return toImport(row);
}

/** The last fifty, newest first. */
export async function listImports(tx: Tx, program: string): Promise<Import[]> {
  return (await tx.prepared<Row>('import_list', LIST, [program])).map(toImport);
}

function toImport(row: Row): Import {
  const { id, name, state, encoding, separator, columns, rows, parts, done, cancelled, error } = row;
  const at = (when: Date | null) => when?.getTime() ?? null;
  return {
    ...{ id, name, state, encoding, separator, columns, rows, parts, done, cancelled, error },
    mapping: row.mapping === null ? null : mappingSchema.parse(row.mapping),
    ...{
      asked: row.asked_at.getTime(),
      given: at(row.given_at),
      undone: at(row.undone_at),
      finished: at(row.finished_at),
    },
    report: row.report === null ? null : dryRun.parse(row.report),
    parity: row.parity === null ? null : parity.parse(row.parity),
  };
}

const CHECK = `
  update import_file set state = 'checking', mapping = $3, done = 0, attempts = 0, report = null, error = null, cancelled = false,
    turn = turn + 1, lease_until = null
  where program_id = $1 and id = $2 and state in ('uploaded', 'checking', 'checked') returning id`;

/** Asks for a dry run with this mapping; the worker makes it. @throws AppError `not_found`, `import_under_way` (409) */
export async function checkImport(tx: Tx, program: string, id: string, wish: Mapping): Promise<void> {
  const { columns } = await readImport(tx, program, id);
  if (Object.values(wish.columns).some((at) => at !== undefined && at >= columns.length))
    throw new AppError(
      'no_such_column',
      422,
      `The file has ${columns.length} columns: name one of them by its place, from 0.`,
    );
  const rows = await tx.prepared('import_check', CHECK, [program, id, JSON.stringify(wish)]);
  if (rows.length === 0) throw underWay();
  for (const table of ['import_line', 'import_problem'])
    await tx.prepared(`import_anew_${table}`, `delete from ${table} where program_id = $1 and import_id = $2`, [
      program,
      id,
    ]);
}

const START = `
  update import_file set state = 'importing', done = 0, attempts = 0, turn = turn + 1, given_at = $3, cancelled = false
  where program_id = $1 and id = $2 and state = 'checked' returning id`;

/** Does what the dry run said; the worker gives the balances. Again changes nothing. @throws AppError `not_found`, `not_checked` (409) */
export async function startImport(tx: Tx, program: string, id: string, by: string, now: Millis): Promise<void> {
  const { state, report, mapping, name } = await readImport(tx, program, id);
  if (state === 'importing' || state === 'done') return;
  // platforms stamp orders in whole seconds: one of the joining's own second comes after it
  const at = new Date(Math.floor(now / 1000) * 1000);
  const rows = await tx.prepared('import_start', START, [program, id, at]);
  if (rows.length === 0)
    throw new AppError('not_checked', 409, 'Look at the dry run first: only what was checked is brought.');
  const facts = {
    import: id,
    file: name,
    origin: mapping?.origin,
    members: report?.usable,
    points: report?.points.file,
  };
  await audit(tx, program, by, 'import.started', facts);
}

const CANCEL = `update import_file set cancelled = true where program_id = $1 and id = $2 and state = 'importing' returning id`;
const REMOVE = `
  delete from import_file where program_id = $1 and id = $2 and state in ('receiving', 'uploaded', 'checking', 'checked', 'failed')
    and not exists (select from import_line l where l.program_id = $1 and l.import_id = $2 and l.state <> 'ready')
  returning id`;

/**
 * Stops one that is being brought, after the rows under way (what was given stays, and can be undone); one that has given nothing
 * is removed with its rows. @throws AppError `not_found`, `import_under_way` (409)
 */
export async function cancelImport(tx: Tx, program: string, id: string, by: string): Promise<'stopped' | 'removed'> {
  const { name } = await readImport(tx, program, id);
  if ((await tx.prepared('import_cancel', CANCEL, [program, id])).length > 0) {
    await audit(tx, program, by, 'import.cancelled', { import: id, file: name });
    return 'stopped';
  }
  if ((await tx.prepared('import_remove', REMOVE, [program, id])).length === 0) throw underWay();
  return 'removed';
}

const SPENT = `
  select count(*)::int as members, coalesce(sum(lot.drawn), 0)::text as points from import_line l
  join lot on lot.program_id = l.program_id and lot.member_id = l.member_id and lot.unit = l.unit
    and lot.of = 'adjust:import/' || l.import_id || '/' || l.line
  where l.program_id = $1 and l.import_id = $2 and l.state = 'given' and lot.drawn > 0`;

const UNDO = `
  update import_file set state = 'undoing', done = 0, attempts = 0, turn = turn + 1, undone_at = $3, cancelled = false
  where program_id = $1 and id = $2 and state in ('done', 'failed') and given_at is not null returning id`;

/**
 * Takes everything back that it gave, as long as nothing of it was spent; the worker does it.
 * @throws AppError `import_spent` (409; details: members, points), `not_found`, `not_undoable` (409)
 */
export async function undoImport(tx: Tx, program: string, id: string, by: string, now: Millis): Promise<void> {
  const { name, state } = await readImport(tx, program, id);
  if (state === 'undoing' || state === 'undone') return;
  const [spent] = await tx.prepared<{ members: number; points: string }>('import_spent', SPENT, [program, id]);
  if (spent && spent.members > 0) {
    const message = `Of what this import gave ${spent.points} points of ${spent.members} members were used: it can no longer be undone as a whole. Correct those members by hand.`;
    throw new AppError('import_spent', 409, message, { ...spent });
  }
  if ((await tx.prepared('import_undo', UNDO, [program, id, new Date(now)])).length === 0)
    throw new AppError('not_undoable', 409, 'Only an import that has ended can be undone.');
  await audit(tx, program, by, 'import.undone', { import: id, file: name });
}

const underWay = () =>
  new AppError(
    'import_under_way',
    409,
    'This import is under way or has ended: it can be stopped or undone, not changed.',
  );
