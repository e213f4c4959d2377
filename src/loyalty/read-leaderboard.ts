import type { Tx } from '../db/database.js';
import type { Leaderboard, Period } from '../rules/leaderboards.js';

/** A line of a leaderboard. */
export interface Standing {
  rank: number;
  member: string;
  /** The member's id as the outside knows it. */
  publicId: string;
  name: string;
  score: string;
}

export interface Standings {
  /** How many have anything to be listed for. */
  listed: number;
  /** The first of them, and those around one, in the order of their ranks. */
  lines: Standing[];
}

/**
 * What each kind counts of one member `s` from $2 until just before $3; $4 = the unit. `reached` = the instant at which the score
 * was complete. Asked a member at a time, by the indexes that begin with the member: those who agreed are few of many.
 */
const SCORES = {
  points: `
    select sum(l.given) as score, max(l.earned_at) as reached from lot l
    where l.program_id = s.program_id and l.member_id = s.member_id and l.unit = $4
      and l.earned_at >= $2 and l.earned_at < $3 and l.of not like 'adjust:%' and l.of not like 'place:%'`,
  orders: `
    select count(*) as score, max(o.placed_at) as reached from order_state o
    join decision d on d.program_id = o.program_id and d.activity = 'order:' || o.store_id || '/' || o.order_id
      and d.reason in ('earned', 'zero-base', 'rounds-to-zero', 'no-rule')
    where o.program_id = s.program_id and o.member_id = s.member_id and o.placed_at >= $2 and o.placed_at < $3
      and not o.removed and $4::text is not null`,
  goals: `
    select count(*) as score, max(g.reached) as reached from (
      select coalesce((select min(l.earned_at) from lot l
        where l.program_id = d.program_id and l.member_id = d.member_id and l.of = d.activity), d.decided_at) as reached
      from decision d where d.program_id = s.program_id and d.member_id = s.member_id
        and d.activity like 'goal:%' and d.reason = 'earned'
    ) g where g.reached >= $2 and g.reached < $3 and $4::text is not null`,
} as const satisfies Record<Leaderboard['by'], string>;

const statement = (by: Leaderboard['by']): string => `
  with ranked as (
    select s.member_id, m.public_id, s.name, c.score,
      row_number() over (order by c.score desc, c.reached, s.member_id) as rank, count(*) over () as listed
    from shown_name s join member m on m.program_id = s.program_id and m.id = s.member_id and m.status = 'active'
    cross join lateral (${SCORES[by]}) c
    where s.program_id = $1 and c.score > 0
  )
  select r.rank::int, r.member_id as member, r.public_id as "publicId", r.name, r.score::text, r.listed::int
  from ranked r
  where r.rank <= $5 or abs(r.rank - (select rank from ranked where member_id = $6)) <= $7
  order by r.rank`;

/** By kind; a test asks for their plans. */
export const STANDINGS: Readonly<Record<Leaderboard['by'], string>> = {
  points: statement('points'),
  orders: statement('orders'),
  goals: statement('goals'),
};

/**
 * Who is where: the first `top`, and `around` places on either side of a member who is listed. Equal scores stand in the order
 * in which they were reached, then of joining. Points are those that stand: what was returned is gone from them, what was given
 * by hand or for a place never counts.
 */
export async function readStandings(
  tx: Tx,
  program: string,
  { by, unit = 'points' }: Leaderboard,
  { from, to }: Period,
  show: { top: number; member?: string | null; around?: number },
): Promise<Standings> {
  const { top, member = null, around = 0 } = show;
  const until = to === null ? 'infinity' : new Date(to);
  const rows = await tx.prepared<Standing & { listed: number }>(`loyalty_standings_${by}`, STANDINGS[by], [
    ...[program, new Date(from), until, unit],
    ...[top, member, around],
  ]);
  return { listed: rows[0]?.listed ?? 0, lines: rows.map(({ listed: _, ...line }) => line) };
}
