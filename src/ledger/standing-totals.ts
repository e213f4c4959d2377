import type { Tx } from '../db/database.js';

const TOTALS = `
  select unit, sum(balance)::text as points from account
  where program_id = $1 and member_id <> 0 and kind in ('available', 'pending', 'held', 'debt') group by unit`;

/** What members have in all, by unit: available, pending and held points, less what they owe. */
export async function standingTotals(tx: Tx, program: string): Promise<Record<string, string>> {
  const rows = await tx.prepared<{ unit: string; points: string }>('ledger_standing_totals', TOTALS, [program]);
  return Object.fromEntries(rows.map(({ unit, points }) => [unit, points]));
}
