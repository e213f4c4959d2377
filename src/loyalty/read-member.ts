import type { Tx } from '../db/database.js';
import { type LotState } from '../ledger/postings.js';
import { readLots } from '../ledger/balances.js';
import type { Millis } from '../lib/clock.js';
import type { RuleVersion } from '../rules/known.js';
import { type MemberState, readMemberState } from './member-state.js';
import type { MemberRef } from './settle-members.js';

/** A lot with something left. */
export type OpenLot = Omit<LotState, 'lapsed' | 'drawn'>;

export interface MemberProfile extends MemberState {
  publicId: string;
  joined: Millis;
  referralCode: string;
  /** Lots with something left, in drawing order within their unit. */
  lots: OpenLot[];
}

const READ = `select public_id, joined_at, referral_code from member where program_id = $1 and id = $2`;

/** Everything a member may see of themselves, as of `now`. Null when there is no such member. */
export async function readMember(
  tx: Tx,
  ref: MemberRef,
  rules: RuleVersion[],
  now: Millis,
  shards: number,
): Promise<MemberProfile | null> {
  const [row] = await tx.prepared<{ public_id: string; joined_at: Date; referral_code: string }>(
    'loyalty_member',
    READ,
    [ref.program, ref.member],
  );
  if (!row) return null;
  const state = await readMemberState(tx, ref, rules, now, shards);
  return {
    ...state,
    publicId: row.public_id,
    joined: row.joined_at.getTime(),
    referralCode: row.referral_code,
    lots: await readLots(tx, [ref]),
  };
}

/** What ends next and what becomes usable next, by unit; a lot that ended unswept counts for neither. */
export function nextChanges(
  lots: readonly OpenLot[],
  unit: string,
  now: Millis,
): {
  ends: { at: Millis; points: bigint } | null;
  usable: { at: Millis; points: bigint } | null;
} {
  const own = lots.filter((lot) => lot.unit === unit && lot.left > 0n);
  const ending = own.filter((lot) => lot.ends !== null && lot.ends > now && lot.usable <= now);
  const maturing = own.filter((lot) => lot.usable > now);
  return { ends: soonest(ending, (lot) => lot.ends ?? Infinity), usable: soonest(maturing, (lot) => lot.usable) };
}

function soonest(lots: readonly OpenLot[], when: (lot: OpenLot) => Millis): { at: Millis; points: bigint } | null {
  if (lots.length === 0) return null;
  const at = Math.min(...lots.map(when));
  return { at, points: lots.reduce((sum, lot) => (when(lot) === at ? sum + lot.left : sum), 0n) };
}
