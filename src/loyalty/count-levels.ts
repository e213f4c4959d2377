import { type Database, type Tx, inTransaction } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { Calendar, dayNumber } from '../rules/calendar.js';
import { judge } from '../rules/judged.js';
import type { RuleVersion } from '../rules/known.js';
import { type LevelHistory, levelHistory } from '../rules/level-changes.js';
import { versionAt } from '../rules/versions.js';
import { asOf } from './as-of.js';
import { gatherKnown } from './gather-known.js';
import { inForce, ruleVersions } from './rule-sets.js';

/** How a member came to a level; `kept` = it is no longer earned, and held by grace until `until`. */
export const LEVEL_MOVES = ['joined', 'rose', 'fell', 'kept', 'ruled'] as const;
export type LevelMoveKind = (typeof LEVEL_MOVES)[number];

interface LevelMove {
  at: Millis;
  kind: LevelMoveKind;
  was: string | null;
  level: string | null;
  until: Millis | null;
}

/** What is kept of one member: how they came to their level, and when it falls. */
interface Counted {
  /** In order of time. */
  moves: LevelMove[];
  falls: Millis | null;
}

const PAGE = 200;
const COUNTED = 'select counted_at from level_count where program_id = $1';
const COUNT = `
  insert into level_count (program_id, counted_at, members) values ($1, $2, $3)
  on conflict (program_id) do update set counted_at = excluded.counted_at, members = excluded.members`;

/** Whether levels have to be counted: once a day of the shop, and anew when other rules came into force since. */
export async function countIsDue(tx: Tx, program: string, now: Millis): Promise<boolean> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  if (!versions.some(({ rules }) => rules.tiers)) return false;
  const { rules, from } = inForce(versions, now);
  const [last] = await tx.prepared<{ counted_at: Date }>('levels_counted', COUNTED, [program]);
  if (!last) return true;
  const calendar = Calendar.of(rules.zone);
  const { year, month, day } = calendar.wallClock(now);
  return last.counted_at.getTime() < Math.max(calendar.startOf(dayNumber(year, month, day)), from);
}

/**
 * Works out of all that is known on which level every member stands and how they came there, and keeps what differs from the last
 * count; page by page, each its own transaction. Gives how many members there are; null when it was cut short.
 */
export async function countLevels(
  db: Database,
  program: string,
  now: Millis,
  leaving?: AbortSignal,
): Promise<number | null> {
  let members = 0;
  for (let after = '0'; ;) {
    if (leaving?.aborted) return null;
    const page = await inTransaction(db, { programs: [program] }, (tx) => countPage(tx, program, after, now));
    members += page.members;
    if (page.last === null) break;
    after = page.last;
  }
  await inTransaction(db, { programs: [program] }, (tx) =>
    tx.prepared('levels_note_count', COUNT, [program, new Date(now), members]),
  );
  return members;
}

const MEMBERS = `
  select id, merged_into is null as remains from member
  where program_id = $1 and id > $2 and status <> 'bearer' order by id limit $3`;

async function countPage(
  tx: Tx,
  program: string,
  after: string,
  now: Millis,
): Promise<{ members: number; last: string | null }> {
  const rows = await tx.prepared<{ id: string; remains: boolean }>('levels_page', MEMBERS, [program, after, PAGE]);
  const versions = (await ruleVersions(tx, [program])).get(program);
  const last = rows.at(-1)?.id ?? null;
  if (last === null || !versions) return { members: 0, last: null };
  const remaining = rows.flatMap(({ id, remains }) => (remains ? [id] : []));
  const { known } = await gatherKnown(tx, program, versions, remaining);
  const judged = judge(known, asOf(known, now));
  const counted = new Map(
    remaining.map((member): [string, Counted] => {
      const history = levelHistory(judged, member);
      return [member, { moves: movesOf(history, versions), falls: history.falls }];
    }),
  );
  await keep(
    tx,
    program,
    rows.map(({ id }) => id),
    counted,
  );
  return { members: remaining.length, last };
}

/** What became of a level, in order; whoever joined a program without levels has not been on any. */
function movesOf({ joined, first, changes, graces }: LevelHistory, versions: RuleVersion[]): LevelMove[] {
  const moves: LevelMove[] = [
    { at: joined, kind: 'joined', was: null, level: first, until: null },
    ...changes.map(({ at, from, to, why }): LevelMove => {
      const rises = placeOf(versions, at, to) > placeOf(versions, at, from);
      return { at, kind: why === 'rules' ? 'ruled' : rises ? 'rose' : 'fell', was: from, level: to, until: null };
    }),
    ...graces.map(({ at, level, until }): LevelMove => ({ at, kind: 'kept', was: level, level, until })),
  ];
  // a change comes before the grace that begins with it
  return moves.sort((a, b) => a.at - b.at);
}

const placeOf = (versions: RuleVersion[], at: Millis, level: string | null): number =>
  versionAt(versions, at).rules.tiers?.levels.findIndex(({ id }) => id === level) ?? -1;

const KEPT = `
  select member_id as member, (extract(epoch from at) * 1000)::float8 as at, kind, was, level,
    (extract(epoch from until) * 1000)::float8 as until
  from level_move where program_id = $1 and member_id = any($2::bigint[]) order by member_id, nth`;
const STANDING = `
  select member_id as member, (extract(epoch from falls_at) * 1000)::float8 as falls from member_level
  where program_id = $1 and member_id = any($2::bigint[])`;
const FORGET_MOVES = 'delete from level_move where program_id = $1 and member_id = any($2::bigint[])';
const KEEP_MOVES = `
  insert into level_move (program_id, member_id, nth, at, kind, was, level, until)
  select $1, x.* from unnest($2::bigint[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::timestamptz[]) x`;
const FORGET_LEVELS = 'delete from member_level where program_id = $1 and member_id = any($2::bigint[])';
const KEEP_LEVELS = `
  insert into member_level (program_id, member_id, level, falls_at)
  select $1, x.* from unnest($2::bigint[], $3::text[], $4::timestamptz[]) x
  on conflict (program_id, member_id) do update set level = excluded.level, falls_at = excluded.falls_at`;

/** Writes only of whom something differs: most members do not move. Who was merged into another stands nowhere. */
async function keep(
  tx: Tx,
  program: string,
  members: readonly string[],
  counted: ReadonlyMap<string, Counted>,
): Promise<void> {
  const before = await readKept(tx, program, members);
  const differing = members.filter((member) => textOf(before.get(member)) !== textOf(counted.get(member)));
  if (differing.length === 0) return;
  const moves = differing.flatMap((member) =>
    (counted.get(member)?.moves ?? []).map((move, nth) => ({ ...move, member, nth })),
  );
  const stands = differing.flatMap((member) => {
    const { moves: all = [], falls = null } = counted.get(member) ?? {};
    const level = all.at(-1)?.level ?? null;
    return level === null ? [] : [{ member, level, falls }];
  });
  const standing = new Set(stands.map(({ member }) => member));
  await tx.prepared('levels_forget_moves', FORGET_MOVES, [program, differing]);
  await tx.prepared('levels_keep_moves', KEEP_MOVES, [
    ...[program, moves.map(({ member }) => member), moves.map(({ nth }) => nth), moves.map(({ at }) => instant(at))],
    ...[moves.map(({ kind }) => kind), moves.map(({ was }) => was), moves.map(({ level }) => level)],
    moves.map(({ until }) => instant(until)),
  ]);
  await tx.prepared('levels_forget', FORGET_LEVELS, [program, differing.filter((member) => !standing.has(member))]);
  await tx.prepared('levels_keep', KEEP_LEVELS, [
    ...[program, stands.map(({ member }) => member), stands.map(({ level }) => level)],
    stands.map(({ falls }) => instant(falls)),
  ]);
}

const instant = (at: Millis | null): Date | null => (at === null ? null : new Date(at));

async function readKept(tx: Tx, program: string, members: readonly string[]): Promise<Map<string, Counted>> {
  const rows = await tx.prepared<LevelMove & { member: string }>('levels_kept', KEPT, [program, members]);
  const standing = await tx.prepared<{ member: string; falls: number | null }>('levels_standing', STANDING, [
    ...[program, members],
  ]);
  const falls = new Map(standing.map((row) => [row.member, row.falls]));
  const kept = new Map<string, Counted>();
  for (const { member, ...move } of rows) {
    const found = kept.get(member);
    if (found) found.moves.push(move);
    else kept.set(member, { moves: [move], falls: falls.get(member) ?? null });
  }
  return kept;
}

const textOf = (counted: Counted | undefined): string =>
  JSON.stringify([
    (counted?.moves ?? []).map(({ at, kind, was, level, until }) => [Math.round(at), kind, was, level, until]),
    counted?.falls ?? null,
  ]);
