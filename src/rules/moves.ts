import type { Millis } from '../lib/clock.js';

/**
 * The accounts of one unit. A member's: `available`, `pending`, `held` (reserved for a redemption) and `debt` (owed;
 * its balance is zero or negative). The program's: `issued` (everything ever given; negative = what was given),
 * `redeemed`, `expired`, `forgiven`.
 */
export type MemberAccount = 'available' | 'pending' | 'held' | 'debt';
export type ProgramAccount = 'issued' | 'redeemed' | 'expired' | 'forgiven';
export type AccountKind = MemberAccount | ProgramAccount;

/** Why points move. The kind fixes nothing about the accounts: `from` and `to` stand beside it. */
export type MoveKind =
  | 'earn' // issued -> pending or available: a rise of the activity's lot
  | 'mature' // pending -> available
  | 'take-back' // available or pending -> issued: a fall of the lot, covered
  | 'owe' // debt -> issued: a fall that spent points can no longer cover
  | 'forgive' // forgiven -> issued: the same under the policy "zero"
  | 'settle' // available -> debt: what becomes usable pays what is owed
  | 'expire' // available -> expired
  | 'hold' // available -> held: a reservation
  | 'capture' // held -> redeemed: an order carried the code
  | 'give-back' // held or redeemed -> available (or debt, forgiven, expired): release, cancellation, refund
  | 'spend' // available -> redeemed, or debt -> redeemed: an order used a code whose points had gone back
  | 'merge' // one member's accounts -> another's
  | 'adjust' // by hand, with a reason
  | 'send' // available (or debt) -> issued: given to another member
  | 'receive'; // issued -> available: what another member gave

/**
 * One movement of whole points of one unit between two accounts. `cause` is the key of the activity that is the reason
 * (`order:17/1001`, `join:5`, `review:...`, `redemption:...`), `lot` the key of the lot it touches, or '' when none.
 * `member` owns the member accounts among `from` and `to`; for `merge` `from` is `fromMember`'s.
 *
 * Two moves with the same (member, unit, cause, kind, from, to, lot) are one posting target: the ledger posts the sum
 * of what the replay says minus the sum of what was posted under that key, swapping from and to when it is negative.
 */
export interface Move {
  at: Millis;
  member: string;
  fromMember?: string;
  unit: string;
  cause: string;
  kind: MoveKind;
  from: AccountKind;
  to: AccountKind;
  lot: string;
  points: bigint;
}
