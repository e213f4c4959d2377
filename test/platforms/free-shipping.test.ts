import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PLAIN } from '../../demo/stores/shop/catalogue.js';
import type { ShopSettings } from '../../demo/stores/shop/model.js';
import type { WooStore } from '../../demo/stores/woocommerce/start.js';
import { type Connected, connectShopify, connectWoo } from './support/stores.js';

/**
 * D1 on WooCommerce: a free-shipping coupon only opens delivery methods that ask for one. Where there is none, the code
 * would do nothing: it is not made, and the owner is told what to change.
 */
const SETUPS: { name: string; settings: Partial<ShopSettings>; works: boolean }[] = [
  { name: 'free from an amount or by coupon', settings: {}, works: true },
  { name: 'free by coupon alone', settings: { freeShippingFrom: null }, works: true },
  { name: 'free from an amount alone', settings: { freeShippingByCode: false }, works: false },
  { name: 'never free', settings: { freeShippingByCode: false, freeShippingFrom: null }, works: false },
];

describe.each(SETUPS)('a shop that delivers $name', ({ settings, works }) => {
  let all: Connected<WooStore>;
  beforeEach(async () => {
    all = await connectWoo({ settings: { ...PLAIN, ...settings } });
  });
  afterEach(() => all.close());

  test(works ? 'takes such a code' : 'is asked for none, and its owner is told why', async () => {
    const why = await all.platform.obstacles(['amount-off', 'free-shipping']);
    expect(why).toEqual(works ? {} : { 'free-shipping': expect.stringMatching(/Settings > Shipping/) });
    const anna = all.store.shop.customerByEmail('anna@example.test');
    const wish = all.platform.createDiscount({
      code: 'LY-SHIP',
      title: 'Free shipping',
      kind: { type: 'free-shipping' },
      customer: anna?.id ?? '',
      email: null,
      minimumCart: null,
      products: null,
      startsAt: Date.now() - 1_000,
      endsAt: Date.now() + 3_600_000,
    });
    if (works) expect(await wish).toMatchObject({ live: true });
    else await expect(wish).rejects.toMatchObject({ code: 'discount_useless' });
    expect(await all.platform.findDiscount('LY-SHIP')).toEqual(works ? expect.anything() : null);
  });
});

test('a key that may not look at the settings, but is good for orders, is no revoked one: the reward is offered', async () => {
  const all = await connectWoo({ settings: { ...PLAIN, freeShippingByCode: false } });
  all.faults.answer({ on: /shipping\/zones/, kind: 'status', status: 403 });
  expect(await all.platform.obstacles(['free-shipping'])).toEqual({});
  await all.close();
});

test('who asks nothing about free shipping is told nothing of it', async () => {
  const all = await connectWoo({ settings: { ...PLAIN, freeShippingByCode: false } });
  expect(await all.platform.obstacles(['amount-off', 'percent-off'])).toEqual({});
  await all.close();
});

test('Shopify takes such a code on whatever rate the shop has', async () => {
  const all = await connectShopify();
  expect(await all.platform.obstacles(['free-shipping'])).toEqual({});
  await all.close();
});
