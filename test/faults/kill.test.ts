import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyDatabase } from '../support/database.js';
import { dice, rounds, say, timesOf } from './dice.js';
import { type Stage, setStage } from './stage.js';

jest.setTimeout(600_000);
const ROUNDS = rounds(25);
const ORDERS = 30;
const SENDERS = 6;
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

/** Several senders at once; each order until it is answered, some of them twice, some cancelled at once. */
async function load(random: () => number): Promise<void> {
  const orders = Array.from({ length: ORDERS }, () => stage.order(random));
  const send = async () => {
    for (let order = orders.pop(); order; order = orders.pop()) {
      await stage.insist(order);
      if (random() < 0.2) await stage.insist(order);
      if (random() > 0.2) continue;
      stage.cancel(order);
      await stage.insist(order, 'updated');
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}

test(`F1-F3: kill -9 of web and worker at random points, ${ROUNDS} rounds: what was answered with 200 is decided once`, async () => {
  const random = dice('kill -9');
  const roles = { web: await stage.run.ready('web'), worker: await stage.run.ready('worker') };
  const recoveries: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const loading = load(random);
    await sleep(random() * 400);
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
  say(`kill -9, ${ROUNDS} rounds: all decided after ${timesOf(recoveries)}`);
});
