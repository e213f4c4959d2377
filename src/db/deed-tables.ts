import type { Generated } from 'kysely';
import type { Big, Instant, InstantDefault, Json } from './column-types.js';

export interface SurveyAnswerTable {
  program_id: Big;
  survey: string;
  member_id: Big;
  answers: Json;
  answered_at: Instant;
}

export interface MemberWordTable {
  program_id: Big;
  member_id: Big;
  token: Big;
}

export interface ShownNameTable {
  program_id: Big;
  member_id: Big;
  name: string;
  agreed_at: Instant;
}

export interface LeaderboardEndTable {
  program_id: Big;
  board: string;
  period: string;
  ended_at: Instant;
}

export interface StickerBatchTable {
  program_id: Big;
  key: string;
  unit: string;
  made_by: string;
  made_at: Instant;
  ends_at: InstantDefault;
}

export interface StickerTable {
  program_id: Big;
  hash: Buffer;
  batch: string;
  n: number;
  voided: Generated<boolean>;
  redemption: string | null;
}
