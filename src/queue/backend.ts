import { createPostgresBackend, isPgPool, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Logger } from '../lib/logger.js';

/** Work that dies with its process is taken up by another within LOCK + STALL_CHECK. */
const LOCK_MS = 5_000;
const STALL_CHECK_MS = 2_000;
/** A job is a wake-up: it may start again as often as its processes die; what poisons is counted on the row (inbox, outbox). */
const MAX_STALLS = 1_000;
/** BullMQ's own events are read by nobody here; on Postgres they are rows. */
const KEPT_EVENTS = 100;
const FORGET = { count: 0 };

export interface JobData {
  shard?: number;
}
export type OpenQueue = Pick<
  Queue<JobData>,
  | 'add'
  | 'addBulk'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
  | 'getJobSchedulers'
  | 'getDeduplicationJobId'
  | 'removeDeduplicationKey'
  | 'getJob'
  | 'getJobCounts'
  | 'trimEvents'
  | 'close'
>;
export type OpenWorker = Pick<Worker, 'close' | 'pause' | 'resume' | 'isRunning' | 'waitUntilReady'>;
/** What a worker does for one job. `name` is the schedule's name or the bell's. */
export type Work = (name: string, data: JobData) => Promise<void>;

/** BullMQ on one of its two stores. Whatever it holds may vanish at any moment without losing more than time. */
export interface QueueBackend {
  kind: 'redis' | 'postgres';
  openQueue(name: string): OpenQueue;
  openWorker(name: string, work: Work, concurrency: number): OpenWorker;
  /** Resolves when the store answers; rejects after its own time-outs. */
  ping(): Promise<void>;
  /** After every queue and worker is closed. */
  close(): Promise<void>;
}

export interface QueueBackendOptions {
  /** Takes the queue to Redis; without it, it lives in schema `bullmq` of the database. */
  redisUrl: string | null;
  databaseUrl: string;
  log: Logger;
  /** Keeps installations that share a Redis apart. */
  prefix?: string;
}

export async function openQueueBackend(options: QueueBackendOptions): Promise<QueueBackend> {
  return options.redisUrl ? openRedis(options.redisUrl, options) : openPostgres(options);
}

const jobDefaults = { removeOnComplete: FORGET, removeOnFail: FORGET, attempts: 1 };
const queueOptions = { defaultJobOptions: jobDefaults, streams: { events: { maxLen: KEPT_EVENTS } } };
const workerOptions = (concurrency: number) => ({
  concurrency,
  lockDuration: LOCK_MS,
  stalledInterval: STALL_CHECK_MS,
  maxStalledCount: MAX_STALLS,
  removeOnComplete: FORGET,
  removeOnFail: FORGET,
});

/** One line per kind of trouble and ten seconds: a store that is away would else fill the log. */
function complain(log: Logger, store: string): (error: Error) => void {
  const told = new Map<string, number>();
  return (error) => {
    const last = told.get(error.message) ?? -Infinity;
    if (performance.now() - last < 10_000) return;
    if (told.size > 100) told.clear();
    told.set(error.message, performance.now());
    log.warn({ err: error, store }, 'the queue has trouble; rows wait and are swept once it is back');
  };
}

/**
 * Producers fail after a bounded time instead of hanging (a ring is asked for again anyway); workers wait for ever.
 */
async function openRedis(url: string, { log, prefix = 'tallymark' }: QueueBackendOptions): Promise<QueueBackend> {
  const trouble = complain(log, 'redis');
  const connect = (more: object) => {
    const redis = new Redis(url, { retryStrategy: (times) => Math.min(times * 100, 2_000), ...more });
    redis.on('error', trouble);
    return redis;
  };
  const producer = connect({ maxRetriesPerRequest: 1, commandTimeout: 5_000, enableOfflineQueue: true });
  const consumer = connect({ maxRetriesPerRequest: null });
  warnOfEviction(producer, log);
  return {
    kind: 'redis',
    openQueue: (name) => {
      const queue = new Queue<JobData>(name, {
        connection: producer,
        prefix,
        skipWaitingForReady: true,
        ...queueOptions,
      });
      queue.on('error', trouble);
      return queue;
    },
    openWorker: (name, work, concurrency) => {
      const run = (job: { name: string; data: JobData }) => work(job.name, job.data);
      const worker = new Worker<JobData>(name, run, { connection: consumer, prefix, ...workerOptions(concurrency) });
      worker.on('error', trouble);
      return worker;
    },
    ping: async () => void (await producer.ping()),
    close: async () => {
      producer.disconnect();
      consumer.disconnect();
    },
  };
}

/** A Redis that evicts may throw jobs away; that costs only latency, but its owner should know. */
function warnOfEviction(redis: Redis, log: Logger): void {
  redis
    .config('GET', 'maxmemory-policy')
    .then((answer) => {
      const policy = Array.isArray(answer) ? String(answer[1]) : 'unknown';
      if (policy !== 'noeviction') log.warn({ policy }, 'set maxmemory-policy noeviction on Redis: it may drop jobs');
    })
    .catch(() => undefined); // managed Redis may forbid CONFIG; nothing follows from not knowing
}

async function openPostgres({ databaseUrl, log }: QueueBackendOptions): Promise<QueueBackend> {
  const trouble = complain(log, 'postgres');
  const { Queue, Worker } = withBackend(createPostgresBackend);
  // each worker keeps one connection for LISTEN; the rest is shared
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: '-c search_path=bullmq',
    application_name: 'tallymark queue',
    max: 8,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  if (!isPgPool(pool)) throw new TypeError('pg.Pool has changed its shape');
  pool.setMaxListeners(50);
  pool.on('error', trouble);
  await prepareQueueSchema(pool);
  return {
    kind: 'postgres',
    openQueue: (name) => {
      const queue = new Queue<JobData>(name, { connection: pool, ...queueOptions });
      queue.on('error', trouble);
      return queue;
    },
    openWorker: (name, work, concurrency) => {
      const run = (job: { name: string; data: JobData }) => work(job.name, job.data);
      const worker = new Worker<JobData>(name, run, { connection: pool, ...workerOptions(concurrency) });
      worker.on('error', trouble);
      return worker;
    },
    ping: async () => void (await pool.query('select 1')),
    close: () => pool.end(),
  };
}

/** Makes or upgrades BullMQ's own schema; BullMQ holds an advisory lock for it, so any number may do it at once. */
export async function prepareQueueSchema(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client);
    await client.query(
      `alter table bullmq.job set (autovacuum_vacuum_scale_factor = 0.01);
       alter table bullmq.event set (autovacuum_vacuum_scale_factor = 0.01)`,
    );
  } finally {
    client.release();
  }
}
