import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { type Compared, compareLike, NOTHING, type Sample, type Stratum } from './means.js';

const DAY_MS = 24 * 3_600_000;
/** So long before the range it is looked whether somebody bought before. */
const KNOWN_DAYS = 365;

/**
 * What customers brought within `$7` of their first order of the range, that one included. Comparable is who began in the same
 * month, was as new to the shop (no order in the year before the range), and began with an order of the same third of all first
 * orders. A member had joined by a day after that order; who joined later is in neither group.
 */
export const VALUE = `
  with bought as (
    select coalesce(o.member_id::text, o.store_id || '/' || o.customer, o.mailbox) collate "C" as who, o.member_id, o.placed_at, o.brought
    from order_state o
    where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $4 and o.brought is not null and not o.removed
      and o.brought_in = $6 and coalesce(o.member_id::text, o.customer, o.mailbox) is not null
  ), followed as (
    select *, min(placed_at) filter (where placed_at >= $3) over one as first, min(placed_at) over one < $3 as known
    from bought window one as (partition by who)
  ), began as (
    select who, min(member_id) as member, min(first) as first, bool_or(known) as known,
      sum(brought) filter (where placed_at < first + $7::interval)::float8 as brought,
      min(brought) filter (where placed_at = first) as began_with
    from followed where placed_at >= first and first < $5 group by who
  ), told as (
    select b.*, case when b.member is null then 'other' when m.joined_at <= b.first + interval '1 day' then 'one' end as of,
      ntile(3) over (order by b.began_with) as third
    from began b left join member m on m.program_id = $1 and m.id = b.member
  )
  select of, to_char(first at time zone $8, 'YYYY-MM') || known || third as stratum,
    count(*)::int as n, sum(brought) as sum, sum(brought * brought) as squares
  from told where of is not null group by 1, 2`;

interface Row extends Sample {
  of: 'one' | 'other';
  stratum: string;
}

/** What members and comparable others brought within `within` days of their first order, of those who began in [from, to - within). */
export async function readValue(
  tx: Tx,
  program: string,
  { from, to, within, zone, money }: { from: Millis; to: Millis; within: number; zone: string; money: string },
): Promise<Compared | null> {
  const rows = await tx.prepared<Row>('report_value', VALUE, [
    program,
    new Date(from - KNOWN_DAYS * DAY_MS),
    new Date(from),
    new Date(to),
    new Date(to - within * DAY_MS),
    money,
    `${within} days`,
    zone,
  ]);
  const strata = new Map<string, Stratum>();
  for (const { of, stratum, n, sum, squares } of rows)
    strata.set(stratum, { ...(strata.get(stratum) ?? { one: NOTHING, other: NOTHING }), [of]: { n, sum, squares } });
  return compareLike([...strata.values()]);
}

/** Orders of one month of the shop, of who was a member when they were placed and of who was not. */
export interface OrderMonth {
  month: string;
  members: Sample;
  others: Sample;
}

/** Members are read once and hashed: a look-up for each order read the same pages over and over. */
export const ORDER_VALUE = `
  with joined as materialized (
    select id, joined_at from member where program_id = $1 and joined_at < $3
  ), months as (
    select date_trunc('month', o.placed_at at time zone $4) as month, coalesce(m.joined_at <= o.placed_at, false) as member,
      count(*)::int as n, sum(o.brought)::float8 as sum, sum(o.brought::float8 * o.brought) as squares
    from order_state o left join joined m on m.id = o.member_id
    where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.brought is not null and not o.removed
      and o.brought_in = $5
    group by 1, 2
  )
  select to_char(month, 'YYYY-MM') as month, member, n, sum, squares from months order by 1, 2`;

export async function readOrderValue(
  tx: Tx,
  program: string,
  { from, to, zone, money }: { from: Millis; to: Millis; zone: string; money: string },
): Promise<OrderMonth[]> {
  const rows = await tx.prepared<Sample & { month: string; member: boolean }>('report_order_value', ORDER_VALUE, [
    ...[program, new Date(from), new Date(to), zone, money],
  ]);
  const of = (month: string, member: boolean): Sample => {
    const found = rows.find((row) => row.month === month && row.member === member);
    return found ? { n: found.n, sum: found.sum, squares: found.squares } : NOTHING;
  };
  return [...new Set(rows.map(({ month }) => month))].map((month) => ({
    month,
    members: of(month, true),
    others: of(month, false),
  }));
}
