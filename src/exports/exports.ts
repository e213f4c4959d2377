import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { audit } from '../loyalty/store-life.js';
import { type Manifest, manifest as manifestSchema } from './manifest.js';

export interface Export {
  id: string;
  people: boolean;
  state: 'making' | 'done' | 'cancelled' | 'failed';
  asked: Millis;
  finished: Millis | null;
  /** When it is thrown away; null while it is made. */
  ends: Millis | null;
  /** Rows told, of how many; null = not counted yet. */
  done: number;
  total: number | null;
  bytes: number;
  parts: number;
  error: string | null;
  manifest: Manifest | null;
}

interface Row extends Omit<Export, 'asked' | 'finished' | 'ends' | 'bytes' | 'manifest'> {
  asked_at: Date;
  finished_at: Date | null;
  ends_at: Date | null;
  bytes: string;
  manifest: unknown;
}

/** How long a finished export can be fetched. */
export const KEPT_DAYS = 7;
const DAY = 86_400_000;
const FACTS = 'id, people, state, asked_at, finished_at, ends_at, done, total, bytes, parts, error, manifest';
const READ = `select ${FACTS} from export_file where program_id = $1 and id = $2`;
const LIST = `select ${FACTS} from export_file where program_id = $1 order by asked_at desc, id limit 20`;
const ASK = `
  insert into export_file (program_id, people, asked_by)
  select $1, $2, $3 where not exists (select from export_file where program_id = $1 and state = 'making') returning ${FACTS}`;
const REMOVE = `delete from export_file where program_id = $1 and id = $2 and state <> 'making' returning id`;
const CANCEL = `
  update export_file set state = 'cancelled', finished_at = $3, ends_at = $4 where program_id = $1 and id = $2 and state = 'making' returning id`;
const DROP = 'delete from export_part where program_id = $1 and export_id = $2';

/** Asks for everything in one file; a worker makes it. @throws AppError `export_under_way` (409) */
export async function askExport(tx: Tx, program: string, wish: { people: boolean; by: string }): Promise<Export> {
  const [row] = await tx.prepared<Row>('export_ask', ASK, [program, wish.people, wish.by]);
  if (!row) throw new AppError('export_under_way', 409, 'An export is being made: wait for it, or stop it first.');
  await audit(tx, program, wish.by, 'export.asked', { export: row.id, people: wish.people });
  return toExport(row);
}

/** @throws AppError `not_found` (404) */
export async function readExport(tx: Tx, program: string, id: string): Promise<Export> {
  const [row] = await tx.prepared<Row>('export_read', READ, [program, id]);
  if (!row) throw new AppError('not_found', 404, 'There is no such export: it may have been thrown away.');
  return toExport(row);
}

/** The last twenty, newest first. */
export const listExports = async (tx: Tx, program: string): Promise<Export[]> =>
  (await tx.prepared<Row>('export_list', LIST, [program])).map(toExport);

/** Stops one that is being made, or throws a finished one away. @throws AppError `not_found` */
export async function endExport(tx: Tx, program: string, id: string, by: string, now: Millis): Promise<void> {
  await readExport(tx, program, id);
  const cancelled = await tx.prepared('export_cancel', CANCEL, [
    program,
    id,
    new Date(now),
    new Date(now + KEPT_DAYS * DAY),
  ]);
  if (cancelled.length > 0) await tx.prepared('export_drop', DROP, [program, id]);
  else await tx.prepared('export_remove', REMOVE, [program, id]);
  await audit(tx, program, by, cancelled.length > 0 ? 'export.cancelled' : 'export.removed', { export: id });
}

function toExport({ asked_at, finished_at, ends_at, bytes, manifest, ...row }: Row): Export {
  return {
    ...row,
    asked: asked_at.getTime(),
    finished: finished_at?.getTime() ?? null,
    ends: ends_at?.getTime() ?? null,
    bytes: Number(bytes),
    manifest: manifest === null ? null : manifestSchema.parse(manifest),
  };
}
