import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { emptyDatabase } from '../support/database.js';
import { dice, rounds, say, timesOf } from './dice.js';
import { load, somewhereWithin } from './load.js';
import { type Stage, setStage } from './stage.js';

jest.setTimeout(600_000);
const ROUNDS = rounds(25);
const ORDERS = 20;
/** A dead worker's shard is taken up again when its lock has run out and somebody has noticed. */
const RECOVERY_MS = 60_000;

let stage: Stage;
let drop: () => Promise<void>;
beforeAll(async () => {
  const made = await emptyDatabase('template_tallymark');
  drop = made.drop;
  stage = await setStage({ databaseUrl: made.url, silent: true });
});
afterAll(async () => {
  await stage.close();
  await drop();
});

test(`F1-F3: kill -9 of web and worker at random points, ${ROUNDS} rounds: what was answered with 200 is decided once`, async () => {
  const random = dice('kill -9');
  const roles = { web: await stage.run.ready('web'), worker: await stage.run.ready('worker') };
  const recoveries: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const loading = load(stage, random, ORDERS);
    await somewhereWithin(400, random);
    const name = random() < 0.5 ? 'web' : 'worker';
    await roles[name].kill();
    const killed = performance.now();
    roles[name] = stage.run.start(name);
    await loading;
    await stage.drained(RECOVERY_MS);
    recoveries.push(performance.now() - killed);
    await stage.expectSound();
    expect([roles.web.alive(), roles.worker.alive()]).toEqual([true, true]);
  }
  await Promise.all([roles.web.kill(), roles.worker.kill()]);
  say(`kill -9, ${ROUNDS} rounds: all decided after ${timesOf(recoveries)}`);
});

test('F4: told to leave under load, web ends with 0 in time; what it answered is there, the rest comes again', async () => {
  const random = dice('SIGTERM of web');
  const worker = await stage.run.ready('worker');
  const web = await stage.run.ready('web');
  const loading = load(stage, random, ORDERS);
  await somewhereWithin(200, random);
  const begun = performance.now();
  web.signal('SIGTERM');
  expect(await web.ended).toBe(0);
  expect(performance.now() - begun).toBeLessThan(25_000);
  stage.run.start('web');
  await loading;
  await stage.drained(RECOVERY_MS);
  await stage.expectSound();
  expect(worker.alive()).toBe(true);
});
