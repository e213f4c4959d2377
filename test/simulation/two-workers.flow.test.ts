import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runSimulations } from '../../src/jobs/run-simulations.js';
import { readSimulation, startSimulation } from '../../src/simulation/simulations.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { slowDatabase } from '../support/slow-database.js';
import { anOrder, inWorld, type World, type Worlds, worldsOn } from '../support/world.js';

/** T3: a worker that was thought gone and comes back neither ends nor fails the simulation that another runs. */
const db = testDatabase();
/** A worker asks what waits, takes it, and then reads. */
const READS = 3;
let worlds: Worlds;
let shop: World;

beforeAll(async () => {
  worlds = await worldsOn(db);
  shop = await worlds.make();
  await shop.joins('501');
  await shop.has(anOrder({ id: '1', customer: '501', cents: 6_000 }));
});
afterAll(() => worlds.stop());

test.each(['fails', 'leaves'])('who comes back and %s leaves the other’s alone', async (how) => {
  const { work, clock } = worlds.service;
  const wish = { rules: PLAIN_RULES, days: null, made: null, by: 'test' };
  const id = await inWorld(db, shop, (tx) => startSimulation(tx, shop.program, wish, clock.now()));
  const status = async () => (await inWorld(db, shop, (tx) => readSimulation(tx, shop.program, id))).status;
  const leaving = new AbortController();
  const first = slowDatabase(db.app, READS);
  const one = runSimulations({ ...work, db: first.db }, leaving.signal).catch((error: Error) => error.message);
  await first.waits;
  await db.sql("update simulation set lease_until = now() - interval '1 second' where id = $1", [id]);
  const second = slowDatabase(db.app, READS);
  const two = runSimulations({ ...work, db: second.db });
  await second.waits;
  if (how === 'leaves') {
    leaving.abort();
    first.goOn();
  } else first.fail();
  expect(await one).toBe(how === 'fails' ? 'the connection is lost' : undefined);
  expect(await status()).toBe('running');
  second.goOn();
  await two;
  expect(await status()).toBe('done');
});
