import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Config } from './config.js';
import { type Database, openDatabase } from './db/database.js';
import { pendingMigrations } from './db/migrate.js';
import { type Clock, systemClock } from './lib/clock.js';
import { AppError } from './lib/errors.js';
import type { Logger } from './lib/logger.js';
import { noPaths, type PathRecorder } from './lib/path-recorder.js';
import type { Releasers } from './lib/releasers.js';
import { openQueueBackend, type QueueBackend } from './queue/backend.js';
import { type AskDatabaseTime, refuseSkew } from './queue/clock-guard.js';
import { type Bell, type Doorbell, openDoorbell } from './queue/doorbell.js';

/** Told to this module by whoever starts a role. */
export interface Beginning {
  config: Config;
  /** Where the database is: config's, or the embedded one's. */
  databaseUrl: string;
  /** Where platforms and shoppers reach us, without a slash at the end. */
  publicUrl: string;
  log: Logger;
  releasers: Releasers;
  paths?: PathRecorder;
  clock?: Clock;
  /** For the demo alone: where a Shopify shop of this domain listens instead. */
  shopifyStandIn?: (domain: string) => string | null;
}

/** What stands before anything of the product does: connections, the queue, the clock. */
export interface Foundation extends Required<Beginning> {
  databases: {
    /** Requests: short statements. */
    app: Database;
    /** Deliveries, and nothing else: it stays free when requests are many. */
    intake: Database;
    /** Batches and sweeps. */
    work: Database;
  };
  queue: QueueBackend;
  bells: Record<Bell, Doorbell>;
  /** For limits shared by all processes; null without Redis. */
  redis: Redis | null;
  databaseTime: AskDatabaseTime;
}

/**
 * Opens everything, or waits until it can: a database or Redis that is not there yet is asked for again, for as long as
 * nobody wants to leave. Throws AppError('not_migrated') and AppError('clock_skew'), which time does not heal.
 */
export async function lay(beginning: Beginning): Promise<Foundation> {
  const { config, databaseUrl, log, releasers } = beginning;
  const work = await untilThere(() => open(databaseUrl, 'app', config.workerConcurrency + 2, 60_000, log), beginning);
  releasers.add('database (work)', () => work.close());
  await refuseUnmigrated(work);
  const databaseTime = timeOf(work);
  await refuseSkew(databaseTime);
  const app = await untilThere(() => open(databaseUrl, 'app', config.databasePool, 5_000, log), beginning);
  releasers.add('database (requests)', () => app.close());
  const intake = await untilThere(() => open(databaseUrl, 'intake', INTAKE_POOL, 5_000, log), beginning);
  releasers.add('database (intake)', () => intake.close());
  const queue = await untilThere(() => openQueueBackend({ redisUrl: config.redisUrl, databaseUrl, log }), beginning);
  releasers.add('queue', () => queue.close());
  const redis = config.redisUrl ? limitsRedis(config.redisUrl) : null;
  if (redis) releasers.add('redis (limits)', () => redis.disconnect());
  const bells = { deliveries: openDoorbell(queue, 'deliveries', log), effects: openDoorbell(queue, 'effects', log) };
  releasers.add('doorbells', async () => void (await Promise.all([bells.deliveries.close(), bells.effects.close()])));
  return {
    paths: noPaths,
    clock: systemClock,
    shopifyStandIn: () => null,
    ...beginning,
    databases: { app, intake, work },
    queue,
    bells,
    redis,
    databaseTime,
  };
}

/** Two batches under way, one sweep, one lookup of a store. */
const INTAKE_POOL = 4;

async function open(url: string, role: 'app' | 'intake', max: number, statementTimeoutMs: number, log: Logger) {
  const onIdleError = (error: Error) => log.warn({ err: error }, 'the database dropped an idle connection');
  // a worker's lanes take turns at its connections; a request is told at once that there is none
  const patient = statementTimeoutMs > 5_000 ? { acquireTimeoutMs: 30_000 } : {};
  // senders of deliveries wait for few seconds, and another connection may do
  const impatient = role === 'intake' ? { silenceMs: statementTimeoutMs + 1_000 } : {};
  return openDatabase(url, { role, max, statementTimeoutMs, onIdleError, ...patient, ...impatient });
}

/** Only for counting: it fails fast, and then each process counts for itself. */
function limitsRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    commandTimeout: 500,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(times * 100, 2_000),
  });
  redis.on('error', () => undefined); // the queue's own connection tells
  return redis;
}

/** @throws AppError `not_migrated` */
export async function refuseUnmigrated({ pool }: Database): Promise<void> {
  const pending = await pendingMigrations(pool);
  if (pending.length > 0)
    throw new AppError(
      'not_migrated',
      500,
      `The database lacks ${pending.join(', ')}. Run the release step first: node dist/src/release.js (or: npm start migrate).`,
    );
}

function timeOf({ pool }: Database): AskDatabaseTime {
  return async () => {
    const { rows } = await pool.query<{ now: string }>('select extract(epoch from clock_timestamp()) * 1000 as now');
    return Number(rows[0]?.now);
  };
}

const FIRST_WAIT_MS = 250;
const LAST_WAIT_MS = 5_000;

/** What cannot be reached yet is asked for again with growing pauses; any other failure is thrown. */
async function untilThere<T>(open: () => Promise<T>, { log, releasers }: Beginning): Promise<T> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LAST_WAIT_MS)) {
    try {
      return await open();
    } catch (error) {
      if (!mayCome(error) || releasers.leaving) throw error;
      log.warn({ err: error, waitMs }, 'not reachable yet; asked again');
      await sleep(waitMs);
    }
  }
}

function mayCome(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : '';
  return /^(ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|57P0|53|08)/.test(code) || /timeout|terminated/i.test(text);
}
