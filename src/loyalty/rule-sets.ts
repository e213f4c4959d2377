import { sql } from 'kysely';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { RuleVersion } from '../rules/known.js';
import { programRules } from '../rules/program-rules.js';

/** Parsed published versions. They never change, so an entry is never wrong; a program has few. */
const parsed = new Map<string, RuleVersion>();

const VERSIONS = `
  select program_id, version, published_at from rule_set where program_id = any($1::bigint[]) order by program_id, version`;

/**
 * The published rule versions of each program, ascending. One cheap query a batch tells which versions exist; their
 * bodies are read once a process.
 */
export async function ruleVersions(tx: Tx, programs: readonly string[]): Promise<Map<string, RuleVersion[]>> {
  const rows = await tx.prepared<{ program_id: string; version: number; published_at: Date }>(
    'loyalty_rule_versions',
    VERSIONS,
    [programs],
  );
  const missing = rows.filter((row) => !parsed.has(cacheKey(row)));
  if (missing.length > 0) await readBodies(tx, [...new Set(missing.map((row) => row.program_id))]);
  const versions = new Map<string, RuleVersion[]>();
  for (const row of rows) {
    const version = parsed.get(cacheKey(row));
    if (version) versions.set(row.program_id, [...(versions.get(row.program_id) ?? []), version]);
  }
  return versions;
}

/** The instant of publication is part of the key, so that two databases used by one process are never mixed up. */
function cacheKey(row: { program_id: string; version: number; published_at: Date }): string {
  return `${row.program_id}/${row.version}/${row.published_at.toISOString()}`;
}

async function readBodies(tx: Tx, programs: string[]): Promise<void> {
  const { rows } = await sql<{
    program_id: string;
    version: number;
    in_force_from: Date;
    published_at: Date;
    rules: unknown;
  }>`
    select program_id, version, in_force_from, published_at, rules from rule_set
    where program_id = any(${programs}::bigint[])
  `.execute(tx);
  for (const row of rows) {
    parsed.set(cacheKey(row), {
      version: row.version,
      from: row.in_force_from.getTime(),
      rules: programRules.parse(row.rules),
    });
  }
}

/** The rule set in force at an instant: the last that had begun, or the first of all before that. */
export function inForce(versions: readonly RuleVersion[], at: Millis): RuleVersion {
  let found = versions[0];
  for (const version of versions) if (version.from <= at) found = version;
  if (!found) throw new AppError('no_rules', 409, 'This program has no published rules yet: publish a rule set first.');
  return found;
}
