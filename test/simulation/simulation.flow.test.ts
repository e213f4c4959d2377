import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runSimulations } from '../../src/jobs/run-simulations.js';
import { readBalances } from '../../src/ledger/balances.js';
import { ruleVersions } from '../../src/loyalty/rule-sets.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import { pastOf } from '../../src/simulation/read-past.js';
import type { SimulationReport } from '../../src/simulation/report.js';
import { simulate } from '../../src/simulation/simulate.js';
import {
  cancelSimulation,
  listSimulations,
  readSimulation,
  startSimulation,
} from '../../src/simulation/simulations.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, HOUR, NOON, type World, type Worlds, aRefund, anOrder, inWorld, worldsOn } from '../support/world.js';

/** T3: a draft is played over what a store's members really did, on the database that holds it, which stays as it was. */
const db = testDatabase();
const RULES = programRules.parse({
  ...PLAIN_RULES,
  units: { points: { value: '1', expiry: { kind: 'days', days: 30 } } },
  tiers: {
    ...{ basis: 'spend', window: { kind: 'lifetime' } },
    levels: [{ id: 'plain' }, { id: 'gold', enter: 5_000, multiplier: '3/2' }],
  },
});
const changed = (change: object): ProgramRules => programRules.parse({ ...RULES, ...change });
const HALF = changed({ earning: [{ id: 'base', kind: 'rate', points: '1', per: 200 }] });
let worlds: Worlds;
let shop: World;
let next = 9000;
const anId = () => String(++next);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  const { clock } = worlds.service;
  clock.set(NOON - 40 * DAY);
  shop = await worlds.make(RULES);
  for (const customer of ['601', '602', '603']) await shop.joins(customer);
  // 601 buys for 60.00 (and is gold then), redeems 50 of 70 points for an order of 20.00; 602 returns half of 80.00; 603 buys nothing
  clock.set(NOON - 20 * DAY);
  await shop.has(anOrder({ id: anId(), customer: '601', cents: 6_000, at: NOON - 20 * DAY }));
  const returned = anOrder({ id: anId(), customer: '602', cents: 8_000, at: NOON - 20 * DAY });
  await shop.has(returned);
  clock.set(NOON - 10 * DAY);
  const { ok } = await shop.redeem('601', 'five', 10_000);
  clock.set(NOON - 10 * DAY + HOUR);
  const codes = [{ code: ok?.code ?? '', off: 500 }];
  await shop.has(anOrder({ id: anId(), customer: '601', cents: 2_000, at: NOON - 10 * DAY + HOUR, codes }));
  await shop.has({
    ...returned,
    at: NOON - 10 * DAY + HOUR,
    refunds: [aRefund('1', NOON - 10 * DAY + HOUR, { amount: 4_000 })],
  });
  clock.set(NOON);
  await shop.passes();
});

async function simulated(rules: ProgramRules, since: number | null = null): Promise<SimulationReport> {
  const published = (await inWorld(db, shop, (tx) => ruleVersions(tx, [shop.program]))).get(shop.program) ?? [];
  return simulate({
    ...{ past: pastOf(db.app, shop.program, published), published },
    ...{ draft: { rules, since }, now: worlds.service.clock.now() },
  });
}

const ask = (rules: ProgramRules, days: number | null = null, made: { members: number; seed: number } | null = null) =>
  inWorld(db, shop, (tx) =>
    startSimulation(tx, shop.program, { rules, days, made, by: 'test' }, worlds.service.clock.now()),
  );
const read = (id: string) => inWorld(db, shop, (tx) => readSimulation(tx, shop.program, id));
const rows = () =>
  db.sql(
    `select (select count(*) from transfer)::int as transfers, (select count(*) from decision)::int as decisions,
      (select count(*) from outbox)::int as effects, (select count(*) from redemption)::int as redemptions`,
  );

describe('a simulation over a store’s own past', () => {
  it('T3: of the published rules reproduces the ledger: what is left, what was given, what was redeemed', async () => {
    const { units, winners, losers, changedOrders, refused, members } = await simulated(RULES);
    const ids = await db.sql<{ id: string }>('select id from member where program_id = $1', [shop.program]);
    const refs = ids.map(({ id }) => ({ program: shop.program, member: id }));
    const balances = await inWorld(db, shop, (tx) => readBalances(tx, refs));
    const sum = (what: 'available' | 'pending' | 'held' | 'debt') =>
      balances.reduce((all, one) => all + one[what], 0n).toString();
    for (const side of ['before', 'after'] as const) {
      expect(units['points']?.points[side]).toMatchObject({
        ...{ available: sum('available'), pending: sum('pending'), held: sum('held'), debt: sum('debt') },
        // 10 each for joining (ended since), 60 and 80, 30 as gold; 40 go back
        ...{ given: '200', takenBack: '40', redeemed: '50', expired: '20' },
      });
    }
    expect([winners, losers, changedOrders, refused.lines]).toEqual([[], [], [], []]);
    expect(members).toEqual({ counted: 3, better: 0, worse: 0, same: 3 });
  });

  it('T3: half the rate: who loses what, the redemption that would not have been, and nothing is written', async () => {
    const before = await rows();
    const report = await simulated(HALF);
    // 601: 30 + 15 of 60 + 30; 50 points were not there. 602: 40, of which 20 go back
    expect(report.units['points']?.points.after).toMatchObject({ given: '115', takenBack: '20', redeemed: '0' });
    expect(report.refused).toMatchObject({
      counted: 1,
      why: { balance: 1 },
      lines: [{ reward: 'five', points: '50' }],
    });
    expect(report.losers.map(({ stayed, money }) => [stayed.before['points'], stayed.after['points'], money])).toEqual([
      // the 10 for joining were the first to be used, or ended
      ['100', '45', { before: 100, after: 45 }],
      ['40', '20', { before: 40, after: 20 }],
    ]);
    expect(report.losers.every(({ publicId }) => publicId === null)).toBe(true);
    expect(report.changedOrders[0]).toMatchObject({
      ...{ gives: { before: { points: '60' }, after: { points: '30' } } },
      first: { rule: 'base', before: '60', after: '30' },
    });
    expect(report.orders).toEqual({ counted: 3, different: 3 });
    expect(report.liability.map(({ month, money }) => [month, money])).toEqual([
      ['2026-01', { before: 30, after: 30 }],
      ['2026-02', { before: 90, after: 65 }],
      ['2026-03', { before: 90, after: 65 }],
    ]);
    expect(await rows()).toEqual(before);
    await shop.isSound();
  });

  it('T3: another threshold moves people between tiers, and its multiplier their points', async () => {
    const levels = [{ id: 'plain' }, { id: 'gold', enter: 9_000, multiplier: '3/2' }];
    const report = await simulated(changed({ tiers: { ...RULES.tiers, levels } }));
    expect(report.tiers).toEqual([
      { from: 'gold', to: 'plain', members: 1 },
      { from: 'plain', to: 'plain', members: 2 },
    ]);
    expect(report.losers).toHaveLength(1);
    expect(report.losers[0]).toMatchObject({ stayed: { before: { points: '100' }, after: { points: '90' } } });
  });

  it('T3: the last days alone: what was before them stays as it was', async () => {
    const report = await simulated(HALF, NOON - 15 * DAY);
    // only the order of 20.00 as gold, with half the rate: 15 instead of 30; the 50 points were there
    expect(report.orders).toEqual({ counted: 1, different: 1 });
    expect(report.refused.counted).toBe(0);
    expect(report.units['points']?.points).toMatchObject({
      before: { given: '30', redeemed: '50' },
      after: { given: '15', redeemed: '50' },
    });
  });
});

describe('a simulation that was asked for', () => {
  it('T3: is run by the worker, says how far it is, and keeps its report without names', async () => {
    const id = await ask(HALF);
    expect(await read(id)).toMatchObject({ status: 'waiting', done: 0, total: null, report: null });
    await runSimulations(worlds.service.work);
    const done = await read(id);
    expect(done).toMatchObject({ status: 'done', done: 3, total: 3, error: null });
    expect({ ...done.report, losers: [] }).toMatchObject({ members: { counted: 3, worse: 2 } });
    expect(done.report?.losers[0]?.publicId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('T3: is cancelled before it runs, and while it runs', async () => {
    const first = await ask(HALF);
    await inWorld(db, shop, (tx) => cancelSimulation(tx, shop.program, first));
    expect(await read(first)).toMatchObject({ status: 'cancelled', report: null });
    const second = await ask(HALF, null, { members: 1_000, seed: 1 });
    await db.sql('update simulation set lease_until = null where id = $1', [second]);
    const running = runSimulations(worlds.service.work);
    for (let turns = 0; turns < 500 && (await read(second)).done === 0; turns++);
    await inWorld(db, shop, (tx) => cancelSimulation(tx, shop.program, second));
    await running;
    const stopped = await read(second);
    expect(stopped).toMatchObject({ status: 'cancelled', report: null });
    expect(stopped.finished).not.toBeNull();
    // how far it came, not as if it had come to its end
    expect(stopped.done).toBeLessThan(stopped.total ?? 0);
  });

  it('T3: is begun anew by another worker when its own is gone', async () => {
    const id = await ask(HALF, 90);
    const leaving = new AbortController();
    leaving.abort();
    // one that took it and ended: its lease ran out
    await db.sql("update simulation set lease_until = now() - interval '1 second', done = 1, total = 3 where id = $1", [
      id,
    ]);
    await runSimulations(worlds.service.work, leaving.signal);
    expect((await read(id)).status).toBe('running');
    await runSimulations(worlds.service.work);
    expect((await read(id)).status).toBe('done');
  });

  it('T3: of a made past needs no member, and is the same for the same seed', async () => {
    const wish = { members: 60, seed: 5 };
    const ids = [await ask(HALF, null, wish), await ask(HALF, null, wish), await ask(HALF, null, { ...wish, seed: 6 })];
    await runSimulations(worlds.service.work);
    const [one, same, other] = await Promise.all(ids.map(read));
    expect(one?.report?.members.counted).toBe(60);
    expect(one?.report?.orders.counted).toBeGreaterThan(60);
    expect(one?.report?.members.worse).toBeGreaterThan(10);
    expect(same?.report).toEqual(one?.report);
    expect(other?.report).not.toEqual(one?.report);
  });

  it('T3: rules that begin today are shown on a made past as if they had been there all along', async () => {
    const today = new Date(worlds.service.clock.now()).toISOString().slice(0, 10);
    const wish = { members: 60, seed: 5 };
    const ids = [await ask({ ...HALF, starts: today }, null, wish), await ask(HALF, null, wish)];
    await runSimulations(worlds.service.work);
    const [begins, always] = await Promise.all(ids.map(read));
    expect(begins?.report).toEqual(always?.report);
    expect(begins?.report?.members.worse).toBeGreaterThan(10);
  });

  it('T3: waits in a short line, and the last twenty are kept', async () => {
    for (let i = 0; i < 5; i++) await ask(HALF, 1);
    await expect(ask(HALF, 1)).rejects.toMatchObject({ code: 'too_many_simulations' });
    await runSimulations(worlds.service.work);
    for (let i = 0; i < 18; i++) {
      const id = await ask(HALF, 1);
      await inWorld(db, shop, (tx) => cancelSimulation(tx, shop.program, id));
    }
    expect(await inWorld(db, shop, (tx) => listSimulations(tx, shop.program))).toHaveLength(20);
  });
});
