import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** Who joined in one month: how many bought within ninety days of it, and how many used a reward. */
export interface RewardedMonth {
  month: string;
  joined: number;
  active: number;
  rewarded: number;
}

export interface RewardsUse {
  months: RewardedMonth[];
  /** Members who bought in the range, and of these who ever used a reward. */
  bought: number;
  ever: number;
  /** By reward: how often it was taken in the range and in the one before, and when last. */
  taken: { reward: string; times: number; before: number; last: Date }[];
}

export const REWARDED = `
  select to_char(m.joined_at at time zone $4, 'YYYY-MM') as month, count(*)::int as joined,
    count(*) filter (where is_active)::int as active, count(*) filter (where is_active and is_rewarded)::int as rewarded
  from (
    select m.joined_at,
      exists (select from order_state o where o.program_id = $1 and o.member_id = m.id and o.brought is not null
        and o.placed_at >= m.joined_at - interval '1 day' and o.placed_at < m.joined_at + interval '90 days') as is_active,
      exists (select from redemption r where r.program_id = $1 and r.member_id = m.id and r.state = 'captured'
        and r.made_at < m.joined_at + interval '90 days') as is_rewarded
    from member m where m.program_id = $1 and m.status = 'active' and m.joined_at >= $2 and m.joined_at < $3
  ) m group by 1 order by 1`;

export const EVER = `
  select count(*)::int as bought, count(*) filter (where exists (
    select from redemption r where r.program_id = $1 and r.member_id = a.member_id and r.state = 'captured'
  ))::int as ever
  from (
    select distinct o.member_id from order_state o
    where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.brought is not null and o.member_id is not null
  ) a`;

export const TAKEN = `
  select reward, count(*) filter (where made_at >= $3)::int as times, count(*) filter (where made_at < $3)::int as before,
    max(made_at) as last
  from redemption where program_id = $1 and made_at >= $2 and made_at < $4 and state in ('held', 'captured') group by 1`;

const NINETY_DAYS_MS = 90 * 24 * 3_600_000;

/** How rewards are reached and used; `before` = where the range before this one begins. */
export async function readRewards(
  tx: Tx,
  program: string,
  { before, from, to, zone }: { before: Millis; from: Millis; to: Millis; zone: string },
): Promise<RewardsUse> {
  const lived = new Date(to - NINETY_DAYS_MS);
  const months = await tx.prepared<RewardedMonth>('report_rewarded', REWARDED, [
    ...[program, new Date(before), lived, zone],
  ]);
  const [ever] = await tx.prepared<{ bought: number; ever: number }>('report_ever_rewarded', EVER, [
    ...[program, new Date(from), new Date(to)],
  ]);
  const taken = await tx.prepared<RewardsUse['taken'][number]>('report_rewards_taken', TAKEN, [
    ...[program, new Date(before), new Date(from), new Date(to)],
  ]);
  return { months, bought: ever?.bought ?? 0, ever: ever?.ever ?? 0, taken };
}
