import type { Tx } from '../db/database.js';

/** A redemption as it is stored. */
export interface RedemptionRow {
  id: string;
  store_id: string;
  member_id: string;
  reward: string;
  unit: string;
  points: string;
  off: string;
  net_points: string;
  code: string;
  state: 'held' | 'captured' | 'released' | 'returned';
  code_state: 'wanted' | 'live' | 'dying' | 'killed' | 'failed';
  made_at: Date;
  expires_at: Date;
  request_hash: Buffer | null;
  cart: unknown;
  /** Staff hand it out: no platform knows of it. */
  by_hand: boolean;
}

const COLUMNS = `id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state, made_at, expires_at,
  request_hash, cart, by_hand`;

export async function readRedemption(tx: Tx, program: string, id: string): Promise<RedemptionRow | null> {
  const [row] = await tx.prepared<RedemptionRow>(
    'loyalty_redemption',
    `select ${COLUMNS} from redemption where program_id = $1 and id = $2`,
    [program, id],
  );
  return row ?? null;
}

/** The redemption that an earlier try with the same key made. */
export async function findRetried(tx: Tx, program: string, member: string, key: string): Promise<RedemptionRow | null> {
  const [row] = await tx.prepared<RedemptionRow>(
    'loyalty_redemption_retried',
    `select ${COLUMNS} from redemption where program_id = $1 and member_id = $2 and idempotency_key = $3`,
    [program, member, key],
  );
  return row ?? null;
}

/** Whether a redemption is a member's: their own, or of somebody who was merged into them. */
export async function isRedemptionOf(tx: Tx, program: string, id: string, member: string): Promise<boolean> {
  const rows = await tx.prepared(
    'loyalty_redemption_of',
    `select from redemption r join member m on m.program_id = r.program_id and m.id = r.member_id
     where r.program_id = $1 and r.id = $2 and coalesce(m.merged_into, m.id) = $3`,
    [program, id, member],
  );
  return rows.length > 0;
}

/** What a member (or who was merged into them) has reserved and not yet used or let go, oldest first. */
export async function readHeld(tx: Tx, program: string, member: string): Promise<RedemptionRow[]> {
  return tx.prepared<RedemptionRow>(
    'loyalty_redemptions_held',
    `select ${COLUMNS} from redemption
     where program_id = $1 and (member_id = $2 or member_id in (
         select id from member where program_id = $1 and merged_into = $2))
       and state = 'held' and code_state in ('wanted', 'live') order by made_at`,
    [program, member],
  );
}
