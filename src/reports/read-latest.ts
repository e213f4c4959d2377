import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** Something that moved points, with all that it moved. */
export interface LatestMove {
  at: Date;
  /** `order:3/1001`, `join:7`, `redemption:...` */
  cause: string;
  member: string;
  unit: string;
  /** What the member has more (or less) by it. */
  points: bigint;
}

export const LATEST = `
  select max(at) as at, cause, member_id as member, unit,
    sum(case when from_member = 0 then points when to_member = 0 then -points else 0 end) as points
  from (
    select at, cause, member_id, unit, from_member, to_member, points from transfer
    where program_id = $1 and at <= $2 order by program_id desc, at desc limit 200
  ) t
  group by cause, member_id, unit order by max(at) desc limit $3`;

/** What happened last, newest first; what moved only between a member's own accounts is not in it. */
export async function readLatest(tx: Tx, program: string, now: Millis, limit: number): Promise<LatestMove[]> {
  const rows = await tx.prepared<Omit<LatestMove, 'points'> & { points: string }>('overview_latest', LATEST, [
    program,
    new Date(now),
    limit + 10,
  ]);
  const moves = rows.map((row) => ({ ...row, points: BigInt(row.points) }));
  return moves.filter(({ points }) => points !== 0n).slice(0, limit);
}
