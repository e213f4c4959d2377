import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cartAtTill } from '../../extensions/pos/src/till-cart.js';
import { cartOf, type TellingLine } from '../../extensions/shared/checkout-cart.js';
import { minorOf } from '../../extensions/shared/money.js';
import { useReward } from '../../extensions/shared/redeeming.js';
import type { Service } from '../../extensions/shared/service.js';
import { cart as cartSchema } from '../../src/http/storefront/schemas.js';
import { shopperToken } from '../http/serving.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { type World, type Worlds, worldsOn, anOrder } from '../support/world.js';
import { type ServingExtensions, servingExtensions } from './serving-extensions.js';

/** D13, D14, A4: what the checkout's and the till's extensions do, against the service itself. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let served: ServingExtensions;
let nextOrder = 7000;
const MEMBER = '501';
const CART = { currency: 'EUR', lines: [{ id: '1', product: '9001', quantity: 1, net: 5_000 }] };
const pace = { wait: async () => undefined };
const takes = async () => ({ taken: true, why: '' });

beforeAll(async () => {
  worlds = await worldsOn(db);
  served = await servingExtensions(db, worlds.service);
});
afterAll(async () => {
  await served.close();
  await worlds.stop();
});
beforeEach(async () => {
  const { joining: _none, ...rules } = PLAIN_RULES;
  worlds.service.clock.set(Date.now() - 3_600_000);
  shop = await worlds.make(rules);
  await shop.joins(MEMBER, { email: 'ana@example.test', phone: '+31 6 1234 5678' });
  const order = { id: String((nextOrder += 1)), customer: MEMBER, cents: 10_000, placed: Date.now() - 1_800_000 };
  worlds.service.clock.set(Date.now());
  await shop.has(anOrder(order));
});
const available = async () => (await shop.balance(MEMBER)).available;

describe('in the checkout', () => {
  test('D13 points are held, their code is taken, and letting go gives them back', async () => {
    const service = served.atCheckout(shop.store.key, MEMBER);
    const taken: string[] = [];
    const outcome = await useReward(
      service,
      { reward: 'five', cart: CART },
      async (code) => ({ taken: taken.push(code) > 0, why: '' }),
      pace,
    );
    expect(outcome).toMatchObject({ is: 'applied', redemption: { points: '50', off: { minor: 500 } } });
    expect(taken).toEqual([expect.stringMatching(/^TM-[0-9A-Z]{18}$/)]);
    expect(await available()).toBe(50);
    const { held } = await service.preview(CART);
    expect(held).toMatchObject([{ code: taken[0], points: '50' }]);
    await service.undo(held[0]?.redemption ?? '');
    expect(await available()).toBe(100);
    await shop.isSound();
  });

  test('a code that the checkout does not take holds nothing: the points are back at once', async () => {
    const refuses = async () => ({ taken: false, why: 'It cannot be combined with SUMMER20.' });
    const outcome = await useReward(
      served.atCheckout(shop.store.key, MEMBER),
      { reward: 'slide', points: '30', cart: CART },
      refuses,
      pace,
    );
    expect(outcome).toEqual({ is: 'refused', why: 'It cannot be combined with SUMMER20.' });
    expect(await available()).toBe(100);
    expect([...shop.platform.codes.values()].filter(({ live }) => live)).toEqual([]);
  });

  test('an answer that was lost is asked for again, and paid once', async () => {
    const service = served.atCheckout(shop.store.key, MEMBER);
    let lost = true;
    const flaky: Service = {
      ...service,
      redeem: async (wish, key) => {
        const made = await service.redeem(wish, key);
        if (!lost) return made;
        lost = false;
        throw new TypeError('network connection was lost');
      },
    };
    const outcome = await useReward(flaky, { reward: 'five', cart: CART }, takes, pace);
    if (outcome.is !== 'unknown') throw new Error('it is known already');
    expect(await outcome.again()).toMatchObject({ is: 'applied' });
    expect(await available()).toBe(50);
    expect(shop.platform.codes.size).toBe(1);
  });

  test('what the service refuses is told in its words, and nothing is asked of the checkout', async () => {
    const never = async () => Promise.reject(new Error('asked all the same'));
    const poor = await useReward(
      served.atCheckout(shop.store.key, MEMBER),
      { reward: 'slide', points: '900', cart: CART },
      never,
      pace,
    );
    expect(poor).toMatchObject({ is: 'refused', why: expect.stringContaining('balance') });
    const guest = await useReward(served.atCheckout(shop.store.key, null), { reward: 'five', cart: CART }, never, pace);
    expect(guest).toMatchObject({ is: 'refused' });
  });
});

describe('at the till', () => {
  test('D14 staff use a member’s points for the sale, with the limits of every channel', async () => {
    const [checkout, till] = [served.atCheckout(shop.store.key, MEMBER), served.atTill(shop.store.key, MEMBER)];
    expect(await till.member()).toEqual(await checkout.member());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 60_000 }), async (net) => {
        const cart = { ...CART, lines: [{ ...CART.lines[0], id: '1', product: '9001', quantity: 1, net }] };
        expect((await till.preview(cart)).redeem).toEqual((await checkout.preview(cart)).redeem);
      }),
      { numRuns: 20 },
    );
    const outcome = await useReward(till, { reward: 'five', cart: { ...CART, channel: 'pos' } }, takes, pace);
    expect(outcome).toMatchObject({ is: 'applied' });
    expect(await available()).toBe(50);
  });

  test('A4 a member is found by e-mail, phone number or code; nobody else is', async () => {
    const code = (await served.atTill(shop.store.key, MEMBER).member()).member?.referralCode ?? '';
    const found = await Promise.all(
      ['ana@example.test', 'ANA+shop@Example.test', '0031612345678', code, code.toLowerCase()].map((text) =>
        served.find(shop.store.key, text),
      ),
    );
    expect(found.map(({ customer }) => customer)).toEqual(found.map(() => MEMBER));
    for (const text of ['bob@example.test', '0031600000000', 'ABCDEFGH', "' or 1=1 --"])
      expect(await served.find(shop.store.key, text)).toEqual({ status: 200, customer: null });
  });

  test('two members of one phone are nobody’s answer: the till asks for something else', async () => {
    await shop.joins('502', { email: 'cas@example.test', phone: '+31612345678' });
    expect(await served.find(shop.store.key, '0612345678')).toEqual({ status: 200, customer: null });
    expect(await served.find(shop.store.key, '+31612345678')).toEqual({ status: 200, customer: null });
    expect(await served.find(shop.store.key, 'cas@example.test')).toEqual({ status: 200, customer: '502' });
  });

  test('T10 another shop’s staff see nobody of this one, and no shopper is staff', async () => {
    const other = await worlds.make();
    expect(await served.find(other.store.key, 'ana@example.test')).toEqual({ status: 200, customer: null });
    expect((await served.atTill(other.store.key, MEMBER).member()).member).toBeNull();
    const asShopper = await shopperToken({ shop: shop.store.key, customer: MEMBER });
    expect((await served.find(shop.store.key, 'ana@example.test', asShopper)).status).toBe(401);
    expect((await served.find('strangers.myshopify.com', 'ana@example.test')).status).toBe(401);
  });

  test('staff make a member of the customer before them', async () => {
    const till = served.atTill(shop.store.key, '777');
    expect((await till.member()).member).toBeNull();
    expect((await till.join()).member).not.toBeNull();
  });
});

describe('the cart as it is told', () => {
  const line = fc.record({ amount: fc.integer({ min: 0, max: 200_000 }), quantity: fc.integer({ min: 1, max: 5 }) });
  const sums = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 6 }),
    percentOff: fc.integer({ min: 0, max: 60 }),
    taxPercent: fc.constantFrom(0, 6, 21, 25),
    inside: fc.boolean(),
    shipping: fc.integer({ min: 0, max: 1_500 }),
  });

  test('T15 whatever the checkout tells, its lines add up to the subtotal without tax', () => {
    fc.assert(
      fc.property(sums, ({ lines, percentOff, taxPercent, inside, shipping }) => {
        const told: TellingLine[] = lines.map(({ amount, quantity }, i) => ({
          id: `gid://shopify/CartLine/${i + 1}`,
          quantity,
          merchandise: {
            id: `gid://shopify/ProductVariant/${i + 1}`,
            product: { id: `gid://shopify/Product/${i + 1}` },
          },
          cost: { totalAmount: { amount: amount / 100, currencyCode: 'EUR' } },
        }));
        const own = lines.reduce((sum, { amount }) => sum + amount, 0);
        const subtotal = own - Math.floor((own * percentOff) / 100);
        const all = subtotal + shipping;
        const tax = Math.round(inside ? (all * taxPercent) / (100 + taxPercent) : (all * taxPercent) / 100);
        const cost = {
          currency: 'EUR',
          subtotal: subtotal / 100,
          shipping: shipping / 100,
          tax: tax / 100,
          total: (inside ? all : all + tax) / 100,
        };
        const cart = cartOf(told, cost);
        expect(cartSchema.safeParse(cart).success).toBe(true);
        const net = cart.lines.reduce((sum, each) => sum + each.net, 0) + (cart.shipping?.net ?? 0);
        expect(net).toBe(own === 0 && inside && tax > 0 ? net : inside ? all - tax : all);
        expect(cart.lines.reduce((sum, each) => sum + (each.discount ?? 0), 0)).toBe(own - subtotal);
      }),
      { numRuns: 200 },
    );
  });

  test('a till’s cart: gift cards stay gift cards, a sale without a product is one all the same', () => {
    const sale = {
      ...{ subtotal: '75.00', taxTotal: '0.00', grandTotal: '75.00' },
      lineItems: [
        { uuid: 'a', price: 25, quantity: 1, variantId: 5, productId: 9, isGiftCard: false },
        { uuid: 'b', price: 40, quantity: 1, variantId: 6, productId: 8, isGiftCard: true },
        { uuid: 'c', price: 5, quantity: 2, isGiftCard: false },
      ],
    };
    const cart = cartAtTill(sale, 'EUR');
    expect(cartSchema.safeParse(cart).success).toBe(true);
    expect(cart).toMatchObject({
      channel: 'pos',
      lines: [
        { id: 'a', product: '9', variant: '5', net: 2500, kind: 'product' },
        { id: 'b', net: 4000, kind: 'gift-card' },
        { id: 'c', product: null, quantity: 2, net: 1000 },
      ],
    });
  });

  test.each([
    ['JPY', 1200, 1200],
    ['KWD', 1.925, 1925],
    ['EUR', 19.99, 1999],
  ])('%s %s are %s minor units', (currency, amount, minor) => {
    expect(minorOf(amount, currency)).toBe(minor);
  });
});
