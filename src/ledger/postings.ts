import type { Millis } from '../lib/clock.js';

/** A member's accounts of one unit, and the program's (which belong to member 0). */
export type MemberAccount = 'available' | 'pending' | 'held' | 'debt';
export type ProgramAccount = 'issued' | 'redeemed' | 'expired' | 'forgiven';
export type AccountKind = MemberAccount | ProgramAccount;

/** What makes a posting the same one when it comes again: all of it. `seq` counts further postings under one target from 1. */
export interface PostingKey {
  program: string;
  /** Who owns the member accounts of the posting. */
  member: string;
  unit: string;
  /** Key of the activity that is the reason: `order:17/1001`, `redemption:...`. */
  cause: string;
  kind: string;
  from: AccountKind;
  to: AccountKind;
  /** Key of the lot that it touches, '' when none. */
  lot: string;
  seq: number;
}

/** One movement of whole points between two accounts of one unit. */
export interface Posting extends PostingKey {
  at: Millis;
  points: bigint;
  /** Whose account `from` is, when not `member`'s: points of a merged member go to the one that remains. */
  fromMember?: string;
  /** Whose account `to` is, when not `member`'s (the correction of such a posting goes back). */
  toMember?: string;
}

/** A lot as it stands after the postings. given = left + lapsed + drawn. */
export interface LotState {
  program: string;
  member: string;
  unit: string;
  of: string;
  given: bigint;
  left: bigint;
  lapsed: bigint;
  drawn: bigint;
  /** Its points are in `available` (and no longer in `pending`). */
  matured: boolean;
  earned: Millis;
  usable: Millis;
  /** null = never. */
  ends: Millis | null;
}

/** What a spending has taken from a lot, net of what came back. */
export interface LotUse {
  program: string;
  member: string;
  unit: string;
  /** `redemption:<id>`, or the cause of a fall that other lots had to cover. */
  spending: string;
  lot: string;
  points: bigint;
}

/** What the incremental way must know of a member's unit (table member_books). */
export interface BooksMark {
  program: string;
  member: string;
  unit: string;
  disturbed: Millis | null;
  due: Millis | null;
}

/** One batch, over any number of programs and members: posted as a whole or not at all. */
export interface Batch {
  postings: readonly Posting[];
  /** Every lot whose state the postings change. */
  lots?: readonly LotState[];
  uses?: readonly LotUse[];
  books?: readonly BooksMark[];
}

const PROGRAM_ACCOUNTS: ReadonlySet<string> = new Set(['issued', 'redeemed', 'expired', 'forgiven']);

/** The owner of an account of a posting: the program's accounts are member 0's. */
export const ownerOf = (account: AccountKind, member: string): string => (PROGRAM_ACCOUNTS.has(account) ? '0' : member);
