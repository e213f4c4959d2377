import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { emptyDatabase } from '../support/database.js';
import { until } from '../support/redis.js';
import { dice, say, timesOf } from './dice.js';
import { load, somewhereWithin } from './load.js';
import type { Running } from './processes.js';
import { type QueueHome, queueHomes } from './queues.js';
import { type Stage, setStage } from './stage.js';

jest.setTimeout(300_000);
const DRAIN_MS = 60_000;

describe.each(queueHomes())('with the queue on $name', ({ name, open }) => {
  let stage: Stage;
  let queue: QueueHome;
  let drop: () => Promise<void>;
  let workers: Running[];
  const random = dice(`queue on ${name}`);

  beforeAll(async () => {
    const made = await emptyDatabase('template_tallymark');
    drop = made.drop;
    queue = await open(made.url);
    stage = await setStage({ databaseUrl: made.url, redisUrl: queue.redisUrl, silent: true });
    await stage.run.ready('web');
  });
  afterAll(async () => {
    await stage.close();
    await queue.close();
    await drop();
  });

  const calm = async () => {
    const took = await stage.drained(DRAIN_MS);
    await stage.expectSound();
    return took;
  };

  test('F14, F18: an inbox that filled while the queue was lost whole drains once there is a worker', async () => {
    await load(stage, random, 80);
    expect((await stage.waiting()).inbox).toBeGreaterThan(0);
    await queue.lose();
    workers = [await stage.run.ready('worker')];
    say(`${name}: a full inbox without a queue drained in ${timesOf([await calm()])}`);
  });

  test('two workers at once post each order once', async () => {
    workers.push(await stage.run.ready('worker'));
    await load(stage, random, 80);
    await calm();
  });

  test('F14: the queue is lost whole under load, three times: nothing but time goes with it', async () => {
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const loading = load(stage, random, 40);
      await somewhereWithin(300, random);
      await queue.lose();
      await loading;
      times.push(await calm());
    }
    say(`${name}: the queue lost under load, drained in ${timesOf(times)}`);
  });

  test('F15, F17: the queue restarts empty; deliveries are answered with 200 while it is away', async () => {
    await queue.restart(() => load(stage, random, 40));
    say(`${name}: the queue restarted, drained in ${timesOf([await calm()])}`);
    expect(workers.map((worker) => worker.alive())).toEqual([true, true]);
  });

  test('F5: a worker is frozen under load and thawed after another took over: nothing is posted twice', async () => {
    const [first] = workers;
    for (let round = 0; round < 2; round++) {
      const loading = load(stage, random, 80);
      await somewhereWithin(300, random);
      first?.signal('SIGSTOP');
      await loading;
      // what it holds locked may have to wait for it; the rest must not
      await stage.drained(20_000).catch(() => undefined);
      first?.signal('SIGCONT');
      await calm();
    }
    expect(first?.alive()).toBe(true);
  });

  test('F4: told to leave under load, a worker ends what it does and goes with 0; the other stalls on nothing', async () => {
    const loading = load(stage, random, 80);
    await somewhereWithin(300, random);
    const leaver = workers.pop();
    leaver?.signal('SIGTERM');
    const begun = performance.now();
    expect(await leaver?.ended).toBe(0);
    const left = performance.now() - begun;
    expect(left).toBeLessThan(25_000);
    await loading;
    const took = await calm();
    say(`${name}: a worker left within ${timesOf([left])}; the rest drained in ${timesOf([took])}`);
    await until(async () => (await stage.waiting()).inbox === 0, DRAIN_MS, 'nothing waits');
  });
});
