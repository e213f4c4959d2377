import type { Big, Instant, Json } from './column-types.js';

export interface SurveyAnswerTable {
  program_id: Big;
  survey: string;
  member_id: Big;
  answers: Json;
  answered_at: Instant;
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
