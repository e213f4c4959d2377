import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PlanAnswer, SettlingAnswer } from '../../src/http/owner/verbs.js';
import { rejudgePage } from '../../src/loyalty/rejudge-members.js';
import { rejudgeMembers } from '../../src/jobs/rejudge-members.js';
import { runSimulations } from '../../src/jobs/run-simulations.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { PLAIN_RULES, SHARDS } from '../support/service.js';
import { DAY, HOUR, NOON, type World, type Worlds, anOrder, booksOf, inWorld, worldsOn } from '../support/world.js';

/** T11, T3 over HTTP: what a change will do is listed page by page, applied batch by batch, and rolled back exactly. */
const db = testDatabase();
const RULES = programRules.parse({
  ...PLAIN_RULES,
  units: { points: { value: 1, expiry: { kind: 'days', days: 300 } } },
  tiers: {
    ...{ basis: 'spend', window: { kind: 'lifetime' } },
    levels: [{ id: 'plain' }, { id: 'gold', enter: 5_000, multiplier: '3/2' }],
  },
});
const CUSTOMERS = ['801', '802', '803', '804', '805'];
const SINCE = new Date(NOON - 30 * DAY).toISOString();
let worlds: Worlds;
let owner: OwnerClient;
let shop: World;
let next = 60_000;

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});
beforeEach(async () => {
  const { clock } = worlds.service;
  clock.set(NOON - 40 * DAY);
  shop = await worlds.make(RULES);
  // 801 to 804 buy for 20, 40, 60 and 80 euros, twice; 805 joins and buys nothing
  for (const customer of CUSTOMERS) await shop.joins(customer, { email: `ana${customer}@example.test` });
  for (const [i, customer] of CUSTOMERS.slice(0, 4).entries()) {
    for (const days of [20, 10]) {
      const at = NOON - days * DAY + i * HOUR;
      clock.set(at);
      await shop.has(anOrder({ id: String(++next), customer, cents: 2_000 * (i + 1), at }));
    }
  }
  clock.set(NOON);
});

const ask = <T>(method: string, path: string, body?: unknown) => owner.ask<T>(shop.program, method, path, body);

/** Keeps a draft of the program with other rules; gives its hash. */
async function drafted(change: object): Promise<string> {
  const { body } = await ask<{ file: { rules: object } }>('GET', '/program');
  const file = { ...body.file, rules: { ...body.file.rules, ...change } };
  const kept = await ask<{ hash: string }>('PUT', '/draft', { file, replaces: null });
  expect(kept.status).toBe(200);
  return kept.body.hash;
}

async function plan(query: string): Promise<PlanAnswer['members'][]> {
  const pages: PlanAnswer['members'][] = [];
  for (let after: string | null = '0'; after !== null;) {
    const { status, body }: { status: number; body: PlanAnswer } = await ask('GET', `/plan?${query}&after=${after}`);
    expect(status).toBe(200);
    pages.push(body.members);
    after = body.next;
  }
  return pages;
}

const balances = () => Promise.all(CUSTOMERS.map(async (customer) => (await shop.balance(customer)).available));
const settling = async () => (await ask<SettlingAnswer>('GET', '/settling')).body;
const page = (limit: number) =>
  inWorld(db, shop, (tx) => rejudgePage(tx, shop.program, worlds.service.clock.now(), SHARDS, limit));

const HALF = { earning: [{ id: 'base', kind: 'rate', points: '1', per: 200 }] };

describe('T11: the plan of a change, over HTTP', () => {
  test('listed in pages before, applied in batches with progress, through a stop between, rolled back exactly', async () => {
    const before = { books: await booksOf(db, shop), balances: await balances() };
    expect((await settling()).state).toBe('nothing');
    const hash = await drafted(HALF);
    const pages = await plan(`from=${SINCE}&limit=2&all=true`);
    expect(pages.map((members) => members.length)).toEqual([2, 2, 1]);
    const planned = pages.flat();
    const has = (side: 'before' | 'after') => planned.map(({ units }) => Number(units['points']?.[side].available));
    expect(has('before')).toEqual(before.balances);
    // 20 + 20 at half; 60 and 80 are gold at the second order, at one and a half
    expect(has('after')).toEqual([10 + 20, 10 + 40, 10 + 30 + 45, 10 + 40 + 60, 10]);
    expect(planned.map(({ changes }) => changes)).toEqual([true, true, true, true, false]);
    expect((await plan(`from=${SINCE}`)).flat()).toHaveLength(4);
    // nothing is done yet
    expect(await booksOf(db, shop)).toEqual(before.books);

    await ask('POST', '/publish', { hash, from: SINCE, reachesBack: true });
    expect(await settling()).toMatchObject({ state: 'waiting', done: 0, total: null });
    expect(await settling()).toMatchObject({ everyone: false });
    expect(await page(2)).toEqual({ done: 2, total: 4, finished: false });
    // whoever did it is gone: two are settled, two are not, and it says so
    expect(await settling()).toMatchObject({ state: 'running', done: 2, total: 4 });
    expect(await balances()).toEqual([...has('after').slice(0, 2), ...before.balances.slice(2)]);
    await rejudgeMembers(worlds.service.work, undefined, 2);
    expect(await settling()).toMatchObject({ state: 'done', done: 4, total: 4 });
    expect(await balances()).toEqual(has('after'));
    await shop.isSound();

    const back = await plan(`to=1&from=${SINCE}&all=true`);
    expect(back.flat().map(({ units }) => Number(units['points']?.after.available))).toEqual(before.balances);
    await ask('POST', '/rollback', { version: 1, from: SINCE, reachesBack: true });
    await rejudgeMembers(worlds.service.work, undefined, 2);
    expect(await balances()).toEqual(before.balances);
    expect(await booksOf(db, shop)).toEqual(before.books);
    await shop.isSound();
  });

  test('by rules that make no sense nobody’s books can be kept: which is said', async () => {
    const promotion = { id: 'double', unit: 'points', factor: '2', when: { weekdays: ['sat'] } };
    await drafted({ zone: 'Mars/Base', promotions: [promotion, { ...promotion, id: 'triple', factor: '3' }] });
    const refused = { status: 422, body: { error: { code: 'program_invalid' } } };
    expect(await ask('GET', '/plan')).toMatchObject(refused);
    expect(await ask('POST', '/simulations', {})).toMatchObject(refused);
    const { body: draft } = await ask<{ file: object }>('GET', '/draft');
    expect(await ask('POST', '/simulations', { file: draft.file })).toMatchObject(refused);
    expect(await ask('POST', '/preview', { of: { kind: 'draft' }, order: { amounts: [1000] } })).toMatchObject(refused);
    expect(await ask('GET', '/promotions?of=draft')).toMatchObject(refused);
    expect(await ask('GET', '/promotion-days?of=draft&from=2026-06-01&to=2026-06-30')).toMatchObject(refused);
    expect(await ask('GET', '/conflicts?of=draft')).toMatchObject(refused);
  });

  test('a change that reaches nobody’s past lists nobody; one of the terms says who has points that end sooner', async () => {
    await drafted(HALF);
    expect((await plan('')).flat()).toEqual([]);
    const { body } = await ask<{ hash: string }>('GET', '/draft');
    expect((await ask('DELETE', `/draft?hash=${body.hash}`)).status).toBe(204);
    expect((await ask('GET', '/plan')).status).toBe(404);
    await drafted({ units: { points: { value: '1', expiry: { kind: 'days', days: 60 } } } });
    const [first] = (await plan(`from=${SINCE}`)).flat();
    expect(first).toMatchObject({ changes: true, units: { points: { endsSooner: '40' } }, name: null });
  });
});

describe('T3: a report names nobody, whoever reads it is told names', () => {
  test('of members and orders, as they are called when it is shown', async () => {
    const ids = await db.sql<{ id: string; public_id: string }>(
      'select id, public_id from member where program_id = $1',
      [shop.program],
    );
    await inWorld(db, shop, async (tx) => {
      for (const { id } of ids)
        await worlds.service.loyalty.keepPerson(tx, shop.program, id, {
          ...{ name: `Ana ${id}`, email: `ana${id}@example.test`, phone: null, at: 1 },
        });
    });
    await drafted(HALF);
    const { body: asked } = await ask<{ id: string }>('POST', '/simulations', {});
    await runSimulations(worlds.service.work);
    type Shown = {
      report: { losers: { member: string }[]; changedOrders: { order: string }[] };
      names: { members: Record<string, object>; orders: Record<string, string> };
    };
    const shown = async () => (await ask<Shown>('GET', `/simulations/${asked.id}`)).body;
    const { report, names } = await shown();
    const [loser] = report.losers;
    expect(names.members[loser?.member ?? '']).toEqual({
      name: `Ana ${loser?.member}`,
      email: `ana${loser?.member}@example.test`,
    });
    const [order] = report.changedOrders;
    expect(names.orders[order?.order ?? '']).toBe(`#${order?.order.split('/')[1]}`);
    const [kept] = await db.sql<{ text: string }>('select report::text as text from simulation where id = $1', [
      asked.id,
    ]);
    expect(kept?.text).not.toMatch(/Ana|example\.test|#6/);
    // an erasure is felt at once
    await db.sql('delete from member_pii where program_id = $1', [shop.program]);
    expect((await shown()).names.members).toEqual({});
  });
});
