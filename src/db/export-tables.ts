import type { Generated } from 'kysely';
import type { BigDefault, Big, InstantDefault, InstantOrNull, Json } from './column-types.js';

/** The tables of what a program takes with it. */

export interface ExportFileTable {
  program_id: Big;
  id: Generated<string>;
  people: boolean;
  state: Generated<string>;
  asked_by: string;
  asked_at: InstantDefault;
  lease_until: InstantOrNull;
  attempts: Generated<number>;
  turn: Generated<number>;
  done: Generated<number>;
  total: number | null;
  finished_at: InstantOrNull;
  ends_at: InstantOrNull;
  error: string | null;
  bytes: BigDefault;
  parts: Generated<number>;
  manifest: Json;
}

export interface ExportPartTable {
  program_id: Big;
  export_id: string;
  n: number;
  sealed: Buffer;
}
