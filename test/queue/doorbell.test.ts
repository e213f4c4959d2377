import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openQueueBackend, type QueueBackend } from '../../src/queue/backend.js';
import { answer, openDoorbell, type Answering, type Doorbell } from '../../src/queue/doorbell.js';
import { keepSchedules } from '../../src/queue/schedules.js';
import { createLogger } from '../../src/lib/logger.js';
import { until } from '../support/redis.js';
import { queueStores, type QueueStore } from './stores.js';

const log = createLogger('silent');

/** Everything here holds on both stores; what one of them does not know is no part of the interface. */
describe.each(queueStores())('the doorbell on $name', ({ open }) => {
  let store: QueueStore;
  let backend: QueueBackend;
  let bell: Doorbell;
  const answering: Answering[] = [];

  beforeAll(async () => {
    store = await open();
  });
  afterAll(async () => {
    await store.close();
  });
  beforeEach(async () => {
    backend = await openQueueBackend({ ...store.options, log });
    bell = openDoorbell(backend, 'deliveries', log);
  });
  afterEach(async () => {
    await Promise.all(answering.splice(0).map((worker) => worker.close()));
    await bell.close();
    await store.lose();
    await backend.close();
  });

  const work = (run: (shard: number, leaving: AbortSignal) => Promise<void>, concurrency = 4) => {
    const worker = answer(backend, 'deliveries', run, { concurrency, log });
    answering.push(worker);
    return worker;
  };
  /** A gate that work waits at, and what came through. */
  const aGate = () => {
    const state = { runs: [] as number[], open: () => {}, opened: Promise.resolve() };
    state.opened = new Promise<void>((done) => (state.open = done));
    return state;
  };

  test('a ring wakes the work of its shard', async () => {
    const seen: number[] = [];
    work(async (shard) => void seen.push(shard));
    bell.ring([3]);
    await until(() => seen.length === 1, 30_000, 'the ring is answered');
    expect(seen).toEqual([3]);
  });

  test('bells do not hear each other', async () => {
    const seen: string[] = [];
    work(async (shard) => void seen.push(`deliveries ${shard}`));
    const effects = openDoorbell(backend, 'effects', log);
    answering.push(
      answer(backend, 'effects', async (shard) => void seen.push(`effects ${shard}`), { concurrency: 1, log }),
    );
    effects.ring([1]);
    await until(() => seen.length > 0, 30_000, 'the ring is answered');
    await effects.close();
    expect(seen).toEqual(['effects 1']);
  });

  test('a thousand rings while a shard is worked on are one more run', async () => {
    const gate = aGate();
    work(async (shard) => {
      gate.runs.push(shard);
      if (gate.runs.length === 1) await gate.opened;
    });
    bell.ring([0]);
    await until(() => gate.runs.length === 1, 30_000, 'the first run has begun');
    for (let i = 0; i < 1000; i++) bell.ring([0]);
    await bell.settled();
    bell.ring([0]);
    await bell.settled();
    gate.open();
    await until(() => gate.runs.length === 2, 30_000, 'the second run');
    bell.ring([1]);
    await until(() => gate.runs.includes(1), 30_000, 'a later ring of another shard');
    expect(gate.runs).toEqual([0, 0, 1]);
  });

  test('a shard is worked on by one at a time, across workers', async () => {
    let at = 0;
    let most = 0;
    let runs = 0;
    const one = async () => {
      most = Math.max(most, ++at);
      await new Promise((done) => setTimeout(done, 5));
      at -= 1;
      runs += 1;
    };
    work(one);
    work(one);
    let rings = 0;
    await until(
      async () => {
        bell.ring([2]);
        await bell.settled();
        return ++rings >= 20 && runs >= 2 && at === 0;
      },
      10_000,
      'the rings are answered',
    );
    expect(most).toBe(1);
  });

  test('different shards run side by side', async () => {
    const gate = aGate();
    work(async (shard) => {
      gate.runs.push(shard);
      await gate.opened;
    }, 3);
    bell.ring([0, 1, 2]);
    await until(() => gate.runs.length === 3, 30_000, 'three at once');
    gate.open();
    expect([...gate.runs].sort()).toEqual([0, 1, 2]);
  });

  test('work that throws is not the end: the next ring is answered', async () => {
    let runs = 0;
    work(async () => {
      runs += 1;
      if (runs === 1) throw new Error('out of luck');
    });
    bell.ring([0]);
    await until(() => runs === 1, 30_000, 'the first run');
    await bell.settled();
    await until(
      () => {
        bell.ring([0]);
        return runs >= 2;
      },
      10_000,
      'a later run',
    );
    expect(runs).toBeGreaterThanOrEqual(2);
  });

  test('nothing is kept of what is done or failed', async () => {
    let runs = 0;
    work(async () => {
      runs += 1;
      if (runs % 2) throw new Error('every other one');
    });
    for (let i = 0; i < 6; i++) {
      bell.ring([i]);
      await bell.settled();
    }
    await until(() => runs === 6, 30_000, 'six runs');
    const queue = backend.openQueue('deliveries');
    await until(
      async () => Object.values(await queue.getJobCounts()).every((count) => count === 0),
      30_000,
      'the queue is empty',
    );
    await queue.close();
  });

  test('losing the whole queue costs only latency: the next ring is answered', async () => {
    const gate = aGate();
    const worker = work(async (shard) => void gate.runs.push(shard));
    await worker.pause();
    bell.ring([0, 1, 2, 3]);
    await bell.settled();
    await store.lose();
    worker.resume();
    await until(
      () => {
        bell.ring([0, 1, 2, 3]); // as the sweep does
        return new Set(gate.runs).size === 4;
      },
      20_000,
      'every shard is rung for again',
    );
  });

  test('lost while worked on: the run ends, and the next ring is answered', async () => {
    const gate = aGate();
    work(async (shard) => {
      gate.runs.push(shard);
      if (gate.runs.length === 1) await gate.opened;
    });
    bell.ring([1]);
    await until(() => gate.runs.length === 1, 30_000, 'the run has begun');
    await store.lose();
    gate.open();
    await until(
      () => {
        bell.ring([1]);
        return gate.runs.length >= 2;
      },
      20_000,
      'it runs again',
    );
  });

  test('a shard whose entry was lost by half is freed', async () => {
    const gate = aGate();
    bell.ring([5]);
    await bell.settled();
    await store.loseJobsOnly();
    work(async (shard) => void gate.runs.push(shard));
    await bell.heal(8);
    bell.ring([5]);
    await until(() => gate.runs.length === 1, 30_000, 'the shard is rung for again');
  });

  test('every connection cut: workers and producers come back by themselves', async () => {
    const seen: number[] = [];
    work(async (shard) => void seen.push(shard));
    bell.ring([0]);
    await until(() => seen.includes(0), 30_000, 'the first ring');
    await store.cut();
    await until(
      () => {
        bell.ring([1]);
        return seen.includes(1);
      },
      20_000,
      'a ring after the cut',
    );
  });

  test('closing waits for the run under way, tells it so, and takes no more', async () => {
    const gate = aGate();
    let told = false;
    const worker = work(async (shard, leaving) => {
      gate.runs.push(shard);
      leaving.addEventListener('abort', () => (told = true));
      await gate.opened;
      gate.runs.push(-shard);
    }, 1);
    bell.ring([7]);
    await until(() => gate.runs.length === 1, 30_000, 'the run has begun');
    bell.ring([8]);
    await bell.settled();
    const closed = worker.close();
    await until(() => told, 30_000, 'the run is told');
    gate.open();
    await closed;
    expect(gate.runs).toEqual([7, -7]);
  });

  test('schedules run, each in its period, and a forgotten queue is healed by the watchdog', async () => {
    const runs = { quick: 0, slow: 0 };
    const schedules = [
      { name: 'quick', everyMs: 100, run: async () => void runs.quick++ },
      { name: 'slow', everyMs: 3_600_000, run: async () => void runs.slow++ },
    ];
    const kept = await keepSchedules(backend, schedules, log, { watchMs: 300 });
    await until(() => runs.quick >= 3, 20_000, 'the quick one runs');
    await store.lose();
    const before = runs.quick;
    await until(() => runs.quick >= before + 3, 20_000, 'it runs again');
    await kept.close();
    expect(runs.slow).toBeLessThanOrEqual(3);
  });

  test('what was missed while nobody was there is done soon after the next start', async () => {
    let ran = 0;
    const rare = { name: 'rare', everyMs: 3_600_000, atStart: true, run: async () => void ran++ };
    const first = await keepSchedules(backend, [rare], log, { startMs: 50 });
    await until(() => ran >= 1, 20_000, 'it runs after the first start');
    await first.close();
    const before = ran;
    const second = await keepSchedules(backend, [rare], log, { startMs: 50 });
    await until(() => ran > before, 20_000, 'it runs after the next start');
    await second.close();
  });

  test('schedules that no longer exist are taken off the queue', async () => {
    const old = await keepSchedules(backend, [{ name: 'old', everyMs: 1_000, run: async () => {} }], log);
    await old.close();
    const renewed = await keepSchedules(backend, [{ name: 'new', everyMs: 1_000, run: async () => {} }], log);
    const queue = backend.openQueue('schedules');
    expect((await queue.getJobSchedulers()).map(({ key }) => key)).toEqual(['new']);
    await renewed.close();
    await queue.close();
  });
});
