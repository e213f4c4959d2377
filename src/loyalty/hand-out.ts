import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { settleMembers } from './settle-members.js';

export type HandedOut = 'given' | 'released' | 'waiting';

const SETTLE = `
  update redemption set
    given_at = case when $3 = 'given' then $4::timestamptz end,
    released_at = case when $3 = 'released' then $4::timestamptz end
  where program_id = $1 and id = $2 and by_hand and released_at is null
    and case when $3 = 'waiting' then state = 'captured' and given_at is not null else state = 'held' and given_at is null end
  returning member_id as member`;

/**
 * Ends the waiting of a reward that staff hand out: it was given, and its points are used; or it was let go, and they go back.
 * `waiting` = it was not given after all. False when that was not how it stood: whoever came first decided.
 */
export async function settleByHand(
  tx: Tx,
  { program, redemption, as }: { program: string; redemption: string; as: HandedOut },
  now: Millis,
  shards: number,
): Promise<boolean> {
  const values = [program, redemption, as, new Date(now)];
  const [row] = await tx.prepared<{ member: string }>('loyalty_hand_out', SETTLE, values);
  if (row) await settleMembers(tx, [{ program, member: row.member }], now, shards);
  return row !== undefined;
}
