import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** What moved in one unit within a period; whole points, never negative. */
export interface Flow {
  unit: string;
  given: bigint;
  /** Taken back from what was given: returns, cancelled orders. */
  takenBack: bigint;
  used: bigint;
  /** Of what was used, given back. */
  usedBack: bigint;
  expired: bigint;
}

export interface PeriodFigures {
  flows: Flow[];
  orders: number;
  /** Orders that gave something. */
  giving: number;
  joined: number;
}

export interface Overview {
  now: PeriodFigures;
  /** As many days before. */
  before: PeriodFigures;
  members: number;
  /** Orders of the period without a decision. */
  undecided: number;
  /** What members hold in all, debts taken off: what the program owes. */
  open: { unit: string; points: bigint }[];
  /** What ends within a week, and of how many members. */
  ending: { unit: string; points: bigint; members: number }[];
}

export const FLOWS = `
  select at >= $3 as now, unit,
    coalesce(sum(points) filter (where from_account = 'issued'), 0) as given,
    coalesce(sum(points) filter (where to_account = 'issued'), 0) as "takenBack",
    coalesce(sum(points) filter (where to_account = 'redeemed'), 0) as used,
    coalesce(sum(points) filter (where from_account = 'redeemed'), 0) as "usedBack",
    coalesce(sum(points) filter (where to_account = 'expired'), 0) as expired
  from transfer where program_id = $1 and at >= $2 and at < $4 group by 1, 2`;

export const ORDERS = `
  select o.placed_at >= $3 as now, count(*)::int as orders,
    count(*) filter (where d.gives <> '{}')::int as giving,
    count(*) filter (where d.activity is null)::int as undecided
  from order_state o
  left join lateral (
    select activity, gives from decision d where d.program_id = o.program_id and d.activity = 'order:' || o.store_id || '/' || o.order_id limit 1
  ) d on true
  where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $4 and not o.imported group by 1`;

const MEMBERS = `
  select count(*)::int as members, count(*) filter (where joined_at >= $3)::int as now,
    count(*) filter (where joined_at >= $2 and joined_at < $3)::int as before
  from member where program_id = $1 and status = 'active' and joined_at < $4`;

/** The program's own accounts say it without adding up every member's. */
const OPEN = `
  select unit, -sum(balance) as points from account where program_id = $1 and member_id = 0 group by unit order by unit`;

const ENDING = `
  select unit, sum(remaining) as points, count(distinct member_id)::int as members from lot
  where program_id = $1 and remaining > 0 and matured and ends_at >= $2 and ends_at < $3 group by unit`;

const WEEK_MS = 7 * 24 * 3_600_000;

/** How a program did within the last days, beside as many days before. */
export async function readOverview(tx: Tx, program: string, days: number, now: Millis): Promise<Overview> {
  const length = days * 24 * 3_600_000;
  const period = [program, new Date(now - 2 * length), new Date(now - length), new Date(now)];
  const [flows, orders, [members], open, ending] = await Promise.all([
    tx.prepared<FlowRow>('overview_flows', FLOWS, period),
    tx.prepared<OrderRow>('overview_orders', ORDERS, period),
    tx.prepared<{ members: number; now: number; before: number }>('overview_members', MEMBERS, period),
    tx.prepared<{ unit: string; points: string }>('overview_open', OPEN, [program]),
    tx.prepared<{ unit: string; points: string; members: number }>('overview_ending', ENDING, [
      program,
      new Date(now),
      new Date(now + WEEK_MS),
    ]),
  ]);
  const figures = (of: boolean, joined: number): PeriodFigures => {
    const counted = orders.find((row) => row.now === of);
    return {
      flows: flows.filter((row) => row.now === of).map(flowOf),
      orders: counted?.orders ?? 0,
      giving: counted?.giving ?? 0,
      joined,
    };
  };
  return {
    now: figures(true, members?.now ?? 0),
    before: figures(false, members?.before ?? 0),
    members: members?.members ?? 0,
    undecided: orders.reduce((sum, row) => sum + row.undecided, 0),
    open: open.map(({ unit, points }) => ({ unit, points: BigInt(points) })),
    ending: ending.map((row) => ({ ...row, points: BigInt(row.points) })),
  };
}

interface FlowRow {
  now: boolean;
  unit: string;
  given: string;
  takenBack: string;
  used: string;
  usedBack: string;
  expired: string;
}
interface OrderRow {
  now: boolean;
  orders: number;
  giving: number;
  undecided: number;
}

const flowOf = ({ unit, given, takenBack, used, usedBack, expired }: FlowRow): Flow => ({
  unit,
  given: BigInt(given),
  takenBack: BigInt(takenBack),
  used: BigInt(used),
  usedBack: BigInt(usedBack),
  expired: BigInt(expired),
});
