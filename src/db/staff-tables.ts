import type { Generated, GeneratedAlways } from 'kysely';
import type { Big, Instant, InstantDefault, InstantOrNull } from './column-types.js';

/** The tables of the people of a shop and of how they come in. */

export interface StaffTable {
  program_id: Big;
  id: GeneratedAlways<string>;
  email: string | null;
  platform_user: string | null;
  name: string;
  role: string;
  locale: Generated<string>;
  added_at: InstantDefault;
  removed_at: InstantOrNull;
}

export interface SignInLinkTable {
  program_id: Big;
  hash: Buffer;
  staff_id: Big;
  ends_at: Instant;
  used_at: InstantOrNull;
}

export interface DeskSessionTable {
  program_id: Big;
  hash: Buffer;
  staff_id: Big;
  began_at: Instant;
  seen_at: Instant;
  ends_at: Instant;
}

export interface PasskeyTable {
  program_id: Big;
  id: Generated<string>;
  staff_id: Big;
  credential: Buffer;
  host: string;
  public_key: Buffer;
  name: string;
  counter: Big;
  added_at: Instant;
  used_at: InstantOrNull;
  challenged_at: Instant;
}

export interface AdjustmentLimitTable {
  program_id: Big;
  role: string;
  alone: string | null;
  at_once: Big;
  a_day: Big;
}

export interface AdjustmentTable {
  program_id: Big;
  id: string;
  member_id: Big;
  unit: string;
  points: Big;
  reason: string;
  asked_by: string;
  asked_at: Instant;
  state: string;
  decided_by: string | null;
  decided_at: InstantOrNull;
  said: string | null;
  undoes: string | null;
}
