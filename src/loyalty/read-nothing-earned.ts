import type { Tx } from '../db/database.js';
import type { StoredExplanation } from './decisions.js';

/** An order or a review of a member's that gave nothing and took nothing back, and why. */
export interface NothingEarned {
  activity: string;
  at: Date;
  reason: string;
  explanation: StoredExplanation;
  order_name: string | null;
}

/**
 * Those of the time that a page of lines reaches back over: from its earliest moment so far to that of the page before. What
 * was given and then taken back has lines of its own.
 */
const READ = `
  with family as (
    select id from member where program_id = $1 and (id = $2 or merged_into = $2)
  ), moved as (
    select id, at from transfer where program_id = $1 and member_id in (select id from family)
  ), decided as (
    select d.*, case when activity like 'order:%' then string_to_array(substr(activity, 7), '/') end as of_order
    from decision d where program_id = $1 and member_id in (select id from family) and gives = '{}'
      and (activity like 'order:%' or activity like 'review:%')
      and not exists (select from transfer t where t.program_id = $1 and t.member_id = d.member_id and t.cause = d.activity)
  ), told as (
    select d.activity, coalesce(o.placed_at, d.decided_at) as at, d.reason, d.explanation, o.snapshot ->> 'name' as order_name
    from decided d
    left join lateral (
      select placed_at, snapshot from order_state o
      where o.program_id = $1 and o.store_id = d.of_order[1]::bigint and o.order_id = d.of_order[2] limit 1
    ) o on true
  )
  select * from told
  where ($3::bigint is null or at < (select min(at) from moved where id >= $3))
    and ($4::bigint is null or at >= (select min(at) from moved where id >= $4))
  order by at desc limit $5`;

/** Newest first. `after` = the line that the page comes after, `last` = its own last line (null = nothing follows). */
export async function readNothingEarned(
  tx: Tx,
  program: string,
  member: string,
  { after, last, limit }: { after: string | null; last: string | null; limit: number },
): Promise<NothingEarned[]> {
  return tx.prepared<NothingEarned>('loyalty_nothing_earned', READ, [program, member, after, last, limit]);
}
