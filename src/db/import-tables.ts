import type { Generated } from 'kysely';
import type { Big, InstantDefault, InstantOrNull, Json } from './column-types.js';

/** The tables of what is brought from a file. */

export interface ImportFileTable {
  program_id: Big;
  id: Generated<string>;
  name: string;
  state: string;
  encoding: string;
  separator: Generated<string>;
  columns: Json;
  rows: Generated<number>;
  parts: Generated<number>;
  mapping: Json;
  asked_by: string;
  asked_at: InstantDefault;
  lease_until: InstantOrNull;
  attempts: Generated<number>;
  turn: Generated<number>;
  done: Generated<number>;
  cancelled: Generated<boolean>;
  given_at: InstantOrNull;
  undone_at: InstantOrNull;
  finished_at: InstantOrNull;
  error: string | null;
  report: Json;
  parity: Json;
}

export interface ImportPartTable {
  program_id: Big;
  import_id: string;
  n: number;
  first_row: number;
  sealed: Buffer;
}

export interface ImportLineTable {
  program_id: Big;
  import_id: string;
  line: number;
  mailbox: string | null;
  member_id: string | null;
  origin: string;
  unit: string;
  points: Big;
  ends: string | null;
  level: string | null;
  state: Generated<string>;
}

export interface ImportProblemTable {
  program_id: Big;
  import_id: string;
  line: number;
  reason: string;
  of_line: number | null;
}
