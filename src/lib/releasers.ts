import type { Logger } from './logger.js';

/** What was started and must be ended, the last first: work before queues, queues before databases. */
export interface Releasers {
  /** `release` runs once; what it throws is logged and keeps nothing else from being released. */
  add(name: string, release: () => Promise<void> | void): void;
  /** Ends everything; the same promise for whoever asks again. */
  release(): Promise<void>;
  /** True once the end has begun: refuse new work. */
  readonly leaving: boolean;
}

/** No single thing may hold up the end for longer; the whole must fit in a platform's 30 s before SIGKILL. */
const EACH_MS = 15_000;
const ALL_MS = 24_000;

export function makeReleasers(log: Logger, { eachMs = EACH_MS, allMs = ALL_MS } = {}): Releasers {
  const list: { name: string; release: () => Promise<void> | void }[] = [];
  let ending: Promise<void> | null = null;

  async function end(): Promise<void> {
    for (let last = list.pop(); last; last = list.pop()) {
      const { name, release } = last;
      const result = await orLate(attempt(release), eachMs);
      if (result !== 'released') log.warn({ part: name, err: result }, 'could not be ended cleanly');
    }
  }
  return {
    add: (name, release) => void list.push({ name, release }),
    release() {
      ending ??= orLate(end(), allMs).then((result) => {
        if (result === 'late') log.warn({ parts: list.length }, 'not everything could be ended in time');
      });
      return ending;
    },
    get leaving() {
      return ending !== null;
    },
  };
}

/** What `work` gives, or 'late'. */
async function orLate<T>(work: Promise<T>, ms: number): Promise<T | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((done) => (timer = setTimeout(() => done('late'), ms)));
  const result = await Promise.race([work, late]);
  clearTimeout(timer);
  return result;
}

async function attempt(release: () => Promise<void> | void): Promise<unknown> {
  try {
    await release();
    return 'released';
  } catch (error) {
    return error;
  }
}
