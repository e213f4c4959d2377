import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** Points that one shop gave and another (or itself) took for rewards within a period. */
export interface Cleared {
  unit: string;
  /** The store whose order gave them; null = no order did: joining, reviews, gifts, what is still owed. */
  gave: string | null;
  /** The store at which they were used. */
  took: string;
  points: bigint;
  redemptions: number;
}

/**
 * A redemption belongs to the period in which it was first used, by its member or by whoever became one with them since; what stands behind it is what stands now, so that a return
 * moves the figure of the period it is about. Its uses bear its key, that of a further order behind an `@` (which is less than
 * `A`). What no lot covers is owed by the member: no shop's yet, until the next points pay for it.
 */
export const CLEARING = `
  with used as (
    select distinct t.cause from transfer t
    left join lateral (select true as before from member s
      join member m on m.program_id = $1 and (m.id = coalesce(s.merged_into, s.id) or m.merged_into = coalesce(s.merged_into, s.id))
      join transfer e on e.program_id = $1 and e.member_id = m.id and e.cause = t.cause
      where s.program_id = $1 and s.id = t.member_id and e.to_account = 'redeemed' and e.at < $2 limit 1) e on true
    where t.program_id = $1 and t.at >= $2 and t.at < $3 and t.to_account = 'redeemed' and t.cause like 'redemption:%'
      and e.before is null
  ), taken as (
    select r.id, r.unit, r.store_id as took, r.net_points, coalesce(m.merged_into, m.id) as member, u.cause
    from used u
    cross join lateral (
      select * from redemption where program_id = $1 and id = substr(u.cause, 12)::uuid and state = 'captured' offset 0
    ) r
    join member m on m.program_id = $1 and m.id = r.member_id
  ), drawn as (
    select t.id, t.unit, t.took, case when l.lot like 'order:%' then split_part(substr(l.lot, 7), '/', 1)::bigint end as gave, l.points
    from taken t
    join lot_use l on l.program_id = $1 and l.member_id = t.member and l.unit = t.unit
      and l.spending >= t.cause and l.spending < t.cause || 'A' and l.points > 0
  ), owed as (
    select t.id, t.unit, t.took, null::bigint as gave, t.net_points - coalesce(d.points, 0) as points
    from taken t left join (select id, sum(points) as points from drawn group by id) d on d.id = t.id
  )
  select unit, gave, took, sum(points) as points, count(distinct id)::int as redemptions
  from (select * from drawn union all select * from owed where points > 0) all_of_it
  group by unit, gave, took order by unit, took, gave nulls last`;

/** Who gave the points that were used in a period, and who took them. */
export async function readClearing(
  tx: Tx,
  program: string,
  { from, to }: { from: Millis; to: Millis },
): Promise<Cleared[]> {
  const rows = await tx.prepared<Omit<Cleared, 'points'> & { points: string }>('report_clearing', CLEARING, [
    ...[program, new Date(from), new Date(to)],
  ]);
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}
