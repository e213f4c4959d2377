import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { aCart, anOrder, DAY, HOUR, NOON, type World, type Worlds, worldsOn } from '../support/world.js';

/** B4, D6: cashback becomes store credit, once; whatever the platform answers, points and money agree. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 8000;
const { joining: _none, ...plain } = PLAIN_RULES;
const RULES = programRules.parse({
  ...plain,
  rewards: [
    { id: 'credit', kind: 'store-credit', points: 10, gives: 100 },
    { id: 'capped', kind: 'store-credit', points: 10, gives: 100, max: 40 },
  ],
});
const by = () => ({ shop: shop.store.key, customer: '501' });
const asks = (reward: string, points?: string, key = `key-${Math.random()}`) =>
  worlds.storefront.redeem(by(), { reward, cart: aCart(0), ...(points === undefined ? {} : { points }) }, key);
const given = () => [...shop.platform.credits.values()].map(({ off }) => off);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  await shop.joins('501');
  await shop.has(anOrder({ id: String((next += 1)), customer: '501', cents: 12_500 }));
  worlds.service.clock.set(NOON + HOUR);
});

describe('points as store credit', () => {
  it('takes all whole steps, gives so much money, and the points are used', async () => {
    const { ok } = await asks('credit');
    expect(ok).toMatchObject({ state: 'captured', points: '120', codeState: 'killed', code: null });
    expect(given()).toEqual([1_200]);
    expect(await shop.balance('501')).toMatchObject({ available: 5, held: 0 });
    await shop.isSound();
  });

  it('takes as many as are asked for, in whole steps, up to its limit', async () => {
    expect((await asks('credit', '30')).ok).toMatchObject({ state: 'captured', points: '30' });
    expect((await asks('credit', '35')).refused?.details).toMatchObject({ binding: 'step' });
    expect((await asks('credit', '900')).refused?.details).toMatchObject({ binding: 'balance' });
    expect((await asks('capped')).ok).toMatchObject({ points: '40' });
    expect((await asks('capped', '50')).refused?.details).toMatchObject({ binding: 'max' });
    expect(given()).toEqual([300, 400]);
    await shop.isSound();
  });

  it('the same intention twice is one credit', async () => {
    const first = await asks('credit', '30', 'one-intention');
    expect((await asks('credit', '30', 'one-intention')).ok).toEqual(first.ok);
    expect(given()).toEqual([300]);
  });

  it('a lost answer holds the points until it is known; then they are used, and no money was given twice', async () => {
    shop.platform.creditsAre = 'lost';
    const { ok } = await asks('credit', '30');
    expect(ok).toMatchObject({ state: 'held', codeState: 'wanted' });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 30 });
    shop.platform.creditsAre = 'given';
    await shop.passes(10 * 60_000);
    expect((await worlds.storefront.redemption(by(), ok?.id ?? '')).ok).toMatchObject({ state: 'captured' });
    expect(given()).toEqual([300]);
    await shop.isSound();
  });

  it('one that runs out while its answer is lost is looked for before anything comes back', async () => {
    shop.platform.creditsAre = 'lost';
    const { ok } = await asks('credit', '30');
    await worlds.storefront.undo(by(), ok?.id ?? '');
    await shop.passes(10 * 60_000);
    await shop.passes(DAY);
    expect((await worlds.storefront.redemption(by(), ok?.id ?? '')).ok).toMatchObject({ state: 'captured' });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 0 });
    await shop.isSound();
  });

  it('refused for good: all points are back', async () => {
    shop.platform.creditsAre = 'refused';
    const { ok } = await asks('credit', '30');
    expect(ok).toMatchObject({ state: 'released', codeState: 'failed' });
    expect(await shop.balance('501')).toMatchObject({ available: 125, held: 0 });
    await shop.isSound();
  });

  it('once given it is final: undoing it changes nothing', async () => {
    const { ok } = await asks('credit', '30');
    expect((await worlds.storefront.undo(by(), ok?.id ?? '')).ok).toMatchObject({ state: 'captured' });
    await shop.passes(3 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 95 });
    await shop.isSound();
  });
});
