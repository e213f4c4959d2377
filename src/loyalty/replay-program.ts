import { type Database, type Tx, inTransaction } from '../db/database.js';
import { differences, postedTotals } from '../ledger/posted-totals.js';
import type { Posting } from '../ledger/postings.js';
import type { Millis } from '../lib/clock.js';
import { closedGroups } from '../rules/closed-groups.js';
import { replay } from '../rules/replay.js';
import { asOf } from './as-of.js';
import { gatherKnown } from './gather-known.js';
import { ruleVersions } from './rule-sets.js';

export interface ReplayReport {
  members: number;
  /** Postings that would bring the ledger to the replay: none when live and replayed agree. */
  differences: Posting[];
}

const PAGE = 200;

/**
 * Rebuilds the books of every member of a program from all that is known and compares them with the ledger (T4). Changes
 * nothing. Lots that matured or ended since the last sweep are not differences.
 */
export async function replayProgram(
  db: Database,
  program: string,
  now: Millis,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ReplayReport> {
  const report: ReplayReport = { members: 0, differences: [] };
  const total = await inTransaction(db, { programs: [program] }, (tx) => countMembers(tx, program));
  for (let after = '0'; ;) {
    const page = await inTransaction(db, { programs: [program] }, (tx) => replayPage(tx, program, after, now));
    if (page.last === null) return report;
    report.members += page.members;
    report.differences.push(...page.differences);
    after = page.last;
    onProgress(report.members, total);
  }
}

async function countMembers(tx: Tx, program: string): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>(
    'loyalty_count_members',
    "select count(*)::int as n from member where program_id = $1 and status <> 'bearer'",
    [program],
  );
  return row?.n ?? 0;
}

async function replayPage(
  tx: Tx,
  program: string,
  after: string,
  now: Millis,
): Promise<ReplayReport & { last: string | null }> {
  const rows = await tx.prepared<{ id: string }>(
    'loyalty_page_members',
    "select id from member where program_id = $1 and id > $2 and status <> 'bearer' order by id limit $3",
    [program, after, PAGE],
  );
  const seeds = rows.map((row) => row.id);
  const last = seeds.at(-1) ?? null;
  const rules = (await ruleVersions(tx, [program])).get(program);
  if (last === null || !rules) return { members: 0, differences: [], last: null };
  const { known, family } = await gatherKnown(tx, program, rules, seeds);
  const asked = new Set(seeds);
  const moves = closedGroups(known)
    .flatMap((group) => replay(group, asOf(group, now)).moves)
    .filter((move) => family.has(move.member) && asked.has(move.member));
  const posted = await postedTotals(
    tx,
    seeds.map((member) => ({ program, member })),
  );
  const found = differences(
    moves.map((move) => ({ program, ...move })),
    posted,
    now,
  ).filter(({ kind }) => kind !== 'mature' && kind !== 'expire');
  return { members: seeds.length, differences: found, last };
}
