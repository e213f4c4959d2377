import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { compile } from '../rules/compile.js';
import { awardedAt, type Leaderboard, type Period, periodsEnded, placeOf } from '../rules/leaderboards.js';
import { readStandings } from './read-leaderboard.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { settleMembers } from './settle-members.js';

const PROGRAMS = 'select distinct program_id as program from shown_name order by 1';

/** The programs in which somebody agreed to be shown. Scope: intake. */
export async function programsWithNames(tx: Tx): Promise<string[]> {
  const rows = await tx.prepared<{ program: string }>('loyalty_programs_with_names', PROGRAMS, []);
  return rows.map(({ program }) => program);
}

const FIRST = 'select min(agreed_at) as at from shown_name where program_id = $1';
/** A service that stood still for longer awards no more for what ended before. */
const LOOKS_BACK_MS = 400 * 86_400_000;

/**
 * Gives for the places of every period that has ended, by the rules in force at its end; gives how many places. A period is
 * closed once: whoever writes its row gives for it, and what changes afterwards moves nobody.
 */
export async function awardPlaces(tx: Tx, program: string, now: Millis, shards: number): Promise<number> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  if (!versions.some(({ rules }) => rules.leaderboards?.some(({ award }) => award))) return 0;
  const [first] = await tx.prepared<{ at: Date | null }>('loyalty_first_name', FIRST, [program]);
  const since = Math.max(first?.at?.getTime() ?? now, now - LOOKS_BACK_MS);
  let places = 0;
  for (const { rules } of versions) {
    const { calendar } = compile(rules);
    for (const board of rules.leaderboards ?? []) {
      for (const period of periodsEnded(board, calendar, since, now)) {
        const last = (period.to ?? now) - 1;
        const due = awardedAt(board, calendar, last + 1) <= now && inForce(versions, last).rules === rules;
        if (board.award && due) places += await close(tx, program, board, period, { last, now, shards });
      }
    }
  }
  return places;
}

const CLOSE = `
  insert into leaderboard_end (program_id, board, period, ended_at) values ($1, $2, $3, $4)
  on conflict do nothing returning 1`;

const NOTE = `
  insert into activity (program_id, kind, key, member_id, subject, at, facts)
  select $1, 'place', x.key, x.member_id, x.of, $6, jsonb_build_object('score', x.score)
  from unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) x(key, member_id, of, score) order by x.key
  on conflict (program_id, kind, key) do nothing`;

async function close(
  tx: Tx,
  program: string,
  board: Leaderboard,
  period: Period,
  { last, now, shards }: { last: Millis; now: Millis; shards: number },
): Promise<number> {
  const ours = await tx.prepared('loyalty_end_period', CLOSE, [program, board.id, period.label, new Date(last + 1)]);
  if (ours.length === 0) return 0;
  const { lines } = await readStandings(tx, program, board, period, { top: board.award?.gives.length ?? 0 });
  if (lines.length === 0) return 0;
  await tx.prepared('loyalty_note_places', NOTE, [
    program,
    lines.map(({ rank }) => `${board.id}/${period.label}/${rank}`),
    lines.map(({ member }) => member),
    lines.map(({ rank }) => placeOf(board.id, rank)),
    lines.map(({ score }) => score),
    // the last instant of the period: by its rules, and before whatever comes after it
    new Date(last),
  ]);
  const members = lines.map(({ member }) => ({ program, member }));
  await settleMembers(tx, members, now, shards);
  return lines.length;
}

const PLACES = `
  select split_part(substr(a.key, length($2) + 2), '/', 1) as period, split_part(a.subject, '#', -1)::int as rank,
    m.public_id as member, s.name, a.facts ->> 'score' as score, d.gives
  from activity a join member m on m.program_id = a.program_id and m.id = a.member_id
  left join shown_name s on s.program_id = a.program_id and s.member_id = a.member_id
  left join lateral (
    select gives from decision d where d.program_id = a.program_id and d.activity = 'place:' || a.key limit 1) d on true
  where a.program_id = $1 and a.kind = 'place' and a.subject = $2 || '#' || split_part(a.subject, '#', -1)
  order by a.at desc, rank limit $3`;

/** A place that was given for. `name` null = the member is shown no more. */
export interface GivenPlace {
  period: string;
  rank: number;
  member: string;
  name: string | null;
  score: string;
  gives: Record<string, string> | null;
}

/** The places of a leaderboard's ended periods, the newest period first. */
export async function givenPlaces(tx: Tx, program: string, board: string, limit: number): Promise<GivenPlace[]> {
  return tx.prepared<GivenPlace>('loyalty_given_places', PLACES, [program, board, limit]);
}
