import type { Millis } from '../lib/clock.js';
import type { Tx } from '../db/database.js';
import type { MemberRef } from './lock-members.js';
import type { LotState } from './postings.js';

/** What a member has of one unit. `debt` is zero or negative; it and `available` are never both other than zero. */
export interface Balance extends MemberRef {
  unit: string;
  available: bigint;
  pending: bigint;
  held: bigint;
  debt: bigint;
}

/** Balances as they are at an instant, whether the sweeps have run or not. */
export interface BalanceAt extends Balance {
  /** Lots matured or ended, or something else fell due, that is not posted yet: settle the member when there is time. */
  due: boolean;
}

/** Balances as posted, one row a member and unit that ever had an account. */
export async function readBalances(tx: Tx, members: readonly MemberRef[]): Promise<Balance[]> {
  const rows = await tx.prepared<Row>('ledger_balances', POSTED, refs(members));
  return rows.map(balanceOf);
}

/**
 * Balances as of `now`: points that have ended are not shown and points that have matured are, although no sweep has
 * posted it yet. Costs one probe of an index per member and unit when nothing is due.
 */
export async function readBalancesAt(tx: Tx, members: readonly MemberRef[], now: Millis): Promise<BalanceAt[]> {
  const rows = await tx.prepared<Row & { due: boolean }>('ledger_balances_at', AT, [...refs(members), now]);
  return rows.map((row) => ({ ...balanceOf(row), due: row.due }));
}

/** Whether time has something to do for a member in any unit: also in one of which they never had anything yet. */
export async function isOverdue(tx: Tx, { program, member }: MemberRef, now: Millis): Promise<boolean> {
  const rows = await tx.prepared('ledger_overdue', OVERDUE, [program, member, now]);
  return rows.length > 0;
}

/** The lots of members: those with points left in them, or `all` that ever were. By drawing order within member and unit. */
export async function readLots(
  tx: Tx,
  members: readonly MemberRef[],
  which: 'open' | 'all' = 'open',
): Promise<LotState[]> {
  const rows = await tx.prepared<LotRow>(`ledger_lots_${which}`, LOTS[which], refs(members));
  return rows.map((row) => ({
    ...row,
    given: BigInt(row.given),
    left: BigInt(row.left),
    lapsed: BigInt(row.lapsed),
    drawn: BigInt(row.drawn),
    earned: Number(row.earned),
    usable: Number(row.usable),
    ends: row.ends === null ? null : Number(row.ends),
  }));
}

interface Row extends MemberRef {
  unit: string;
  available: string;
  pending: string;
  held: string;
  debt: string;
}

interface LotRow extends MemberRef {
  unit: string;
  of: string;
  given: string;
  left: string;
  lapsed: string;
  drawn: string;
  matured: boolean;
  earned: string;
  usable: string;
  ends: string | null;
}

const refs = (members: readonly MemberRef[]) => [members.map((m) => m.program), members.map((m) => m.member)];

const balanceOf = ({ program, member, unit, available, pending, held, debt }: Row): Balance => ({
  program,
  member,
  unit,
  available: BigInt(available),
  pending: BigInt(pending),
  held: BigInt(held),
  debt: BigInt(debt),
});

const POSTED = `
select a.program_id as program, a.member_id as member, a.unit,
  coalesce(max(a.balance) filter (where a.kind = 'available'), 0) as available,
  coalesce(max(a.balance) filter (where a.kind = 'pending'), 0) as pending,
  coalesce(max(a.balance) filter (where a.kind = 'held'), 0) as held,
  coalesce(max(a.balance) filter (where a.kind = 'debt'), 0) as debt
from (select distinct program_id, member_id from unnest($1::bigint[], $2::bigint[]) x (program_id, member_id)) x
join account a on a.program_id = x.program_id and a.member_id = x.member_id
group by a.program_id, a.member_id, a.unit`;

const OVERDUE = `select true from member_books
where program_id = $1 and member_id = $2 and due_at <= to_timestamp($3::float8 / 1000) limit 1`;

/** Lots that matured and ended unswept count for their debt only: they were usable for an instant. */
export const AT = `
select b.program, b.member, b.unit, b.held,
  b.available - ended + came - paid as available, b.pending - came - passed as pending, b.debt + paid + paid_passing as debt,
  ended + came + passed > 0 or exists (
    select from member_books m
    where m.program_id = b.program and m.member_id = b.member and m.unit = b.unit and m.due_at <= $4
  ) as due
from (${POSTED}) b
cross join lateral (
  select case when b.available = 0 then 0 else (
    select coalesce(ledger_sum(remaining), 0) from lot l
    where l.program_id = b.program and l.member_id = b.member and l.unit = b.unit and l.remaining > 0 and l.matured and l.ends_at <= $4
  ) end as ended
) e
cross join lateral (
  select coalesce(ledger_sum(remaining) filter (where l.ends_at > $4), 0) as came, coalesce(ledger_sum(remaining) filter (where l.ends_at <= $4), 0) as passed
  from lot l
  where b.pending > 0 and l.program_id = b.program and l.member_id = b.member and l.unit = b.unit
    and l.remaining > 0 and not l.matured and l.usable_at <= $4
) m
cross join lateral (select least(passed, -b.debt) as paid_passing) p
cross join lateral (select least(came, -b.debt - paid_passing) as paid) q`.replaceAll(
  '$4',
  'to_timestamp($3::float8 / 1000)',
);

/** As src/rules/lots.ts has it: an order's lot goes by the order's own id, a card's without its member. */
const LOT_KEY = `case when l.of like 'order:%' then substr(l.of, 7)
  else regexp_replace(l.of, '^card:[^:]*:', 'card:') end collate "C"`;

const lots = (only: string) => `
select l.program_id as program, l.member_id as member, l.unit, l.of, l.given, l.remaining as left, l.lapsed, l.drawn, l.matured,
  (extract(epoch from l.earned_at) * 1000)::bigint as earned, (extract(epoch from l.usable_at) * 1000)::bigint as usable,
  case when l.ends_at < 'infinity' then (extract(epoch from l.ends_at) * 1000)::bigint end as ends
from (select distinct program_id, member_id from unnest($1::bigint[], $2::bigint[]) x (program_id, member_id)) x
join lot l on l.program_id = x.program_id and l.member_id = x.member_id ${only}
order by l.program_id, l.member_id, l.unit, l.matured desc, case when l.matured then l.ends_at else l.usable_at end, l.ends_at,
  l.earned_at, ${LOT_KEY}, l.of`;

const LOTS = { open: lots('and l.remaining > 0'), all: lots('') };
