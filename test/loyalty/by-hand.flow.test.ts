import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { PLAIN_RULES } from '../support/service.js';
import { aCart, anOrder, DAY, HOUR, NOON, type World, type Worlds, worldsOn } from '../support/world.js';

/** D10: something that staff hand out. The points are held until somebody says that it was given; whoever comes first decides. */
const db = testDatabase();
let worlds: Worlds;
let owner: OwnerClient;
let shop: World;
let next = 8500;
const { joining: _none, ...plain } = PLAIN_RULES;
const RULES = programRules.parse({
  ...plain,
  rewards: [{ id: 'tasting', kind: 'by-hand', points: 40, what: 'Coffee tasting', keptDays: 10 }],
});
const by = () => ({ shop: shop.store.key, customer: '501' });
const takes = async () =>
  (await worlds.storefront.redeem(by(), { reward: 'tasting', cart: aCart(0) }, `key-${Math.random()}`)).ok?.id ?? '';
const solve = (id: string, how: string) => owner.ask(shop.program, 'POST', `/redemptions/${id}/solve`, { how });
const toGive = async () => {
  const { body } = await owner.ask<{ redemptions: { title: string }[] }>(
    shop.program,
    'GET',
    '/redemptions?shown=to-give',
  );
  return body.redemptions.map(({ title }) => title);
};

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  await shop.joins('501');
  await shop.has(anOrder({ id: String((next += 1)), customer: '501', cents: 12_500 }));
  worlds.service.clock.set(NOON + HOUR);
});

describe('a reward that staff hand out', () => {
  it('waits on the list with its points held, and asks no platform for a code', async () => {
    const { ok } = await worlds.storefront.redeem(by(), { reward: 'tasting', cart: aCart(0) }, 'one-intention');
    expect(ok).toMatchObject({ state: 'held', points: '40', code: null, codeState: 'killed' });
    expect(await shop.balance('501')).toMatchObject({ available: 85, held: 40 });
    expect(await toGive()).toEqual(['Coffee tasting']);
    await shop.isSound();
  });

  it('given: its points are used, the list is empty, and it is not given twice', async () => {
    const id = await takes();
    expect((await solve(id, 'give')).status).toBe(200);
    expect(await toGive()).toEqual([]);
    expect((await worlds.storefront.redemption(by(), id)).ok).toMatchObject({ state: 'captured' });
    expect(await shop.balance('501')).toMatchObject({ available: 85, held: 0 });
    expect((await solve(id, 'give')).status).toBe(409);
    expect((await solve(id, 'release')).status).toBe(409);
    await shop.isSound();
  });

  it('a slip of the finger is put right: it waits again, and can still be given', async () => {
    const id = await takes();
    await solve(id, 'give');
    worlds.service.clock.advance(HOUR);
    expect((await solve(id, 'not-given')).status).toBe(200);
    expect(await shop.balance('501')).toMatchObject({ available: 85, held: 40 });
    expect(await toGive()).toEqual(['Coffee tasting']);
    worlds.service.clock.advance(HOUR);
    expect((await solve(id, 'give')).status).toBe(200);
    expect(await shop.balance('501')).toMatchObject({ available: 85, held: 0 });
    await shop.isSound();
  });

  it('its points come back when staff let it go, when the member does, and when it was not fetched in time', async () => {
    await solve(await takes(), 'release');
    expect(await shop.balance('501')).toMatchObject({ available: 125, held: 0 });
    const { ok } = await worlds.storefront.undo(by(), await takes());
    expect(ok).toMatchObject({ state: 'released' });
    expect(await shop.balance('501')).toMatchObject({ available: 125, held: 0 });
    const late = await takes();
    await shop.passes(9 * DAY);
    expect(await shop.balance('501')).toMatchObject({ held: 40 });
    await shop.passes(3 * DAY);
    expect((await worlds.storefront.redemption(by(), late)).ok).toMatchObject({ state: 'released' });
    expect(await shop.balance('501')).toMatchObject({ available: 125, held: 0 });
    await shop.isSound();
  });
});
