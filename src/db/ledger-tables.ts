import type { Generated, GeneratedAlways } from 'kysely';
import type { Big, BigDefault, Instant, InstantDefault, InstantOrNull } from './column-types.js';

/** The tables of the books: what stands, what moved, what was earned and what was drawn of it. */

export interface AccountTable {
  program_id: Big;
  member_id: Big;
  unit: string;
  kind: string;
  id: GeneratedAlways<string>;
  balance: BigDefault;
  version: BigDefault;
}

export interface MemberBooksTable {
  program_id: Big;
  member_id: Big;
  unit: string;
  disturbed_at: InstantOrNull;
  due_at: InstantOrNull;
  version: BigDefault;
}

export interface TransferTable {
  program_id: Big;
  id: Generated<string>;
  at: Instant;
  posted_at: InstantDefault;
  member_id: Big;
  unit: string;
  cause: string;
  kind: string;
  from_member: Big;
  from_account: string;
  to_member: Big;
  to_account: string;
  lot: Generated<string>;
  points: Big;
  seq: Generated<number>;
}

export interface EntryTable {
  program_id: Big;
  account_id: Big;
  account_seq: Big;
  transfer_id: Big;
  points: Big;
  balance_after: Big;
}

export interface LotTable {
  program_id: Big;
  member_id: Big;
  unit: string;
  of: string;
  given: Big;
  remaining: Big;
  lapsed: BigDefault;
  drawn: BigDefault;
  matured: boolean;
  earned_at: Instant;
  usable_at: Instant;
  ends_at: InstantDefault;
}

export interface LotUseTable {
  program_id: Big;
  member_id: Big;
  unit: string;
  spending: string;
  lot: string;
  points: Big;
}
