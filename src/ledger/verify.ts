import type { Database } from '../db/database.js';
import { inTransaction } from '../db/database.js';
import { INVARIANTS } from './invariants.js';
import type { Rule } from './invariants.js';

/** A promise that does not hold: how many rows break it, and the first of them, as it stands in the database. */
export interface Violation {
  program: string;
  rule: Rule;
  /** The promise in words. */
  says: string;
  count: number;
  first: Record<string, unknown>;
}

export interface VerifyProgress {
  program: string;
  rule: Rule;
  /** Checks finished and in all. */
  done: number;
  total: number;
}

/**
 * Checks every invariant on a live database, program by program, each with one set-based query on a snapshot of its own:
 * it changes nothing and makes nobody wait. An empty list = all holds.
 */
export async function verify(
  db: Database,
  { onProgress, program }: { onProgress?: (progress: VerifyProgress) => void; program?: string } = {},
): Promise<Violation[]> {
  const programs = program === undefined ? await allPrograms(db) : [program];
  const total = programs.length * INVARIANTS.length;
  const violations: Violation[] = [];
  let done = 0;
  for (const id of programs) {
    for (const { rule } of INVARIANTS) {
      const violation = await verifyRule(db, id, rule);
      if (violation) violations.push(violation);
      onProgress?.({ program: id, rule, done: ++done, total });
    }
  }
  return violations;
}

/** Checks one invariant of one program, as `verify` does; null = it holds. */
export async function verifyRule(db: Database, program: string, wanted: Rule): Promise<Violation | null> {
  const found = INVARIANTS.find(({ rule }) => rule === wanted);
  if (!found) throw new Error(`there is no invariant ${wanted}`);
  const { rule, says, sql } = found;
  const [bad] = await inTransaction(db, { programs: [program] }, async (tx) => {
    // a program with years of history may take its time, and its plans must know how much there is
    await tx.prepared(
      'verify_patience',
      "select set_config('statement_timeout', '0', true), set_config('plan_cache_mode', 'auto', true)",
      [],
    );
    return tx.prepared<Record<string, unknown> & { breaches: string }>(`verify_${rule}`, counted(sql), [program]);
  });
  if (!bad) return null;
  const { breaches, ...first } = bad;
  return { program, rule, says, count: Number(breaches), first };
}

const counted = (sql: string) => `select bad.*, count(*) over () as breaches from (${sql}) bad limit 1`;

async function allPrograms(db: Database): Promise<string[]> {
  const rows = await inTransaction(db, 'intake', (tx) =>
    tx.prepared<{ id: string }>('verify_programs', 'select id from program order by id', []),
  );
  return rows.map((row) => row.id);
}
