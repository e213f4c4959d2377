import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { PublishedVersion } from '../loyalty/program-versions.js';
import { shareOf } from './difference.js';

/** Rules of thumb of the trade: half of the active use a reward in their first three months, a fifth of buyers ever do. */
export const HEALTHY = { firstReward: 0.5, ever: 0.2 } as const;

/** What is clearly below what healthy programs show; null or zero = it is not, or it is too early to tell. */
export interface Health {
  /** Of a hundred active members, how many used no reward within ninety days of joining. */
  withoutFirst: number | null;
  /** Of a hundred members who bought within a year, how many never used a reward. */
  neverUsed: number | null;
  /** Rewards that were on offer for ninety days and that nobody took in them. */
  idle: number;
}

/** As many members tell a share to a point or two, however many there are. */
const ENOUGH = 4_000;

/**
 * As the report of rewards counts (read-rewards.ts), of the last year; of a large program of so many members only: Home is asked
 * for often. Their codes are drawn by a keyed hash, so that the first ones by them are a fair draw of all.
 */
export const HEALTH = `
  with drawn as materialized (
    select id, joined_at from member where program_id = $1 and status = 'active' order by referral_code limit ${ENOUGH}
  ), told as (
    select s.joined_at >= $2 and s.joined_at < $3 and exists (
        select from order_state o where o.program_id = $1 and o.member_id = s.id and o.brought is not null
          and o.placed_at >= s.joined_at - interval '1 day' and o.placed_at < s.joined_at + interval '90 days'
      ) as active,
      exists (
        select from order_state o where o.program_id = $1 and o.member_id = s.id and o.brought is not null and o.placed_at >= $2
      ) as bought, r.first, r.first < s.joined_at + interval '90 days' as early
    from drawn s left join lateral (
      select min(made_at) as first from redemption where program_id = $1 and member_id = s.id and state = 'captured'
    ) r on true
  )
  select count(*) filter (where active)::int as active, count(*) filter (where active and early)::int as rewarded,
    count(*) filter (where bought)::int as bought, count(*) filter (where bought and first is not null)::int as ever
  from told`;

export const IDLE = `
  select count(*)::int as idle from unnest($3::text[]) as offered (reward)
  where not exists (
    select from redemption r where r.program_id = $1 and r.made_at >= $2 and r.reward = offered.reward
      and r.state in ('held', 'captured')
  )`;

interface Counted {
  active: number;
  rewarded: number;
  bought: number;
  ever: number;
}

/** Fewer who might have taken a reward say nothing of it. */
const LEAST_BUYERS = 10;
const DAY_MS = 24 * 3_600_000;

/** Whether members come to rewards, held against what healthy programs show. */
export async function readHealth(
  tx: Tx,
  program: string,
  versions: readonly PublishedVersion[],
  now: Millis,
): Promise<Health> {
  const quarterAgo = now - 90 * DAY_MS;
  const [counted] = await tx.prepared<Counted>('health', HEALTH, [
    ...[program, new Date(now - 365 * DAY_MS), new Date(quarterAgo)],
  ]);
  const { active, rewarded, bought, ever } = counted ?? { active: 0, rewarded: 0, bought: 0, ever: 0 };
  const offered = offeredSince(versions, quarterAgo, now);
  const [row] =
    bought >= LEAST_BUYERS && offered.length > 0
      ? await tx.prepared<{ idle: number }>('health_idle', IDLE, [program, new Date(quarterAgo), offered])
      : [];
  return {
    withoutFirst: without(rewarded, active, HEALTHY.firstReward),
    neverUsed: without(ever, bought, HEALTHY.ever),
    idle: row?.idle ?? 0,
  };
}

/** In per cent, when even the best that the share may be is below what is healthy. */
function without(part: number, whole: number, healthy: number): number | null {
  const share = shareOf(part, whole);
  return share !== null && share.high < healthy ? Math.round(100 - share.share * 100) : null;
}

/** Rewards of all versions that were in force at any time since; none when there was no version then. */
function offeredSince(versions: readonly PublishedVersion[], since: Millis, now: Millis): string[] {
  const came = versions.filter(({ from }) => from > since && from <= now);
  const was = versions.filter(({ from }) => from <= since).at(-1);
  if (!was) return [];
  const inAll = (id: string) => came.every(({ file }) => file.rules.rewards.some((reward) => reward.id === id));
  return was.file.rules.rewards.map(({ id }) => id).filter(inAll);
}
