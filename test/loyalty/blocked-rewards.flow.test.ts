import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { checkRewards } from '../../src/jobs/check-rewards.js';
import { testDatabase } from '../support/database.js';
import { NOON, type World, type Worlds, aCart, anOrder, worldsOn } from '../support/world.js';

const db = testDatabase();
const WHY = 'no delivery method takes such a code';
let worlds: Worlds;
let shop: World;
let next = 5000;

const by = () => ({ shop: shop.store.key, customer: '501' });
const cart = { ...aCart(5_000), shipping: { net: 490, tax: 0 } };
const ref = () => ({ program: shop.program, store: shop.store.id });
const offered = async () => (await worlds.storefront.preview(by(), cart)).ok?.redeem.map(({ reward }) => reward);
const ship = (key: string) => worlds.storefront.redeem(by(), { reward: 'ship', cart }, key);
const audited = () =>
  db.sql<{ what: string }>("select what from audit_event where program_id = $1 and what like 'rewards.%' order by id", [
    shop.program,
  ]);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  shop = await worlds.make();
  await shop.joins('501');
  await shop.has(anOrder({ id: String(++next), customer: '501', cents: 10_000 }));
});

it('a reward that would do nothing in this shop is not offered, costs nobody points, and its owner is told once (D1)', async () => {
  expect(await offered()).toContain('ship');
  const told: string[] = [];
  const work = {
    ...worlds.service.work,
    noticed: (_: unknown, __: unknown, error?: Error) => told.push(`${error?.message}`),
  };
  shop.platform.cannot = { 'free-shipping': WHY };
  expect(await checkRewards(work, ref())).toEqual([{ reward: 'ship', why: WHY }]);
  expect(await checkRewards(work, ref())).toEqual([{ reward: 'ship', why: WHY }]);
  expect(told).toEqual([`ship: not offered, because ${WHY}`]);
  expect(await offered()).toEqual(['five', 'slide', 'tenth']);
  expect((await ship('a-key-of-its-own')).refused).toMatchObject({
    status: 409,
    code: 'not_redeemable',
    details: { binding: 'shop' },
  });
  expect(await shop.balance('501')).toMatchObject({ available: 110, held: 0 });
  expect(await audited()).toEqual([{ what: 'rewards.blocked' }]);
});

it('it is offered again once the shop is set up for it', async () => {
  shop.platform.cannot = { 'free-shipping': WHY };
  await checkRewards(worlds.service.work, ref());
  shop.platform.cannot = {};
  expect(await checkRewards(worlds.service.work, ref())).toEqual([]);
  expect(await offered()).toContain('ship');
  expect((await ship('another-key')).ok).toMatchObject({ state: 'held', points: '20' });
  expect(await audited()).toEqual([{ what: 'rewards.blocked' }, { what: 'rewards.offered' }]);
});
