import { openDatabase } from '../src/db/database.js';
import { systemClock } from '../src/lib/clock.js';
import { createLogger } from '../src/lib/logger.js';
import { makeLoyalty } from '../src/loyalty/make-loyalty.js';
import { openQueueBackend } from '../src/queue/backend.js';
import { answer, openDoorbell } from '../src/queue/doorbell.js';
import { processShard } from '../webhooks/process.js';
import type { ProcessParts } from '../webhooks/process-parts.js';
import { startSweep } from '../webhooks/sweep.js';
import { beChild } from './child.js';
import { instant } from './harness.js';
import { eventQueue, eventWorker } from './per-event.js';
import { KEYS, SHARDS } from './population.js';

export interface WorkerSettings {
  mode: 'product' | 'event';
  url: string;
  queue: 'redis' | 'postgres';
  redisUrl: string | null;
  prefix: string;
  /** Worker concurrency of the product, as it comes. */
  concurrency: number;
}

/** What was committed since it was asked last: product: ids of inbox rows; event: delivery keys. */
export interface WorkReport {
  ids: string[];
  /** Epoch ms of the commit of each. */
  at: Float64Array;
  /** Jobs of the queue that ran, and transactions with something in them. */
  jobs: number;
  batches: number;
}

/** Collects what was committed when. */
function record() {
  let [ids, at, jobs, batches]: [string[], number[], number, number] = [[], [], 0, 0];
  return {
    committed(done: readonly string[]) {
      const now = instant();
      for (const id of done) {
        ids.push(id);
        at.push(now);
      }
      if (done.length > 0) batches++;
    },
    job: () => void jobs++,
    take(): WorkReport {
      const report = { ids, at: Float64Array.from(at), jobs, batches };
      [ids, at, jobs, batches] = [[], [], 0, 0];
      return report;
    },
  };
}
type Record = ReturnType<typeof record>;

beChild(async (settings: WorkerSettings) => {
  const done = record();
  const taken = { take: async () => done.take() };
  return { ...taken, ...(settings.mode === 'product' ? await product(settings, done) : event(settings, done)) };
});

async function product({ url, queue, redisUrl, prefix, concurrency }: WorkerSettings, done: Record) {
  const log = createLogger('error');
  const db = await openDatabase(url, { role: 'app', max: concurrency + 2 });
  const backend = await openQueueBackend({
    redisUrl: queue === 'redis' ? redisUrl : null,
    databaseUrl: url,
    log,
    prefix,
  });
  const bell = openDoorbell(backend, 'deliveries', log);
  const loyalty = makeLoyalty(KEYS, SHARDS);
  const work = async (shard: number): Promise<void> => {
    done.job();
    for (let took = 1; took > 0;) {
      const ids: string[] = [];
      const parts: ProcessParts = {
        ...{ db, clock: systemClock, keys: KEYS, loyalty },
        platformOf: () => Promise.reject(new Error('the bench has no platform to ask')),
        begin: () => {},
        ringEffects: () => {},
        watch: (id, step) => void (step === 'ledger' && ids.push(id)),
      };
      const n = await processShard(parts, shard);
      done.committed(ids);
      took = n === 500 ? n : 0;
    }
  };
  return {
    async start() {
      answer(backend, 'deliveries', work, { concurrency, log });
      const intake = await openDatabase(url, { role: 'intake', max: 1 });
      const ring = (table: string, shards: readonly number[]) => void (table === 'inbox' && bell.ring(shards));
      const onError = (error: unknown) => log.warn({ err: error }, 'a sweep failed');
      startSweep({ db: intake, clock: systemClock, shards: SHARDS, ring, onError });
    },
    /** All shards have work: what the sweep would say of an inbox that was filled while nobody worked. */
    async ring() {
      bell.ring(Array.from({ length: SHARDS }, (_, shard) => shard));
      await bell.settled();
    },
  };
}

function event({ url, redisUrl, prefix }: WorkerSettings, done: Record) {
  return {
    async start() {
      const onCommit = (key: string) => {
        done.job();
        done.committed([key]);
      };
      await eventWorker(url, redisUrl ?? '', prefix, onCommit).waitUntilReady();
    },
    /** One job each for rows that are there. */
    async add(ids: string[]) {
      const queue = eventQueue(redisUrl ?? '', prefix);
      for (let i = 0; i < ids.length; i += 500)
        await queue.addBulk(ids.slice(i, i + 500).map((inbox) => ({ name: 'event', data: { inbox } })));
    },
  };
}
