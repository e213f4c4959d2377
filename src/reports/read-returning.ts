import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** Customers of one kind whose first order of the period is old enough to tell whether they came back. */
export interface ReturningGroup {
  customers: number;
  /** Of these, who ordered again within the days after it. */
  returned: number;
  orders: number;
}

export interface Returning {
  members: ReturningGroup;
  others: ReturningGroup;
  /** Members who joined long enough ago, and of these who used points within the days after joining. */
  joined: number;
  rewarded: number;
}

/**
 * A customer is a member, a shop's customer, or a guest's mailbox. Whoever joined counts as a member from their first order
 * of the period on only when they had joined by then: who joins later is in neither group, since joining because one comes
 * back is no coming back because one joined.
 */
export const RETURNING = `
  with first_last as (
    select coalesce('m' || o.member_id, 'c' || o.store_id || '/' || o.customer, 'b' || o.mailbox) as who,
      min(o.member_id) as member, min(o.placed_at) as first,
      array_agg(o.placed_at order by o.placed_at) as placed
    from order_state o
    where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and not o.removed
      and coalesce(o.member_id::text, o.customer, o.mailbox) is not null
    group by 1
  ), told as (
    select case when f.member is null then 'others' when m.joined_at <= f.first then 'members' end as of,
      cardinality(f.placed) as orders, f.placed[2] <= f.first + $5::interval as returned
    from first_last f left join member m on m.program_id = $1 and m.id = f.member
    where f.first < $4
  )
  select of, count(*)::int as customers, count(*) filter (where returned)::int as returned, sum(orders)::int as orders
  from told where of is not null group by of`;

const FIRST_REWARD = `
  select count(*)::int as joined, count(*) filter (where exists (
    select from redemption r where r.program_id = m.program_id and r.member_id = m.id and r.state = 'captured'
      and r.made_at <= m.joined_at + $4::interval
  ))::int as rewarded
  from member m where m.program_id = $1 and m.status = 'active' and m.joined_at >= $2 and m.joined_at < $3`;

const DAY_MS = 24 * 3_600_000;
const NOBODY: ReturningGroup = { customers: 0, returned: 0, orders: 0 };

/** Who came back within `within` days, members beside others, over the last `days`; and who got a first reward as soon. */
export async function readReturning(
  tx: Tx,
  program: string,
  { days, within, now }: { days: number; within: number; now: Millis },
): Promise<Returning> {
  const from = new Date(now - days * DAY_MS);
  const oldEnough = new Date(now - within * DAY_MS);
  const interval = `${within} days`;
  const [groups, [first]] = await Promise.all([
    tx.prepared<ReturningGroup & { of: 'members' | 'others' }>('report_returning', RETURNING, [
      ...[program, from, new Date(now), oldEnough, interval],
    ]),
    tx.prepared<{ joined: number; rewarded: number }>('report_first_reward', FIRST_REWARD, [
      ...[program, from, oldEnough, interval],
    ]),
  ]);
  const groupOf = (of: 'members' | 'others') => {
    const found = groups.find((group) => group.of === of);
    return found ? { customers: found.customers, returned: found.returned, orders: found.orders } : NOBODY;
  };
  return {
    members: groupOf('members'),
    others: groupOf('others'),
    joined: first?.joined ?? 0,
    rewarded: first?.rewarded ?? 0,
  };
}
