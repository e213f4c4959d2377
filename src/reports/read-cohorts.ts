import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** Who joined in one month of the shop, and how many of them bought in each of their first months. */
export interface Cohort {
  /** YYYY-MM */
  month: string;
  joined: number;
  /** Buyers of the 1st, 2nd ... thirty days after joining; only what all of the cohort have lived through. */
  bought: number[];
}

const MEMBER_MONTH_MS = 30 * 24 * 3_600_000;
/** So many months of a membership are followed. */
const FOLLOWED = 12;

export const COHORTS = `
  select to_char(joined_at at time zone $4, 'YYYY-MM') as month, count(*)::int as joined, max(joined_at) as last
  from member where program_id = $1 and joined_at >= $2 and joined_at < $3 and status in ('active', 'redacted')
  group by 1 order by 1`;

/** Orders are read from the beginning of the range on: nobody of it joined earlier. */
export const COHORT_ORDERS = `
  select to_char(m.joined_at at time zone $4, 'YYYY-MM') as month,
    floor(extract(epoch from o.placed_at - m.joined_at) / 2592000)::int as nth, count(distinct m.id)::int as bought
  from order_state o
  join member m on m.program_id = $1 and m.id = o.member_id
  where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $5 and o.brought is not null and not o.removed
    and m.joined_at >= $2 and m.joined_at < $3 and m.status in ('active', 'redacted') and o.placed_at >= m.joined_at
    and o.placed_at < m.joined_at + interval '360 days'
  group by 1, 2`;

/** Cohorts of those who joined from `from` up to `to`, as far as they have come by `now`. */
export async function readCohorts(
  tx: Tx,
  program: string,
  { from, to, now, zone }: { from: Millis; to: Millis; now: Millis; zone: string },
): Promise<Cohort[]> {
  const range = [program, new Date(from), new Date(to), zone];
  const cohorts = await tx.prepared<{ month: string; joined: number; last: Date }>('report_cohorts', COHORTS, range);
  const orders = await tx.prepared<{ month: string; nth: number; bought: number }>(
    'report_cohort_orders',
    COHORT_ORDERS,
    [...range, new Date(now)],
  );
  return cohorts.map(({ month, joined, last }) => {
    const lived = Math.floor((now - last.getTime()) / MEMBER_MONTH_MS);
    const bought = Array.from({ length: Math.max(0, Math.min(FOLLOWED, lived)) }, () => 0);
    for (const row of orders) if (row.month === month && row.nth < bought.length) bought[row.nth] = row.bought;
    return { month, joined, bought };
  });
}
