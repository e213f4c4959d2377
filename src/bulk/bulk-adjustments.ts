import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';

export type BulkState =
  'looked' | 'waiting' | 'refused' | 'withdrawn' | 'giving' | 'done' | 'undoing' | 'undone' | 'failed';

/** Points for, or from, many members at once; or their hold. */
export interface BulkAdjustment {
  id: string;
  kind: 'points' | 'hold' | 'release';
  /** Null = it is not about points. */
  unit: string | null;
  points: string;
  reason: string;
  state: BulkState;
  asked_by: string;
  asked_name: string | null;
  asked_at: Date;
  members: number;
  total: string;
  short: number;
  left_out: number;
  parts: number;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Date | null;
  said: string | null;
  done: number;
  given_members: number;
  given_points: string;
  undone_members: number;
  cancelled: boolean;
  undone_by: string | null;
  undo_reason: string | null;
  finished_at: Date | null;
  error: string | null;
}

const SELECT = `
  select b.id, b.kind, b.unit, b.points, b.reason, b.state, b.asked_by, b.asked_at, b.members, b.total, b.short, b.left_out, b.parts,
    b.decided_by, b.decided_at, b.said, b.done, b.given_members, b.given_points, b.undone_members, b.cancelled, b.undone_by,
    b.undo_reason, b.finished_at, b.error, coalesce(s.name, k.name) as asked_name, coalesce(d.name, e.name) as decided_name
  from bulk_adjustment b
  left join staff s on s.program_id = $1 and b.asked_by = 'staff:' || s.id
  left join api_key k on k.program_id = $1 and b.asked_by = 'key:' || k.id
  left join staff d on d.program_id = $1 and b.decided_by = 'staff:' || d.id
  left join api_key e on e.program_id = $1 and b.decided_by = 'key:' || e.id
  where b.program_id = $1`;
const READ = `${SELECT} and b.id = $2`;
const LOCKED = `${READ} for update of b`;
const LATEST = `${SELECT} and b.state <> 'looked' order by b.asked_at desc, b.id desc limit 50`;

/** @throws AppError `no_such_bulk` (404) */
export async function readBulk(tx: Tx, program: string, id: string): Promise<BulkAdjustment> {
  return found(await tx.prepared<BulkAdjustment>('bulk_read', READ, [program, id]));
}

/** The same, and nobody else changes it until the transaction ends. @throws AppError `no_such_bulk` (404) */
export async function lockBulk(tx: Tx, program: string, id: string): Promise<BulkAdjustment> {
  return found(await tx.prepared<BulkAdjustment>('bulk_locked', LOCKED, [program, id]));
}

function found([row]: BulkAdjustment[]): BulkAdjustment {
  if (!row) throw new AppError('no_such_bulk', 404, 'There is nothing of this name: it may have been removed.');
  return row;
}

/** The last fifty that were asked for, newest first; what was only looked at is not among them. */
export const latestBulks = (tx: Tx, program: string): Promise<BulkAdjustment[]> =>
  tx.prepared<BulkAdjustment>('bulk_latest', LATEST, [program]);

/** What the log calls a step: `bulk.started`, `bulk-hold.started`, `bulk-release.started`. */
export const whatOf = (kind: BulkAdjustment['kind'], step: 'started' | 'stopped' | 'undone' | 'finished'): string =>
  `bulk${kind === 'points' ? '' : `-${kind}`}.${step}`;
