import type { Generated, GeneratedAlways } from 'kysely';
import type { Big, BigDefault, Instant, InstantDefault, InstantOrNull, Json } from './column-types.js';

/** The tables of what is done outside a request, or was done and may be asked about later. */

export interface OutboxTable {
  id: GeneratedAlways<string>;
  program_id: Big;
  store_id: Big;
  shard: number;
  kind: string;
  subject: string;
  payload: Json;
  status: Generated<number>;
  asked: Generated<number>;
  attempts: Generated<number>;
  next_at: InstantDefault;
  lease_until: InstantOrNull;
  error: string | null;
  created_at: InstantDefault;
  done_at: InstantOrNull;
}

export interface ReconciliationTable {
  program_id: Big;
  store_id: Big;
  what: string;
  since: Instant;
  cursor: string | null;
  started_at: InstantOrNull;
  finished_at: InstantOrNull;
  healed: Generated<number>;
  error: string | null;
}

export interface AuditEventTable {
  program_id: Big;
  id: GeneratedAlways<string>;
  at: InstantDefault;
  actor: string;
  what: string;
  facts: Json;
}

export interface ApiKeyTable {
  program_id: Big;
  id: GeneratedAlways<string>;
  name: string;
  hash: Buffer;
  created_at: InstantDefault;
  last_used_at: InstantOrNull;
  revoked_at: InstantOrNull;
}

export interface RejudgingTable {
  program_id: Big;
  since: Instant;
  everyone: boolean;
  asked_at: InstantDefault;
  after_member: BigDefault;
  total: number | null;
  done: Generated<number>;
  finished_at: InstantOrNull;
}

export interface SimulationTable {
  program_id: Big;
  id: Generated<string>;
  rules: Json;
  since: InstantOrNull;
  made: Json;
  asked_by: string;
  asked_at: InstantDefault;
  lease_until: InstantOrNull;
  done: Generated<number>;
  total: number | null;
  cancelled: Generated<boolean>;
  finished_at: InstantOrNull;
  error: string | null;
  report: Json;
  draft: string | null;
  weeks_back: Generated<number>;
  turn: Generated<number>;
}

export interface TargetTable {
  program_id: Big;
  what: string;
  aim: number;
  set_by: string;
  set_at: Instant;
}

/** What was passed on to causes. */
export interface CausePayoutTable {
  program_id: Big;
  id: Generated<string>;
  cause: string;
  month: string;
  members: Big;
  shop: Big;
  paid_on: string;
  reference: string;
  paid_by: string;
  noted_at: Instant;
}

/** Two rewards held against each other. */
export interface RewardTrialTable {
  program_id: Big;
  id: Generated<string>;
  name: string;
  one: string;
  other: string;
  measure: string;
  salt: string;
  began_at: Instant;
  ends_at: Instant;
  closed_at: InstantOrNull;
  begun_by: string;
}

/** What became of a member's level, as of the last count. */
export interface LevelMoveTable {
  program_id: Big;
  member_id: Big;
  nth: number;
  at: Instant;
  /** `joined`, `rose`, `fell`, `kept`, `ruled`. */
  kind: string;
  was: string | null;
  level: string | null;
  until: InstantOrNull;
}

export interface MemberLevelTable {
  program_id: Big;
  member_id: Big;
  level: string;
  falls_at: InstantOrNull;
}

export interface LevelCountTable {
  program_id: Big;
  counted_at: Instant;
  members: number;
}

export interface ForecastTable {
  program_id: Big;
  promotion: string;
  unit: string;
  points: Big;
  open_hours: number;
  together: number;
  from_at: Instant;
}
