import type { Generated } from 'kysely';
import type { Big, BigDefault, Instant, InstantOrNull } from './column-types.js';

/** The tables of what is given to, or taken from, many members at once. */

export interface BulkAdjustmentTable {
  program_id: Big;
  id: string;
  kind: Generated<string>;
  unit: string | null;
  points: Big;
  reason: string;
  state: Generated<string>;
  asked_by: string;
  asked_at: Instant;
  members: Generated<number>;
  total: BigDefault;
  short: Generated<number>;
  left_out: Generated<number>;
  parts: Generated<number>;
  decided_by: string | null;
  decided_at: InstantOrNull;
  said: string | null;
  lease_until: InstantOrNull;
  attempts: Generated<number>;
  turn: Generated<number>;
  done: Generated<number>;
  given_members: Generated<number>;
  given_points: BigDefault;
  undone_members: Generated<number>;
  cancelled: Generated<boolean>;
  undone_by: string | null;
  undo_reason: string | null;
  finished_at: InstantOrNull;
  error: string | null;
}

export interface BulkAdjustmentMemberTable {
  program_id: Big;
  bulk_id: string;
  n: number;
  member_id: Big;
  points: Big;
  state: Generated<string>;
  given: string | null;
  held_at: InstantOrNull;
}
