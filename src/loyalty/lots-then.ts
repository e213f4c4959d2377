import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Known } from '../rules/known.js';
import { drawingOrder } from '../rules/lots.js';
import { replay } from '../rules/replay.js';
import type { OpenLot } from './read-member.js';
import type { MemberRef } from './settle-members.js';

/** What was left of each lot by the lines of the books until $3, with what its row says now. */
export const LOTS_THEN = `
  with family as (select id from member where program_id = $1 and (id = $2 or merged_into = $2)), standing as (
    select t.unit, t.lot, sum(side.points) as left, coalesce(sum(side.points) filter (where side.account = 'pending'), 0) as pending
    from transfer t cross join lateral (values
      (t.to_member, t.to_account, t.points), (t.from_member, t.from_account, -t.points)) side(member, account, points)
    where t.program_id = $1 and t.member_id in (select id from family) and t.at <= $3
      and side.account in ('available', 'pending') and side.member in (select id from family)
    group by t.unit, t.lot having sum(side.points) > 0
  )
  select s.unit, s.lot as of, s.left, s.pending, l.given, l.earned_at, l.usable_at, l.ends_at
  from standing s cross join lateral (
    select lot.given, (extract(epoch from earned_at) * 1000)::bigint as earned_at, (extract(epoch from usable_at) * 1000)::bigint as usable_at,
      case when ends_at < 'infinity' then (extract(epoch from ends_at) * 1000)::bigint end as ends_at
    from lot where program_id = $1 and member_id in (select id from family) and lot.unit = s.unit and lot.of = s.lot
    order by lot.given desc limit 1
  ) l`;

interface Row {
  unit: string;
  of: string;
  left: string;
  pending: string;
  given: string;
  earned_at: string;
  usable_at: string;
  ends_at: string | null;
}

/**
 * The lots that had something left at an instant, by the books: they add up to the balances of then (T4). What they gave and
 * their dates are as they stand now.
 */
export async function readLotsThen(tx: Tx, { program, member }: MemberRef, at: Millis): Promise<OpenLot[]> {
  const rows = await tx.prepared<Row>('member_lots_then', LOTS_THEN, [program, member, new Date(at)]);
  return rows.map(({ unit, of, ...row }) => ({
    ...{ program, member, unit, of, given: BigInt(row.given), left: BigInt(row.left), matured: row.pending === '0' },
    earned: Number(row.earned_at),
    usable: Number(row.usable_at),
    ends: row.ends_at === null ? null : Number(row.ends_at),
  }));
}

/**
 * The same with what they had given by then and the dates that they had, in the order in which they would have been used: what a
 * member does puts some ends off, and what was done since does not count.
 */
export function datedAsOf(lots: readonly OpenLot[], known: Known, at: Millis): OpenLot[] {
  const keyOf = ({ unit, of }: { unit: string; of: string }) => `${unit}\n${of}`;
  const then = new Map(replay(known, at).lots.flatMap((lot) => (lot.left > 0n ? [[keyOf(lot), lot] as const] : [])));
  return lots
    .map((lot) => {
      const { given, usable, ends } = then.get(keyOf(lot)) ?? lot;
      return { ...lot, given, usable, ends };
    })
    .sort(
      (a, b) =>
        a.unit.localeCompare(b.unit) ||
        Number(b.matured) - Number(a.matured) ||
        (a.matured ? 0 : a.usable - b.usable) ||
        drawingOrder(a, b),
    );
}
