import type { Logger } from '../lib/logger.js';
import { metrics } from '../lib/metrics.js';
import type { QueueBackend } from './backend.js';
import { answering, type Answering } from './doorbell.js';

/** What is done again and again. Across all processes about once per period; more often is harmless, never is not. */
export interface Schedule {
  /** Stable, kebab-case: its identity on the queue. */
  name: string;
  everyMs: number;
  /** Also run soon after a process starts: what was missed while nobody was there is not left for the next period. */
  atStart?: boolean;
  run: (leaving: AbortSignal) => Promise<void>;
}

const WATCH_MS = 60_000;
/** Long enough for everything else to be up. */
const START_MS = 5_000;
const QUEUE = 'schedules';

/**
 * Puts the schedules on the queue and works on them. A watchdog puts them there again every minute, so that a queue that
 * forgot them (FLUSHALL, a new Redis) is healed within that minute; schedules that are no longer in the list are removed.
 */
export async function keepSchedules(
  backend: QueueBackend,
  schedules: readonly Schedule[],
  log: Logger,
  {
    watchMs = WATCH_MS,
    startMs = START_MS,
    also = async () => {},
  }: { watchMs?: number; startMs?: number; also?: () => Promise<void> } = {},
): Promise<Answering> {
  const queue = backend.openQueue(QUEUE);
  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]));
  const running = new Set<string>();
  const leaving = new AbortController();

  async function put(): Promise<void> {
    for (const { name, everyMs } of schedules) await queue.upsertJobScheduler(name, { every: everyMs }, { name });
    for (const { key } of await queue.getJobSchedulers())
      if (key && !byName.has(key)) await queue.removeJobScheduler(key);
    await also();
  }
  const tryPut = () =>
    put().catch((error: unknown) =>
      log.warn({ err: error }, 'the schedules did not reach the queue; tried again in a minute'),
    );

  async function run(name: string): Promise<void> {
    const schedule = byName.get(name);
    // a slow run is not joined by the next one in this process; what runs twice across processes guards itself
    if (!schedule || running.has(name)) return;
    running.add(name);
    const stop = metrics.runs.startTimer({ name });
    try {
      await schedule.run(leaving.signal);
      stop({ result: 'done' });
    } catch (error) {
      stop({ result: 'failed' });
      log.error({ err: error, schedule: name }, 'a scheduled run failed; the next one tries again');
    } finally {
      running.delete(name);
    }
  }

  const first = tryPut();
  const starting = setTimeout(() => {
    for (const { name, atStart } of schedules) if (atStart) void run(name);
  }, startMs);
  const watchdog = setInterval(() => void tryPut(), watchMs);
  const worker = backend.openWorker(QUEUE, run, Math.max(2, schedules.length));
  const handle = answering(worker, () => leaving.abort());
  await Promise.race([first, new Promise((done) => setTimeout(done, 5_000).unref())]);
  return {
    ...handle,
    async close() {
      clearTimeout(starting);
      clearInterval(watchdog);
      await handle.close();
      await queue.close();
    },
  };
}
