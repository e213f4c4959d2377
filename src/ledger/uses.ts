import type { Tx } from '../db/database.js';
import type { MemberRef } from './lock-members.js';
import type { LotUse } from './postings.js';

const READ = `
select u.program_id as program, u.member_id as member, u.unit, u.spending, u.lot, u.points
from unnest($1::bigint[], $2::bigint[]) x (program_id, member_id)
join lot_use u on u.program_id = x.program_id and u.member_id = x.member_id and u.points > 0`;

/**
 * The uses to hand to `post` so that exactly `wanted` remain of these members: a spending that no longer draws on a lot is
 * written down as drawing nothing from it.
 */
export async function replacingUses(
  tx: Tx,
  members: readonly MemberRef[],
  wanted: readonly LotUse[],
): Promise<LotUse[]> {
  const rows = await tx.prepared<LotUse>('ledger_uses', READ, [
    members.map((m) => m.program),
    members.map((m) => m.member),
  ]);
  const kept = new Set(wanted.map(keyOf));
  const gone = rows.filter((row) => !kept.has(keyOf(row)));
  return [...wanted, ...gone.map((row) => ({ ...row, points: 0n }))];
}

const keyOf = (use: LotUse) => [use.program, use.member, use.unit, use.spending, use.lot].join('\n');
