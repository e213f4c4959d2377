import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HELD_MS } from '../../src/loyalty/redeem.js';
import { PLAIN_RULES } from '../support/service.js';
import { testDatabase } from '../support/database.js';
import { DAY, HOUR, NOON, type World, type Worlds, aCart, aRefund, anOrder, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 3000;
const anId = () => String(++next);
const codesIn = (code: string | null | undefined, off = 500) => [{ code: code ?? '', off }];
const at = (ms: number) => worlds.service.clock.set(NOON + ms);
const redemption = async (customer: string, id = '') =>
  (await worlds.storefront.redemption({ shop: shop.store.key, customer }, id)).ok;

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  const { joining: _joining, ...rules } = PLAIN_RULES;
  shop = await worlds.make(rules);
  await shop.joins('501');
  await shop.has(anOrder({ id: anId(), customer: '501', cents: 10_000 }));
  at(HOUR);
});

describe('points become money off at the checkout (D1, D2)', () => {
  it('are held, then captured by the order that carries the code; the code dies', async () => {
    const { ok } = await shop.redeem('501', 'five', 5_000);
    expect(ok).toMatchObject({ state: 'held', points: '50', codeState: 'live' });
    expect(await shop.balance('501')).toMatchObject({ available: 50, held: 50 });
    await shop.isSound();
    at(HOUR + 60_000);
    await shop.has(
      anOrder({ id: anId(), customer: '501', cents: 4_500, at: NOON + HOUR + 60_000, codes: codesIn(ok?.code) }),
    );
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'captured', codeState: 'killed' });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 0 });
    expect(shop.platform.codes.get(ok?.code ?? '')).toMatchObject({ live: false });
    await shop.isSound();
  });

  it('stay held whoever settles by a clock that is behind (T8)', async () => {
    const order = { id: anId(), customer: '501', cents: 1_000, placed: NOON + 1_000 };
    await shop.has(anOrder(order));
    const { ok } = await shop.redeem('501', 'five', 5_000);
    at(HOUR - 5_000);
    const refunds = [aRefund(anId(), NOON + 2_000, { amount: 500 })];
    await shop.has({ ...anOrder(order), at: NOON + 2_000, refunds });
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'held', points: '50' });
    expect(await shop.balance('501')).toMatchObject({ available: 55, held: 50 });
    await shop.isSound();
    at(HOUR);
    const released = await worlds.storefront.undo({ shop: shop.store.key, customer: '501' }, ok?.id ?? '');
    expect(released.ok).toMatchObject({ state: 'released' });
    expect(await shop.balance('501')).toMatchObject({ available: 105, held: 0 });
    await shop.isSound();
  });

  it('and the gift for joining stays given (T8)', async () => {
    const giving = await worlds.make(PLAIN_RULES);
    await giving.joins('77');
    at(HOUR - 5_000);
    const order = anOrder({ id: anId(), customer: '77', cents: 1_000, at: NOON + 1_000 });
    await giving.has(order);
    await giving.has({ ...order, at: NOON + 2_000, refunds: [aRefund(anId(), NOON + 2_000, { amount: 500 })] });
    const { available } = await giving.balance('77');
    expect(available).toBe(10);
    at(HOUR);
    await giving.isSound();
  });

  it('come back when they are let go, after the code is dead', async () => {
    const { ok } = await shop.redeem('501', 'five', 5_000);
    const kill = shop.platform.killDiscount.bind(shop.platform);
    const atDeath: number[] = [];
    shop.platform.killDiscount = async (code) => {
      atDeath.push((await shop.balance('501')).available);
      await kill(code);
    };
    const undone = await worlds.storefront.undo({ shop: shop.store.key, customer: '501' }, ok?.id ?? '');
    expect(undone.ok).toMatchObject({ state: 'released', codeState: 'killed', code: null });
    expect(atDeath).toEqual([50]);
    expect(await shop.balance('501')).toMatchObject({ available: 100, held: 0 });
    await shop.isSound();
  });

  it('come back by themselves when the checkout was left', async () => {
    const { ok } = await shop.redeem('501', 'five', 5_000);
    await shop.passes(HELD_MS - 1);
    expect(await shop.balance('501')).toMatchObject({ available: 50, held: 50 });
    await shop.passes(1);
    expect(await shop.balance('501')).toMatchObject({ available: 100, held: 0 });
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'released', codeState: 'killed' });
    await shop.isSound();
  });

  it('stay held when the platform has counted a use, until that order comes', async () => {
    const { ok } = await shop.redeem('501', 'five', 5_000);
    const late = anOrder({ id: anId(), customer: '501', cents: 4_500, at: NOON + 2 * HOUR, codes: codesIn(ok?.code) });
    shop.platform.orders.set(late.id, late);
    shop.platform.use([ok?.code ?? '']);
    await shop.passes(HELD_MS);
    expect(await shop.balance('501')).toMatchObject({ available: 50, held: 50 });
    await shop.isSound();
    await shop.has(late);
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'captured' });
    expect(await shop.balance('501')).toMatchObject({ available: 95, held: 0 });
    await shop.isSound();
  });

  it('come back once when the platform refuses the code', async () => {
    const { AppError } = await import('../../src/lib/errors.js');
    shop.platform.createDiscount = async () => {
      throw new AppError('discount_refused', 422, 'The shop says no.');
    };
    const { ok } = await shop.redeem('501', 'five', 5_000);
    expect(ok).toMatchObject({ state: 'released', codeState: 'failed', code: null });
    expect(await shop.balance('501')).toMatchObject({ available: 100, held: 0 });
    await shop.isSound();
  });

  it('of a code that the owner deleted come back once', async () => {
    const { ok } = await shop.redeem('501', 'five', 5_000);
    const gone = { admin_graphql_api_id: shop.platform.codes.get(ok?.code ?? '')?.ref };
    await shop.says('discounts/delete', gone);
    await worlds.service.drain();
    await shop.says('discounts/delete', { ...gone, again: true });
    await worlds.service.drain();
    expect(await shop.balance('501')).toMatchObject({ available: 100, held: 0 });
    await shop.isSound();
  });
});

describe('an order with a code goes back (D4)', () => {
  const captured = async (cents = 4_500) => {
    const { ok } = await shop.redeem('501', 'five', 5_000);
    at(2 * HOUR);
    const order = anOrder({ id: anId(), customer: '501', cents, at: NOON + 2 * HOUR, codes: codesIn(ok?.code) });
    return { ok, order };
  };

  it('cancelled: all of it comes back, and the code stays dead', async () => {
    const { ok, order } = await captured();
    await shop.has(order);
    at(3 * HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, cancelled: NOON + 3 * HOUR });
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'returned', codeState: 'killed' });
    expect(await shop.balance('501')).toMatchObject({ available: 100, held: 0 });
    expect(shop.platform.codes.get(ok?.code ?? '')).toMatchObject({ live: false });
    await shop.isSound();
  });

  it('cancelled before its capture was ever seen: the code is killed first, then it comes back', async () => {
    const { ok, order } = await captured();
    at(3 * HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, cancelled: NOON + 3 * HOUR });
    expect(shop.platform.codes.get(ok?.code ?? '')).toMatchObject({ live: false });
    expect(await shop.balance('501')).toMatchObject({ available: 100, held: 0 });
    await shop.isSound();
  });

  it('refunded in part: the share of it', async () => {
    const { order } = await captured();
    await shop.has(order);
    at(3 * HOUR);
    await shop.has({
      ...order,
      at: NOON + 3 * HOUR,
      refunds: [aRefund('1', NOON + 3 * HOUR, { line: order.lines[0]?.id ?? '', net: 2_250, quantity: 0 })],
    });
    // half the goods: 25 of 50 used points come back, 22 of 45 earned ones stay
    expect(await shop.balance('501')).toMatchObject({ available: 50 + 25 + 22 });
    await shop.isSound();
  });

  it('released, and then used after all: it is drawn again, and may be owed', async () => {
    const { ok, order } = await captured();
    await worlds.storefront.undo({ shop: shop.store.key, customer: '501' }, ok?.id ?? '');
    const all = await worlds.storefront.redeem(
      { shop: shop.store.key, customer: '501' },
      { reward: 'slide', points: '100', cart: aCart(50_000) },
      'all-of-it',
    );
    expect(all.ok).toMatchObject({ points: '100' });
    at(2 * HOUR + 1);
    await shop.has({ ...order, at: NOON + 2 * HOUR + 1, placed: NOON + 2 * HOUR + 1, paid: null });
    expect(await shop.balance('501')).toMatchObject({ available: 0, held: 100, debt: 50 });
    await shop.isSound();
  });

  it('used in another member’s order: the one who reserved pays, the other earns', async () => {
    await shop.joins('502');
    const { ok, order } = await captured();
    await shop.has({ ...order, customer: '502' });
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'captured' });
    expect(await shop.balance('501')).toMatchObject({ available: 50, held: 0 });
    expect(await shop.balance('502')).toMatchObject({ available: 45, held: 0 });
    await shop.isSound();
    at(3 * HOUR);
    await shop.has({ ...order, customer: '502', at: NOON + 3 * HOUR, cancelled: NOON + 3 * HOUR });
    expect(await shop.balance('501')).toMatchObject({ available: 100 });
    expect(await shop.balance('502')).toMatchObject({ available: 0 });
    await shop.isSound();
  });

  it('edited so that it no longer carries the code: the points are held again, then go back', async () => {
    const { ok, order } = await captured();
    await shop.has(order);
    at(3 * HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, codes: [] });
    await shop.isSound();
    await shop.passes(DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 145, held: 0 });
    expect(await redemption('501', ok?.id)).toMatchObject({ state: 'released' });
    await shop.isSound();
  });

  it('took less off than the code is worth: what was not used comes back', async () => {
    const { ok, order } = await captured(0);
    await shop.has({ ...order, codes: codesIn(ok?.code, 300) });
    expect(await shop.balance('501')).toMatchObject({ available: 70, held: 0 });
    await shop.isSound();
  });
});

describe('one balance, many hands (D13)', () => {
  it('64 clients at once: exactly floor(balance / cost) get it', async () => {
    await shop.joins('503');
    await shop.has(anOrder({ id: anId(), customer: '503', cents: 37_900, at: NOON + HOUR }));
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => shop.redeem('503', 'five', 5_000, `client-${i}-of-64`)),
    );
    const granted = answers.filter(({ ok }) => ok !== undefined);
    expect(granted).toHaveLength(Math.floor(379 / 50));
    const refused = answers.filter(({ ok }) => ok === undefined).map((answer) => answer.refused?.details['binding']);
    expect(new Set(refused)).toEqual(new Set(['balance']));
    expect(new Set(granted.map(({ ok }) => ok?.code)).size).toBe(7);
    expect(await shop.balance('503')).toMatchObject({ available: 29, held: 350 });
    await shop.isSound();
  });

  it('the same intention from 16 clients is one redemption', async () => {
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => shop.redeem('501', 'five', 5_000, 'one-intention')),
    );
    expect(new Set(answers.map(({ ok }) => ok?.id)).size).toBe(1);
    expect(await shop.balance('501')).toMatchObject({ available: 50, held: 50 });
    await shop.isSound();
  });
});
