import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { type MemberRef, settleMembers } from './settle-members.js';

export interface Adjustment extends MemberRef {
  /** Names the act: the same id again changes nothing. */
  id: string;
  unit: string;
  /** Points to give (positive) or take (negative). */
  amount: number;
  /** What the member may read, and who did it. */
  reason: string;
  by: string;
  at: Millis;
}

const NOTE = `
  insert into activity (program_id, kind, key, member_id, at, facts) values ($1, 'adjust', $2, $3, $4, $5)
  on conflict (program_id, kind, key) do nothing`;

/** Gives or takes points by hand, with a reason. What is taken and no longer there is owed or forgiven like any taking back. */
export async function adjustPoints(tx: Tx, adjustment: Adjustment, now: Millis, shards: number): Promise<void> {
  const { program, member, id, unit, amount, reason, by, at } = adjustment;
  const facts = JSON.stringify({ unit, amount, reason, by });
  await tx.prepared('loyalty_adjust', NOTE, [program, id, member, new Date(at), facts]);
  await settleMembers(tx, [{ program, member }], now, shards);
}
