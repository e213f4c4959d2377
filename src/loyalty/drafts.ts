import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { canonicalForm, hashOf } from '../programs/canonical.js';
import { type ProgramFile, programFile } from '../programs/program-file.js';

/** A program as it would be. */
export interface Draft {
  file: ProgramFile;
  hash: string;
  /** The published version that it was begun from. */
  base: number;
  by: string;
  at: Millis;
}

/** One that is kept, with what its author is called; null = no person of the desk and no key that is there still. */
interface KeptDraft extends Draft {
  author: string | null;
}

interface DraftRow {
  file: unknown;
  hash: string;
  base_version: number;
  updated_by: string;
  updated_at: Date;
  author: string | null;
}

const READ = `
  select d.*, coalesce(s.name, k.name) as author from draft d
  left join staff s on s.program_id = $1 and d.updated_by = 'staff:' || s.id
  left join api_key k on k.program_id = $1 and d.updated_by = 'key:' || k.id
  where d.program_id = $1`;

/** The program's draft; null = none is worked on. */
export async function readDraft(tx: Tx, program: string): Promise<KeptDraft | null> {
  const [row] = await tx.prepared<DraftRow>('draft_read', READ, [program]);
  if (!row) return null;
  const { hash, base_version: base, updated_by: by, updated_at, author } = row;
  return { file: programFile.parse(row.file), hash, base, by, at: updated_at.getTime(), author };
}

/** One at a time decides what the program will be: drafts and publications of it wait for each other. */
export async function lockProgram(tx: Tx, program: string): Promise<void> {
  await tx.prepared('program_lock', 'select from program where id = $1 for no key update', [program]);
}

export interface DraftWish {
  file: ProgramFile;
  /** Hash of the draft that this one takes the place of; null = there was none. */
  replaces: string | null;
  /** The published version that the writer started from; else what the replaced draft says, or the latest. */
  base?: number | undefined;
  by: string;
}

const SAVE = `
  insert into draft (program_id, file, hash, base_version, updated_by, updated_at)
  select $1, $2, $3, coalesce($4, max(version), 0), $5, $6 from rule_set where program_id = $1
  on conflict (program_id) do update set file = excluded.file, hash = excluded.hash,
    base_version = coalesce($4, draft.base_version), updated_by = excluded.updated_by, updated_at = excluded.updated_at
  returning base_version`;

/**
 * Keeps a draft. Whoever saves says which draft they saw: nobody's work is lost under another's.
 * @throws AppError `draft_changed` (409)
 */
export async function saveDraft(tx: Tx, program: string, wish: DraftWish, now: Millis): Promise<Draft> {
  const { file, replaces, base, by } = wish;
  await lockProgram(tx, program);
  const there = await readDraft(tx, program);
  const hash = hashOf(file);
  if ((there?.hash ?? null) !== replaces && there?.hash !== hash) throw draftChanged(there);
  if (base !== undefined) await refuseUnpublished(tx, program, base);
  const form = JSON.stringify(canonicalForm(file));
  const values = [program, form, hash, base ?? null, by, new Date(now)];
  const [row] = await tx.prepared<{ base_version: number }>('draft_save', SAVE, values);
  return { file, hash, base: row?.base_version ?? 0, by, at: now };
}

/** Lets the draft go, when it is still the one that was seen. @throws AppError `draft_changed` (409) */
export async function discardDraft(tx: Tx, program: string, seen: string): Promise<void> {
  await lockProgram(tx, program);
  const there = await readDraft(tx, program);
  if (there === null) return;
  if (there.hash !== seen) throw draftChanged(there);
  await tx.prepared('draft_discard', 'delete from draft where program_id = $1', [program]);
}

/** What stands there now is not what the writer saw. */
export function draftChanged(there: KeptDraft | null): AppError {
  if (there === null)
    return new AppError(
      'draft_changed',
      409,
      'There is no draft any more: it was published or let go. Read the program, and begin a draft anew (`replaces: null`).',
      { hash: null },
    );
  const { hash, by, base, author } = there;
  const at = new Date(there.at).toISOString();
  return new AppError(
    'draft_changed',
    409,
    `The draft was changed meanwhile, by ${author ?? by} at ${at}. Read it again, and save with \`replaces\` set to its hash.`,
    { hash, by, author, at, base },
  );
}

async function refuseUnpublished(tx: Tx, program: string, version: number): Promise<void> {
  const rows = await tx.prepared('draft_base', 'select from rule_set where program_id = $1 and version = $2', [
    program,
    version,
  ]);
  if (rows.length === 0)
    throw new AppError(
      'no_such_version',
      404,
      `Version ${version} was never published: a draft begins at one that was.`,
    );
}
