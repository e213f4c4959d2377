import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { aboveShare, leastCartOf } from '../../src/rewards/hold-share.js';
import { discountOf, redeemable } from '../../src/rewards/index.js';
import type { Cart } from '../../src/rules/cart.js';
import { orderOfCart } from '../../src/rules/cart.js';
import { programRules } from '../../src/rules/program-rules.js';
import { type Connected, connectShopify, connectWoo, EUR } from './support/stores.js';

/** D1, D2: a share of the cart holds at the checkout too: the code does not apply to a cart that has become too small for it. */
const rules = programRules.parse({
  zone: 'Europe/Oslo',
  money: EUR,
  units: { points: {} },
  rewards: [
    { id: 'half', kind: 'slider', step: 1, off: 1, share: '1/2' },
    { id: 'fifth', kind: 'percent-off', points: 100, percent: 20, maxOff: 3_000 },
    { id: 'any', kind: 'slider', step: 1, off: 1 },
  ],
});
const reward = (id: string) => {
  const found = rules.rewards.find((one) => one.id === id);
  if (!found) throw new Error(`no reward ${id}`);
  return found;
};
const line = (net: number, tax = 0) => ({
  ...{ id: '1', kind: 'product' as const, product: '1', categories: [], tags: [], quantity: 1, net, tax, discount: 0 },
});
const cartOf = (net: number, tax = 0): Cart => ({
  ...{ store: '1', channel: 'web', money: EUR, lines: [line(net, tax)], shipping: { net: 0, tax: 0 } },
});
const member = { now: 0, isMember: true, tier: null, available: 1_000_000_000n };
const granted = (id: string, cart: Cart) => {
  const { off } = redeemable(rules, reward(id), member, cart);
  return { off, least: leastCartOf(rules, reward(id), off, cart) };
};

describe('the least cart of a code', () => {
  test('is what its share asks, without tax; what takes no share, or is held by the platform, has none', () => {
    expect(granted('half', cartOf(9_000))).toEqual({ off: 4_500, least: 9_000 });
    expect(granted('half', cartOf(10_000, 2_100))).toEqual({ off: 6_050, least: 10_000 });
    expect(granted('fifth', cartOf(50_000))).toEqual({ off: 3_000, least: 15_000 });
    expect(granted('fifth', cartOf(8_000))).toEqual({ off: 1_600, least: 8_000 });
    expect(granted('any', cartOf(8_000))).toEqual({ off: 8_000, least: null });
  });

  test.each(['half', 'fifth'])('%s: never above the cart that it was granted on, and never a larger share', (id) => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 1e7 }), fc.integer({ min: 0, max: 1e7 }), (before, after) => {
        const { off, least } = granted(id, cartOf(before));
        expect(least ?? 0).toBeLessThanOrEqual(before);
        if (after >= (least ?? 0))
          expect(redeemable(rules, reward(id), member, cartOf(after)).off).toBeGreaterThanOrEqual(off);
      }),
    );
  });

  test('an order that had more taken off all the same is told by how much', () => {
    const order = (net: number) => orderOfCart(cartOf(net), 0, null);
    expect(aboveShare(rules, reward('half'), order(4_500), 4_500)).toBe(0);
    expect(aboveShare(rules, reward('half'), order(1_500), 4_500)).toBe(1_500);
    expect(aboveShare(rules, reward('any'), order(0), 4_500)).toBe(0);
  });
});

describe.each([
  ['Shopify', connectShopify],
  ['WooCommerce', connectWoo],
])('on %s', (_, connect: () => Promise<Connected>) => {
  let all: Connected;
  afterEach(() => all.close());

  test.each(['half', 'fifth'])('%s applies to the cart that it was granted on, not to a smaller one', async (id) => {
    all = await connect();
    const anna = all.store.shop.customerByEmail('anna@example.test');
    const product = all.store.shop.state.products[0]?.id ?? '';
    const cart = (quantity: number, codes: string[]) => ({
      ...{ customer: anna?.id ?? null, email: null, lines: [{ product, quantity }], codes, attributes: {} },
    });
    const full = all.store.priceCart(cart(3, []));
    const { off, least } = granted(id, cartOf(full.items));
    const { code } = await all.platform.createDiscount({
      ...{ code: 'LY-SHARE', title: 'A share', customer: anna?.id ?? null, email: null },
      ...discountOf(reward(id), off, EUR),
      ...{ minimumCart: least, startsAt: Date.now() - 1_000, endsAt: Date.now() + 3_600_000 },
    });
    expect(all.store.priceCart(cart(3, [code]))).toMatchObject({ discount: off, refused: [] });
    expect(all.store.priceCart(cart(2, [code])).refused).toMatchObject([{ reason: 'minimum' }]);
  });
});
