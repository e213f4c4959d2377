import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { until } from '../support/redis.js';
import { dice, rounds, say, timesOf } from './dice.js';
import { load, somewhereWithin } from './load.js';
import { type MortalPostgres, mortalPostgres } from './postgres-server.js';
import { type Stage, setStage } from './stage.js';

jest.setTimeout(300_000);
const ROUNDS = Math.min(rounds(3), 25);

let postgres: MortalPostgres;
let stage: Stage;
let processes: Awaited<ReturnType<Stage['run']['ready']>>[];
beforeAll(async () => {
  postgres = await mortalPostgres();
  stage = await setStage({ databaseUrl: postgres.url, silent: true });
  processes = [await stage.run.ready('web'), await stage.run.ready('worker')];
});
afterAll(async () => {
  await stage.close();
  await postgres.remove();
});

test(`F6: Postgres is killed under load and starts again, ${ROUNDS} times: 503 meanwhile, then all goes on by itself`, async () => {
  const random = dice('Postgres');
  const status = (path: string) =>
    fetch(`${stage.url}${path}`, { signal: AbortSignal.timeout(15_000) }).then(
      (answer) => answer.status,
      () => 0,
    );
  const member = stage.customers[0] ?? '';
  const asked = () => stage.api(member, 'GET', '/member').then((answer) => answer.status);
  const recoveries: number[] = [];
  expect(await asked()).toBe(200);
  for (let round = 0; round < ROUNDS; round++) {
    const loading = load(stage, random, 40);
    await somewhereWithin(300, random);
    postgres.kill();
    await until(async () => (await status('/ready')) === 503, 30_000, '/ready says 503');
    const late = stage.order(random);
    expect([await status('/live'), await asked(), await stage.deliver(late)]).toEqual([200, 503, 503]);
    await postgres.start();
    const back = performance.now();
    await until(async () => (await asked()) === 200, 30_000, 'the API answers again');
    await loading;
    await stage.insist(late);
    await stage.drained(60_000);
    recoveries.push(performance.now() - back);
    await stage.expectSound();
    expect(processes.map((one) => one.alive())).toEqual([true, true]);
  }
  say(`Postgres killed, ${ROUNDS} rounds: all decided after its return in ${timesOf(recoveries)}`);
});

test('F6: Postgres is frozen, its connections open: 503 before a sender has lost patience, then all goes on by itself', async () => {
  const random = dice('Postgres, frozen');
  // so that there are connections that were in use
  await load(stage, random, 10);
  const loading = load(stage, random, 30);
  await somewhereWithin(300, random);
  const wake = await postgres.freeze();
  const late = Array.from({ length: 12 }, () => stage.order(random));
  try {
    // all at once, so that they would wait for one another
    expect(await Promise.all(late.map((order) => stage.deliver(order)))).toEqual(late.map(() => 503));
  } finally {
    wake();
  }
  await loading;
  for (const order of late) await stage.insist(order);
  await stage.drained(60_000);
  await stage.expectSound();
  expect(processes.map((one) => one.alive())).toEqual([true, true]);
});
