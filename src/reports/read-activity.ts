import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** One month of a program, in the shop's own time. */
export interface ActiveMonth {
  /** YYYY-MM */
  month: string;
  joined: number;
  orders: number;
  giving: number;
  flows: { unit: string; given: bigint; used: bigint; expired: bigint }[];
}

export const MONTHS_FLOWS = `
  select to_char(at at time zone $4, 'YYYY-MM') as month, unit,
    coalesce(sum(points) filter (where from_account = 'issued'), 0)
      - coalesce(sum(points) filter (where to_account = 'issued'), 0) as given,
    coalesce(sum(points) filter (where to_account = 'redeemed'), 0)
      - coalesce(sum(points) filter (where from_account = 'redeemed'), 0) as used,
    coalesce(sum(points) filter (where to_account = 'expired'), 0) as expired
  from transfer where program_id = $1 and at >= $2 and at < $3 group by 1, 2`;

export const MONTHS_ORDERS = `
  select to_char(o.placed_at at time zone $4, 'YYYY-MM') as month, count(*)::int as orders,
    count(*) filter (where d.gives <> '{}')::int as giving
  from order_state o
  left join lateral (
    select activity, gives from decision d where d.program_id = o.program_id and d.activity = 'order:' || o.store_id || '/' || o.order_id limit 1
  ) d on true
  where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and not o.imported group by 1`;

const MONTHS_JOINED = `
  select to_char(joined_at at time zone $4, 'YYYY-MM') as month, count(*)::int as joined
  from member where program_id = $1 and joined_at >= $2 and joined_at < $3 and status in ('active', 'redacted') group by 1`;

interface Period {
  from: Millis;
  to: Millis;
  zone: string;
}

/** Month by month what was given, used and expired, what was ordered and who joined; months without any of it are left out. */
export async function readActivity(tx: Tx, program: string, { from, to, zone }: Period): Promise<ActiveMonth[]> {
  const asked = [program, new Date(from), new Date(to), zone];
  const [flows, orders, joined] = await Promise.all([
    tx.prepared<{ month: string; unit: string; given: string; used: string; expired: string }>(
      'report_month_flows',
      MONTHS_FLOWS,
      asked,
    ),
    tx.prepared<{ month: string; orders: number; giving: number }>('report_month_orders', MONTHS_ORDERS, asked),
    tx.prepared<{ month: string; joined: number }>('report_month_joined', MONTHS_JOINED, asked),
  ]);
  const months = [...new Set([...flows, ...orders, ...joined].map(({ month }) => month))].sort();
  return months.map((month) => ({
    month,
    joined: joined.find((row) => row.month === month)?.joined ?? 0,
    orders: orders.find((row) => row.month === month)?.orders ?? 0,
    giving: orders.find((row) => row.month === month)?.giving ?? 0,
    flows: flows
      .filter((row) => row.month === month)
      .map(({ unit, given, used, expired }) => ({
        unit,
        given: BigInt(given),
        used: BigInt(used),
        expired: BigInt(expired),
      })),
  }));
}

/** Orders by weekday (0 = Monday) and hour of the shop's clock. */
export const HOURS = `
  select (extract(isodow from placed_at at time zone $4)::int - 1) as weekday,
    extract(hour from placed_at at time zone $4)::int as hour, count(*)::int as orders
  from order_state where program_id = $1 and placed_at >= $2 and placed_at < $3 and not removed group by 1, 2`;

export async function readHours(
  tx: Tx,
  program: string,
  { from, to, zone }: Period,
): Promise<{ weekday: number; hour: number; orders: number }[]> {
  return tx.prepared('report_hours', HOURS, [program, new Date(from), new Date(to), zone]);
}
