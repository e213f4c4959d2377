import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { standingTotals } from '../ledger/standing-totals.js';
import { gatherKnown } from '../loyalty/gather-known.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';
import { closedGroups } from '../rules/closed-groups.js';
import { judge } from '../rules/judged.js';
import type { RuleVersion } from '../rules/known.js';
import { standingNow } from '../rules/standing.js';
import type { DryRun } from './report.js';

/** How many have which level: `level/told` (both as JSON). */
export type Levels = Map<string, number>;

const OF_PART = `
  select l.member_id as member, l.level as told from import_line l
  where l.program_id = $1 and l.import_id = $2 and l.line = any($3::int[])`;

/** Adds the levels that the members of some rows have: a balance that is brought moves nobody to another. */
export async function countLevels(
  tx: Tx,
  program: string,
  id: string,
  lines: readonly number[],
  now: Millis,
): Promise<{ level: string | null; told: string | null; members: number }[]> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  if (!inForce(versions, now).rules.tiers) return [];
  const rows = await tx.prepared<{ member: string | null; told: string | null }>('import_levels', OF_PART, [
    program,
    id,
    lines,
  ]);
  const levelOf = await levelsOf(
    tx,
    program,
    versions,
    rows.flatMap(({ member }) => member ?? []),
    now,
  );
  const counted: Levels = new Map();
  const first = levelOfNobody(versions, now);
  for (const { member, told } of rows) {
    const key = JSON.stringify([member === null ? first : (levelOf.get(member) ?? null), told]);
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return [...counted].map(([key, members]) => {
    const [level, told] = JSON.parse(key) as [string | null, string | null];
    return { level, told, members };
  });
}

async function levelsOf(
  tx: Tx,
  program: string,
  versions: RuleVersion[],
  members: readonly string[],
  now: Millis,
): Promise<Map<string, string | null>> {
  if (members.length === 0) return new Map();
  const { known } = await gatherKnown(tx, program, versions, members);
  return new Map(
    closedGroups(known).flatMap((group) => {
      const judged = judge(group, now);
      return group.members.map(({ id }) => [id, standingNow(judged, id).tier] as const);
    }),
  );
}

/** Of somebody who begins. */
function levelOfNobody(rules: RuleVersion[], now: Millis): string | null {
  const [nobody] = [{ id: '1', joined: now, mailbox: null, phone: null, birthdays: [], brought: true as const }];
  const none = { links: [], claims: [], merges: [], orders: [], reviews: [], referrals: [] };
  const known = { rules, members: [nobody], ...none, ...{ reservations: [], adjustments: [], visits: [], deeds: [] } };
  return standingNow(judge(known, now), '1').tier;
}

const SUMS = `
  select count(*)::int as usable, (count(*) filter (where member_id is not null))::int as known,
    coalesce(sum(points), 0)::text as points, coalesce(sum(points) filter (where ends is not null), 0)::text as ending
  from import_line where program_id = $1 and import_id = $2`;
const PROBLEMS = `
  select reason, count(*)::int as n from import_problem where program_id = $1 and import_id = $2 group by reason order by n desc, reason`;

/** What the checked rows come to. `levels` = those counted part by part. */
export async function sumUp(
  tx: Tx,
  program: string,
  { id, rows, unit }: { id: string; rows: number; unit: string },
  levels: DryRun['levels'],
): Promise<DryRun> {
  const [sums] = await tx.prepared<{ usable: number; known: number; points: string; ending: string }>(
    'import_sums',
    SUMS,
    [program, id],
  );
  const { usable = 0, known = 0, points = '0', ending = '0' } = sums ?? {};
  const problems = await tx.prepared<{ reason: string; n: number }>('import_problem_sums', PROBLEMS, [program, id]);
  const before = (await standingTotals(tx, program))[unit] ?? '0';
  return {
    ...{ rows, usable, known, fresh: usable - known },
    problems: Object.fromEntries(problems.map(({ reason, n }) => [reason, n])),
    points: { file: points, before, after: `${BigInt(before) + BigInt(points)}`, ending },
    levels: merged(levels),
  };
}

function merged(levels: DryRun['levels']): DryRun['levels'] {
  const sums = new Map<string, DryRun['levels'][number]>();
  for (const one of levels) {
    const key = JSON.stringify([one.level, one.told]);
    sums.set(key, { ...one, members: (sums.get(key)?.members ?? 0) + one.members });
  }
  return [...sums.values()].sort((a, b) => b.members - a.members).slice(0, 100);
}
