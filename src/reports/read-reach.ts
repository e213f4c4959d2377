import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { ABLE, DEEDS, type Price, priceValues } from '../loyalty/reach.js';

/** How many were members at an instant, and how many of them had earned or used points within the days before it. */
export interface Reach {
  at: Millis;
  members: number;
  active: number;
}

/**
 * Each deed makes its member active from then on for so long, or until their next one, so that nobody is counted twice: who begins to be
 * active between two of the instants ($4), and who ends. Summed up, they are who is active at each.
 */
export const ACTIVE = `
  with deed as (
    select t.at, least(t.at + $5::interval, lead(t.at) over (partition by t.member_id order by t.at)) as until
    from transfer t join member m on m.program_id = $1 and m.id = t.member_id and m.status = 'active'
    where t.program_id = $1 and t.at >= $2 and t.at < $3 and ${DEEDS}
  ), told as (
    select width_bucket(at, $4::timestamptz[]) as nth, width_bucket(until, $4::timestamptz[]) as after from deed
  )
  select nth, sum(n)::int as n from (
    select nth, 1 as n from told where after > nth union all select after, -1 from told where after > nth
  ) steps group by 1`;

const MEMBERS = `
  select width_bucket(joined_at, $2::timestamptz[]) as nth, count(*)::int as n from member
  where program_id = $1 and status = 'active' group by 1`;

const HOUR_MS = 3_600_000;

/** The share of members who do something, at each of some instants (in order). Who left since is in none of the figures. */
export async function readReach(
  tx: Tx,
  program: string,
  { instants, days }: { instants: readonly Millis[]; days: number },
): Promise<Reach[]> {
  const [first = 0, last = 0] = [instants[0], instants.at(-1)];
  const ends = instants.map((at) => new Date(at));
  const begins = new Date(first - days * 24 * HOUR_MS);
  const active = await tx.prepared<Step>('report_active', ACTIVE, [
    ...[program, begins, new Date(last), ends, `${days * 24} hours`],
  ]);
  const members = await tx.prepared<Step>('report_members_at', MEMBERS, [program, ends]);
  const [actives, all] = [summed(active, instants.length), summed(members, instants.length)];
  return instants.map((at, nth) => ({ at, members: all[nth] ?? 0, active: actives[nth] ?? 0 }));
}

interface Step {
  nth: number;
  n: number;
}

function summed(steps: readonly Step[], length: number): number[] {
  const by = new Map(steps.map(({ nth, n }) => [nth, n]));
  let all = 0;
  return Array.from({ length }, (_, nth) => (all += by.get(nth) ?? 0));
}

/** Members who could have had a reward for so long. */
export interface Unclaimed {
  unit: string;
  /** The nth of the spans that were asked for: 0 = the longest. */
  nth: number;
  members: number;
  points: bigint;
}

export const UNCLAIMED = `
  select width_bucket(since, $6::timestamptz[]) as nth, count(*)::int as members, sum(balance) as points
  from (${ABLE}) able group by 1 order by 1`;

/** Who could have a reward and has not taken it, by since when; `since` = instants in order, the earliest first. */
export async function readUnclaimed(
  tx: Tx,
  program: string,
  price: Price,
  since: readonly Millis[],
): Promise<Unclaimed[]> {
  const rows = await tx.prepared<{ nth: number; members: number; points: string }>('report_unclaimed', UNCLAIMED, [
    ...[program, ...priceValues(price), since.map((at) => new Date(at))],
  ]);
  return rows.map(({ points, ...row }) => ({ unit: price.unit, ...row, points: BigInt(points) }));
}
