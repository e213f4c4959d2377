import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../lib/logger.js';
import { metrics } from '../lib/metrics.js';
import type { OpenQueue, OpenWorker, QueueBackend } from './backend.js';

/** What there is work of: rows of the inbox, rows of the outbox. */
export type Bell = 'deliveries' | 'effects';

/** Says "there is work in these shards"; forgets nothing until the queue has it, carries nothing but the number. */
export interface Doorbell {
  /** Never waits and never throws: for the request path. Rings of a shard that are not yet on the queue become one. */
  ring(shards: Iterable<number>): void;
  /** Resolves when all that was rung for is on the queue: for tests, and for a process that wants to leave. */
  settled(): Promise<void>;
  /** Frees shards whose queue entry was lost half (evicted, restored from a dump) and that could not be rung again. */
  heal(shards: number): Promise<void>;
  close(): Promise<void>;
}

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;
/** How long a leaving process tries to get its last rings out; the sweep of another finds them else. */
const LEAVE_MS = 1_000;

const keyOf = (shard: number) => `shard_${shard}`;

export function openDoorbell(backend: QueueBackend, bell: Bell, log: Logger): Doorbell {
  const queue = backend.openQueue(bell);
  const wanted = new Set<number>();
  let pump: Promise<void> | null = null;
  let closed = false;

  /** One bulk at a time: while it is under way, further rings of a shard collapse into one. */
  async function putAll(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (wanted.size > 0 && !closed) {
      const shards = [...wanted].sort((a, b) => a - b);
      wanted.clear();
      try {
        await put(queue, bell, shards);
        metrics.rings.inc({ bell, result: 'put' }, shards.length);
        retryMs = FIRST_RETRY_MS;
      } catch (error) {
        for (const shard of shards) wanted.add(shard);
        metrics.rings.inc({ bell, result: 'failed' }, shards.length);
        log.warn({ err: error, bell, shards }, 'a ring did not reach the queue and is tried again');
        await sleep(retryMs, undefined, { ref: false });
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      }
    }
  }

  return {
    ring(shards) {
      for (const shard of shards) wanted.add(shard);
      if (wanted.size > 0 && !closed) pump ??= putAll().finally(() => (pump = null));
    },
    async settled() {
      while (pump) await pump;
    },
    heal: (shards) => freeOrphans(queue, shards),
    async close() {
      await Promise.race([pump, sleep(LEAVE_MS, undefined, { ref: false })]);
      closed = true;
      await queue.close();
    },
  };
}

/** In the queue a shard is there at most twice: once worked on, once waiting for what was rung meanwhile. */
async function put(queue: OpenQueue, bell: Bell, shards: number[]): Promise<void> {
  const job = (shard: number) => ({
    name: bell,
    data: { shard },
    opts: { deduplication: { id: keyOf(shard), keepLastIfActive: true } },
  });
  await queue.addBulk(shards.map(job));
}

async function freeOrphans(queue: OpenQueue, shards: number): Promise<void> {
  for (let shard = 0; shard < shards; shard++) {
    const holder = await queue.getDeduplicationJobId(keyOf(shard));
    if (holder && !(await queue.getJob(holder))) await queue.removeDeduplicationKey(keyOf(shard));
  }
}

export interface Answering {
  /** Takes no more work; resolves when what is under way has ended. */
  close(): Promise<void>;
  pause(): Promise<void>;
  resume(): void;
}

/** Under load a shard waits this long for a fuller batch: larger batches, far fewer jobs. */
const LINGER_MS = 10;
/** "Under load" = the shard ran within this time. Longer would slow a quiet shop down for nothing. */
const BUSY_MS = 10;

export interface AnswerOptions {
  concurrency: number;
  log: Logger;
}

/**
 * Does `work` for each ring. `work` takes whatever waits in the shard until nothing does (or `leaving` is aborted); it may
 * run twice at once for a shard (a frozen process wakes up) and must stay right then. What it throws is logged; the rows it
 * left are rung for by the next sweep.
 */
export function answer(
  backend: QueueBackend,
  bell: Bell,
  work: (shard: number, leaving: AbortSignal) => Promise<void>,
  { concurrency, log }: AnswerOptions,
): Answering {
  const leaving = new AbortController();
  const lastEnd = new Map<number, number>();

  async function run(shard: number): Promise<void> {
    const sinceLast = performance.now() - (lastEnd.get(shard) ?? -Infinity);
    if (sinceLast < BUSY_MS) await sleep(LINGER_MS);
    const stop = metrics.runs.startTimer({ name: bell });
    try {
      await work(shard, leaving.signal);
      stop({ result: 'done' });
    } catch (error) {
      stop({ result: 'failed' });
      log.error({ err: error, bell, shard }, 'work of a shard failed; its rows are swept');
    } finally {
      lastEnd.set(shard, performance.now());
    }
  }

  const worker = backend.openWorker(
    bell,
    async (_, { shard }) => {
      if (shard !== undefined) await run(shard);
    },
    concurrency,
  );
  return answering(worker, () => leaving.abort());
}

/** The handle of a worker, the same for bells and schedules. */
export function answering(worker: OpenWorker, onLeave: () => void): Answering {
  return {
    async close() {
      onLeave();
      await worker.close();
    },
    pause: () => worker.pause(true),
    resume: () => worker.resume(),
  };
}
