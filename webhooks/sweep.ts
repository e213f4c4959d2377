import { inTransaction, type Database, type Tx } from '../src/db/database.js';
import type { Clock } from '../src/lib/clock.js';

/** Each by the clock that its `next_at` is written by: the inbox by the database's, effects by ours. */
const WAITING = {
  inbox: `select s::int as shard from generate_series(0, $1 - 1) s
    where exists (select from inbox where shard = s and status = 0 and next_at <= now())`,
  outbox: `select s::int as shard from generate_series(0, $1 - 1) s
    where exists (select from outbox where shard = s and status = 0 and next_at <= $2)`,
};

async function waitingShards(tx: Tx, table: 'inbox' | 'outbox', values: unknown[]): Promise<number[]> {
  const rows = await tx.prepared<{ shard: number }>(`${table}_waiting_shards`, WAITING[table], values);
  return rows.map(({ shard }) => shard);
}

export interface SweepParts {
  db: Database;
  clock: Clock;
  shards: number;
  ring(table: 'inbox' | 'outbox', shards: readonly number[]): void;
  onError(error: unknown): void;
}

/** Rings for whatever waits: rings that were lost, rows whose time has come, rows of a process that died. */
export async function sweepOnce({ db, clock, shards, ring }: Omit<SweepParts, 'onError'>): Promise<void> {
  const found = await inTransaction(db, 'intake', async (tx) => ({
    inbox: await waitingShards(tx, 'inbox', [shards]),
    outbox: await waitingShards(tx, 'outbox', [shards, new Date(clock.now())]),
  }));
  if (found.inbox.length > 0) ring('inbox', found.inbox);
  if (found.outbox.length > 0) ring('outbox', found.outbox);
}

/** Sweeps each second until stopped; `stop` resolves when the last sweep is over. */
export function startSweep(parts: SweepParts, everyMs = 1_000): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= sweepOnce(parts)
      .catch(parts.onError)
      .finally(() => (running = null));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
