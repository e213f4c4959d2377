import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Measure, Trial } from '../loyalty/trials.js';
import { differenceOf, shareOf } from './difference.js';
import { compareLike, type Estimate, type Sample } from './means.js';

/** One side of a trial; money in minor units. */
export interface TrialSide {
  members: number;
  /** Who used the reward of this side, how often, and what that took off. */
  taken: number;
  times: number;
  off: number;
  /** Who bought at all, and what all members of the side brought. */
  bought: number;
  brought: Sample;
}

/**
 * By side, everybody who was a member before the end, bought or not: whoever is left out because of what they did would spoil what
 * chance made equal. What they bought counts from the beginning on, or from joining. The side is that of `sideOf`.
 */
export const TRIAL = `
  with people as (
    select id, get_byte(sha256(convert_to($4 || '/' || id, 'UTF8')), 0) & 1 as side, greatest(joined_at, $2) as since
    from member where program_id = $1 and status = 'active' and joined_at < $3
  ), took as (
    select member_id, count(*) as times, sum(off) as off from redemption
    where program_id = $1 and made_at >= $2 and made_at < $3 and state = 'captured' and reward = any($5) group by 1
  ), bought as (
    select o.member_id, sum(o.brought)::float8 as brought
    from order_state o join people p on p.id = o.member_id
    where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.placed_at >= p.since
      and o.brought is not null and not o.removed and o.brought_in = $6 group by 1
  )
  select p.side, count(*)::int as members, count(t.member_id)::int as taken, coalesce(sum(t.times), 0)::int as times,
    coalesce(sum(t.off), 0)::float8 as off, count(b.member_id)::int as bought, coalesce(sum(b.brought), 0) as sum,
    coalesce(sum(b.brought * b.brought), 0) as squares
  from people p left join took t on t.member_id = p.id left join bought b on b.member_id = p.id group by 1`;

interface Row extends Omit<TrialSide, 'brought'> {
  side: 0 | 1;
  sum: number;
  squares: number;
}

const NOBODY: Omit<Row, 'side'> = { members: 0, taken: 0, times: 0, off: 0, bought: 0, sum: 0, squares: 0 };

/** Both sides of a trial until an instant, its end at the latest. `money` as `brought_in` has it. */
export async function readTrial(
  tx: Tx,
  program: string,
  trial: Trial,
  { money, now }: { money: string; now: Millis },
): Promise<[TrialSide, TrialSide]> {
  const to = new Date(Math.min(now, trial.ends.getTime(), trial.closed?.getTime() ?? now));
  const rewards = [trial.one, trial.other];
  const rows = await tx.prepared<Row>('report_trial', TRIAL, [program, trial.began, to, trial.salt, rewards, money]);
  const of = (side: 0 | 1): TrialSide => {
    const { members, taken, times, off, bought, sum, squares } = rows.find((row) => row.side === side) ?? NOBODY;
    return { members, taken, times, off, bought, brought: { n: members, sum, squares } };
  };
  return [of(0), of(1)];
}

/** `one` less `other`, with the interval in which it lies; null = of too few. */
export function differenceBy(measure: Measure, [one, other]: readonly [TrialSide, TrialSide]): Estimate | null {
  if (measure === 'brought') return compareLike([{ one: one.brought, other: other.brought }])?.difference ?? null;
  const difference = differenceOf(shareOf(one[measure], one.members), shareOf(other[measure], other.members));
  return difference && { value: difference.share, low: difference.low, high: difference.high };
}

/**
 * What can honestly be said: nothing before the day that was set beforehand, for whoever looks often enough sees chance as a
 * difference; nothing when it was ended before; then by the measure that was chosen before, and no other.
 */
export type TrialVerdict = 'running' | 'cut-short' | 'too-few' | 'one' | 'other' | 'none';

/** Fewer on a side are too few for the intervals. */
const LEAST = 30;

export function trialVerdict(trial: Trial, sides: readonly [TrialSide, TrialSide], now: Millis): TrialVerdict {
  const fewest = Math.min(...sides.map(({ members }) => members));
  const times = { ends: trial.ends.getTime(), closed: trial.closed?.getTime() ?? null };
  return comparedVerdict(times, differenceBy(trial.measure, sides), fewest, now);
}

/** The same of anything that chance divided: `fewest` = on the smaller side. */
export function comparedVerdict(
  { ends, closed }: { ends: Millis; closed: Millis | null },
  difference: Estimate | null,
  fewest: number,
  now: Millis,
): TrialVerdict {
  if (closed !== null && closed < ends) return 'cut-short';
  if (now < ends) return 'running';
  if (!difference || fewest < LEAST) return 'too-few';
  return difference.low > 0 ? 'one' : difference.high < 0 ? 'other' : 'none';
}
