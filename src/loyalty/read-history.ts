import type { Tx } from '../db/database.js';
import { deedKinds } from '../rules/deeds/index.js';
import type { Loyalty } from './context.js';
import type { StoredExplanation } from './decisions.js';
import { firstNamesOf } from './first-names.js';

/** One line of a member's history: what moved in one step for one reason. */
export interface HistoryRow {
  id: string;
  at: Date;
  unit: string;
  cause: string;
  kind: string;
  points: string;
  balance_after: string;
  reason: string | null;
  rule_version: number | null;
  explanation: StoredExplanation | null;
  /** What its order is called ("#1001"); null when it is of no order, or of one kept before names were. */
  order_name: string | null;
  /** The lines of that order, as far as they are told; null as above. */
  order_lines: { id: string; sku?: string; title?: string; product: string | null; quantity: number }[] | null;
  /** What the shop wrote beside points that it gave or took by hand. */
  said: string | null;
  /** The rule of the deed that it is of. */
  rule: string | null;
  /** To whom these points went, or from whom they came, where members gave them to each other; null = neither. */
  other: string | null;
  /** Who earned it for the household whose head this member was; null = nobody else did. */
  earner: string | null;
  /** The id of the earner that is shown outside. */
  earner_code: string | null;
  /** What the member may read of them; absent = nothing is known. */
  otherName?: string | undefined;
}

/**
 * A line is the sum of the transfers that one posting made for one cause and kind; its points are what it did to what the
 * member has (available + pending - owed), so that the lines add up to the balance shown. What moves nothing of that
 * (points that mature, a reservation that is captured) is not a line. What explains a line is looked up by its key, line by line: joined,
 * row-level security would have whole tables read, for it lets no index be asked with what other functions say of a row. The ledger's
 * keys are compared as bytes, those of the other tables as text: only a key of its own kind can be looked up.
 */
const READ = `
  with family as (
    select id from member where program_id = $1 and (id = $2 or merged_into = $2)
  ), moved as (
    select t.id, t.at, t.posted_at, t.unit, t.cause, t.kind, t.points *
      ((t.to_account in ('available', 'pending', 'debt') and t.to_member in (select id from family))::int
        - (t.from_account in ('available', 'pending', 'debt') and t.from_member in (select id from family))::int) as change
    from transfer t where t.program_id = $1 and t.member_id in (select id from family)
  ), line as (
    select max(id) as id, max(at) as at, unit, cause, kind, sum(change) as points
    from moved group by unit, cause, kind, posted_at having sum(change) <> 0
  ), running as (
    select line.*, sum(points) over (partition by unit order by id) as balance_after from line
  ), page as (
    select *, cause collate "default" as key,
      case when cause like 'order:%' then string_to_array(substr(cause collate "default", 7), '/') end as of_order
    from running where $3::bigint is null or id < $3 order by id desc limit $4
  )
  select r.id, r.at, r.unit, r.cause, r.kind, r.points::text, r.balance_after::text, d.reason, d.rule_version, d.explanation,
    o.snapshot ->> 'name' as order_name, o.snapshot -> 'lines' as order_lines, a.facts ->> 'reason' as said, a.subject as rule,
    coalesce(e.id::text, case r.kind when 'send' then a.facts ->> 'to' when 'receive' then a.member_id::text end) as other,
    e.id::text as earner, e.public_id as earner_code
  from page r
  left join lateral (select * from decision d where d.program_id = $1 and d.activity = r.key limit 1) d on true
  left join lateral (
    select snapshot from order_state o
    where o.program_id = $1 and o.store_id = r.of_order[1]::bigint and o.order_id = r.of_order[2] limit 1
  ) o on true
  left join lateral (
    select facts, subject, member_id from activity a where a.program_id = $1 and a.kind = any($5::text[])
      and a.kind = split_part(r.key, ':', 1) and a.key = substr(r.key, strpos(r.key, ':') + 1) limit 1
  ) a on true
  left join lateral (
    select e.id, e.public_id from member e where e.program_id = $1 and e.id = d.member_id
      and d.explanation ->> 'household' is not null and e.id not in (select id from family)
  ) e on true
  order by r.id desc`;

/** Whose rows say more of a line than its decision. */
const NOTED = ['adjust', 'place', 'send', ...deedKinds];

/** A member's history, newest first, with the reasoning behind each line, and first names where `loyalty` may open them. */
export async function readHistory(
  tx: Tx,
  program: string,
  member: string,
  page: { after: string | null; limit: number },
  loyalty: Pick<Loyalty, 'readPeople'> | null = null,
): Promise<HistoryRow[]> {
  return withNames(tx, program, await readRows(tx, program, member, page), loyalty);
}

/** The same with the first names of whom they speak of. */
export async function withNames<R extends { other: string | null }>(
  tx: Tx,
  program: string,
  rows: R[],
  loyalty: Pick<Loyalty, 'readPeople'> | null,
): Promise<(R & { otherName?: string | undefined })[]> {
  const others = rows.flatMap(({ other }) => (other === null ? [] : [other]));
  if (others.length === 0 || loyalty === null) return rows;
  const names = await firstNamesOf(tx, program, others, loyalty);
  return rows.map((row) => ({ ...row, otherName: row.other === null ? undefined : names.get(row.other) }));
}

function readRows(
  tx: Tx,
  program: string,
  member: string,
  page: { after: string | null; limit: number },
): Promise<HistoryRow[]> {
  return tx.prepared<HistoryRow>('loyalty_history', READ, [program, member, page.after, page.limit, NOTED]);
}
