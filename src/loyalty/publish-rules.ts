import { sql } from 'kysely';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { askToRejudge } from './rejudge-members.js';
import { ruleVersions } from './rule-sets.js';

/**
 * Publishes a rule set as the next version, in force from `from`. Published versions are never changed again. One that reaches
 * back, or that changes what happens by itself, has the members concerned settled soon (rejudge-members.ts). `about` = what the
 * version has beside its rules (name, names, examples); null = as the version before.
 */
export async function publishRules(
  tx: Tx,
  program: string,
  rules: ProgramRules,
  from: Millis,
  now: Millis,
  about: object | null = null,
): Promise<number> {
  const before = (await ruleVersions(tx, [program])).get(program) ?? [];
  await askToRejudge(tx, program, before, { rules, from }, now);
  const { rows } = await sql<{ version: number }>`
    insert into rule_set (program_id, version, in_force_from, rules, about)
    select ${program}::bigint, coalesce(max(version), 0) + 1, ${new Date(from)}, ${JSON.stringify(rules)}::jsonb,
      coalesce(${about && JSON.stringify(about)}::jsonb, (array_agg(about order by version desc))[1], '{}')
    from rule_set where program_id = ${program}::bigint
    returning version
  `.execute(tx);
  return rows[0]?.version ?? 1;
}
