import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** What stands in one kind of account of a unit, over all members or of the program itself. */
export interface AccountSum {
  unit: string;
  kind: string;
  points: bigint;
  accounts: number;
}

export const ACCOUNTS = `
  select unit, kind, sum(balance) as points, count(*)::int as accounts from account
  where program_id = $1 group by unit, kind order by unit, kind`;

/** Every kind of account of a program; over a unit they sum to zero. */
export async function readAccounts(tx: Tx, program: string): Promise<AccountSum[]> {
  const rows = await tx.prepared<Omit<AccountSum, 'points'> & { points: string }>('ledger_accounts', ACCOUNTS, [
    program,
  ]);
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}

/** Open points by the month in which they end, in the shop's own time; `month` null = they do not end. */
export interface EndingMonth {
  unit: string;
  month: string | null;
  points: bigint;
  members: number;
}

export const LIABILITY = `
  select unit, case when ends_at = 'infinity' then null else to_char(ends_at at time zone $2, 'YYYY-MM') end as month,
    sum(remaining) as points, count(distinct member_id)::int as members
  from lot where program_id = $1 and remaining > 0 group by 1, 2 order by 1, 2 nulls last`;

export async function readLiability(tx: Tx, program: string, zone: string): Promise<EndingMonth[]> {
  const rows = await tx.prepared<Omit<EndingMonth, 'points'> & { points: string }>('ledger_liability', LIABILITY, [
    program,
    zone,
  ]);
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}

/** What members still have of a unit. */
export interface UnitHeld {
  unit: string;
  members: number;
  points: bigint;
}

const HELD = `
  select unit, count(distinct member_id)::int as members, sum(remaining) as points
  from lot where program_id = $1 and unit = any($2) and remaining > 0 group by unit order by unit`;

/** What members have of some units; a unit of which nobody has any is left out. */
export async function readUnitsHeld(tx: Tx, program: string, units: readonly string[]): Promise<UnitHeld[]> {
  if (units.length === 0) return [];
  const rows = await tx.prepared<Omit<UnitHeld, 'points'> & { points: string }>('ledger_units_held', HELD, [
    program,
    units,
  ]);
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}

/** All that moved between two kinds of account on one day of the shop. */
export interface JournalLine {
  day: string;
  unit: string;
  from: string;
  to: string;
  transfers: number;
  points: bigint;
}

export const JOURNAL = `
  select to_char(at at time zone $4, 'YYYY-MM-DD') as day, unit, from_account as "from", to_account as "to",
    count(*)::int as transfers, sum(points) as points
  from transfer where program_id = $1 and at >= $2 and at < $3 group by 1, 2, 3, 4 order by 1, 2, 3, 4`;

/** The journal of a period, for bookkeeping; the days are the shop's. */
export async function readJournal(
  tx: Tx,
  program: string,
  { from, to, zone }: { from: Millis; to: Millis; zone: string },
): Promise<JournalLine[]> {
  const rows = await tx.prepared<Omit<JournalLine, 'points'> & { points: string }>('ledger_journal', JOURNAL, [
    program,
    new Date(from),
    new Date(to),
    zone,
  ]);
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}
