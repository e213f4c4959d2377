import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { leastOfSlider } from '../rewards/slider.js';
import type { RewardRule } from '../rules/program-rules.js';

/** Points of one unit for which a reward can be had: by anybody, and by those on a level for whom there is a cheaper one. */
export interface Price {
  unit: string;
  /** Null = every reward is for some levels only. */
  anybody: number | null;
  levels: { level: string; points: number }[];
}

/**
 * What the cheapest reward costs, by unit; a unit that buys nothing is left out, and so is what costs nothing: no points lie idle for
 * it. Carts are not asked: what they must come to is theirs.
 */
export function pricesOf(rewards: readonly RewardRule[]): Price[] {
  const bought = rewards.filter((reward) => costOf(reward) > 0);
  const units = [...new Set(bought.map(({ unit }) => unit))];
  return units.map((unit) => {
    const offered = bought.filter((reward) => reward.unit === unit);
    const least = (of: readonly RewardRule[]) => (of.length === 0 ? null : Math.min(...of.map(costOf)));
    const anybody = least(offered.filter(({ tiers }) => tiers === undefined));
    const levels = [...new Set(offered.flatMap(({ tiers }) => tiers ?? []))].sort();
    return {
      ...{ unit, anybody },
      levels: levels.map((level) => ({
        level,
        points: least(offered.filter(({ tiers }) => tiers === undefined || tiers.includes(level))) ?? Infinity,
      })),
    };
  });
}

const costOf = (reward: RewardRule): number => (reward.kind === 'slider' ? leastOfSlider(reward) : reward.points);

/** What `ABLE` takes for a price. */
export const priceValues = ({ unit, anybody, levels }: Price): unknown[] => [
  unit,
  ...[levels.map(({ level }) => level), levels.map(({ points }) => points), anybody],
];

/**
 * Who could have a reward and has not taken it, with since when: what they have has been enough ever since. $2 to $5 are a price. Nobody
 * who is on hold. Levels are those of the last count.
 */
export const ABLE = `
  select a.member_id as member, a.balance, s.since
  from account a
  join member m on m.program_id = $1 and m.id = a.member_id and m.status = 'active' and m.blocked_at is null
  left join member_level l on l.program_id = $1 and l.member_id = a.member_id
  left join unnest($3::text[], $4::bigint[]) c(level, points) on c.level = l.level
  cross join lateral (
    select t.at as since from entry e join transfer t on t.program_id = $1 and t.id = e.transfer_id
    where e.account_id = a.id and e.account_seq > coalesce((
      select b.account_seq from entry b where b.account_id = a.id and b.balance_after < coalesce(c.points, $5::bigint)
      order by b.account_seq desc limit 1), 0)
    order by e.account_seq limit 1
  ) s
  where a.program_id = $1 and a.unit = $2 and a.kind = 'available' and a.balance >= coalesce(c.points, $5::bigint)`;

/** A deed of one's own: something earned, or points used. */
export const DEEDS = `(t.kind = 'earn' and t.from_account = 'issued' or t.kind in ('hold', 'spend') and t.from_account = 'available')`;

export type ReachWish =
  /** Who could have a reward, since before one instant and not since before another. */
  | { able: Price; since: Millis; before: Millis }
  /** Who were members at an instant, and earned or used points within the time before it, or did not. */
  | { active: boolean; from: Millis; to: Millis };

export const ABLE_MEMBERS = `
  select member as id from (${ABLE} and a.member_id < $6 order by a.member_id desc) able
  where since >= $7 and since < $8 limit $9`;

export const ACTIVE_MEMBERS = `
  select m.id from member m
  where m.program_id = $1 and m.id < $2 and m.status = 'active' and m.joined_at < $4 and exists (
    select from transfer t where t.program_id = $1 and t.member_id = m.id and t.at >= $3 and t.at < $4 and ${DEEDS}) = $5
  order by m.id desc limit $6`;

export async function membersByReach(
  tx: Tx,
  program: string,
  wish: ReachWish,
  { before, limit }: { before: string; limit: number },
): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>(...statement(wish, program, before, limit));
  return rows.map(({ id }) => id);
}

function statement(wish: ReachWish, program: string, before: string, limit: number): [string, string, unknown[]] {
  if ('able' in wish) {
    const { able, since, before: until } = wish;
    const values = [program, ...priceValues(able), before, new Date(since), new Date(until), limit];
    return ['members_able', ABLE_MEMBERS, values];
  }
  const { from, to, active } = wish;
  return ['members_active', ACTIVE_MEMBERS, [program, before, new Date(from), new Date(to), active, limit]];
}
