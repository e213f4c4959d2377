import type { KnownStore, Reading } from '../src/commerce/inbound-platform.js';
import type { OutboundPlatform } from '../src/commerce/outbound-platform.js';
import { type Database, inTransaction } from '../src/db/database.js';
import type { Clock } from '../src/lib/clock.js';
import { AppError, RetryLater } from '../src/lib/errors.js';
import type { SealingKey } from '../src/lib/key-file.js';
import type { Loyalty } from '../src/loyalty/context.js';
import { suspendStore } from '../src/loyalty/store-life.js';
import { type WaitingRow, markFailed, postpone } from './claim.js';

/** The platform of a store, ready to be called. */
export type PlatformOf = (program: string, store: string) => Promise<OutboundPlatform>;

export interface ProcessParts {
  db: Database;
  clock: Clock;
  keys: readonly SealingKey[];
  loyalty: Loyalty;
  platformOf: PlatformOf;
  /** Rung after a commit that may have left effects in the outbox. */
  ringEffects(shard: number): void;
  /** Told that a delivery is being worked on, then each step of it, for whoever watches. */
  begin(row: WaitingRow): void;
  watch(delivery: string, step: 'queue' | 'engine' | 'ledger', detail: string): void;
}

/** A delivery and what it says. */
export interface ReadRow {
  row: WaitingRow;
  store: KnownStore;
  reading: Reading;
}

/**
 * Puts a delivery back: the platform's wish for patience is no failure, anything else is counted on the row. A store whose
 * platform knows us no longer is suspended.
 */
export async function fail(parts: ProcessParts, row: WaitingRow, error: unknown): Promise<void> {
  if (error instanceof AppError && error.code === 'platform_revoked')
    await inTransaction(parts.db, { programs: [row.program] }, (tx) => suspendStore(tx, row, error.message));
  const why = error instanceof Error ? error.message : String(error);
  await inTransaction(parts.db, 'intake', (tx) =>
    error instanceof RetryLater
      ? postpone(tx, [{ id: row.id, afterMs: error.afterMs, why }])
      : markFailed(tx, [{ id: row.id, why }]),
  );
}
