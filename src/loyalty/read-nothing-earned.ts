import type { Tx } from '../db/database.js';
import { deedKinds } from '../rules/deeds/index.js';
import type { Loyalty } from './context.js';
import type { StoredExplanation } from './decisions.js';
import { type HistoryRow, withNames } from './read-history.js';

/** An order or a review of a member's that gave nothing and took nothing back, and why; or what they earned for the household of another. */
export interface NothingEarned {
  activity: string;
  at: Date;
  reason: string;
  rule_version: number;
  explanation: StoredExplanation;
  order_name: string | null;
  order_lines: HistoryRow['order_lines'];
  /** Whole points by unit that it gave the household. */
  gives: Record<string, string>;
  /** The rule of the deed that it is. */
  rule: string | null;
  /** The head of the household; null = it gave nothing. */
  other: string | null;
  /** The head's id that is shown outside. */
  other_code: string | null;
  /** What the member may read of the head; absent = nothing is known. */
  otherName?: string | undefined;
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
    from decision d where program_id = $1 and member_id in (select id from family) and (
      (gives = '{}' and (activity like 'order:%' or activity like 'review:%') and not exists (
        select from transfer t where t.program_id = $1 and t.member_id = d.member_id and t.cause = d.activity))
      or (gives <> '{}' and (explanation ->> 'household')::bigint not in (select id from family)))
  ), told as (
    select d.activity, coalesce(o.placed_at, t.at, d.decided_at) as at, d.reason, d.rule_version, d.explanation, d.gives, a.subject as rule,
      case when d.gives <> '{}' then d.explanation ->> 'household' end as other,
      (select public_id from member h where h.program_id = $1 and h.id = (d.explanation ->> 'household')::bigint) as other_code,
      o.snapshot ->> 'name' as order_name, o.snapshot -> 'lines' as order_lines
    from decided d
    left join lateral (
      select subject from activity a where a.program_id = $1 and a.kind = any($6::text[]) and d.gives <> '{}'
        and a.kind = split_part(d.activity, ':', 1) and a.key = substr(d.activity, strpos(d.activity, ':') + 1) limit 1
    ) a on true
    left join lateral (
      select t.at from transfer t where t.program_id = $1 and t.member_id = (d.explanation ->> 'household')::bigint
        and t.cause = d.activity and t.kind = 'earn' order by t.id limit 1
    ) t on true
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
  loyalty: Pick<Loyalty, 'readPeople'> | null = null,
): Promise<NothingEarned[]> {
  const values = [program, member, after, last, limit, deedKinds];
  return withNames(tx, program, await tx.prepared<NothingEarned>('loyalty_nothing_earned', READ, values), loyalty);
}
