import type { Big, Instant, Json } from './column-types.js';

export interface SurveyAnswerTable {
  program_id: Big;
  survey: string;
  member_id: Big;
  answers: Json;
  answered_at: Instant;
}
