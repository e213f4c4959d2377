import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StandingDiscount } from '../../src/commerce/outbound-platform.js';
import type { WooStore } from '../../demo/stores/woocommerce/start.js';
import { connectWoo, type Connected, EUR } from './support/stores.js';
import { toSnapshot } from '../../webhooks/woocommerce/orders.js';
import { orderJson } from '../../demo/stores/woocommerce/represent.js';

/** B4, B7: what a member's standing takes off at WooCommerce's checkout, as the service tells it and the plugin computes it. */
let all: Connected<WooStore>;
let goods: Record<'beans' | 'kettle', string>;
const UNTIL = Date.now() + 40 * 86_400_000;
const percent = (hundredths: number, more: object = {}): StandingDiscount => ({
  ...{ kind: 'percent', hundredths, least: 0, products: null },
  ...more,
});
const anna = () => {
  const found = all.store.shop.customerByEmail('anna@example.test');
  if (!found) throw new Error('nobody is called Anna');
  return found;
};
const mirror = (discounts: StandingDiscount[] | null, until = UNTIL) =>
  all.platform.mirrorBalances([
    {
      ...{ customer: anna().id, available: '1', pending: '0', version: '1', label: 'points' },
      ...(discounts && { perks: { discounts, until } }),
    },
  ]);
const place = (customer: string | null = anna().id) =>
  all.store.placeOrder({
    customer,
    email: 'anna@example.test',
    lines: [
      { product: goods.beans, quantity: 1 },
      { product: goods.kettle, quantity: 1 },
    ],
  });
const offs = (order = place()) => order.lines.map((line) => line.offs.map(({ code, off }) => `${code} ${off}`));

beforeAll(async () => {
  all = await connectWoo();
  const idOf = (sku: string) => all.store.shop.state.products.find((each) => each.sku === sku)?.id ?? '';
  goods = { beans: idOf('BEAN-1'), kettle: idOf('KETTLE-1') };
});
afterAll(() => all.close());
beforeEach(() => mirror([]));

describe('a percentage', () => {
  test('is taken off for the member alone, and is a coupon line that nobody mistakes for a code that was brought', async () => {
    await mirror([percent(750)]);
    expect(offs()).toEqual([['tallymark-member-7.5 180'], ['tallymark-member-7.5 442']]);
    const body = orderJson(place(), { shop: all.store.shop, home: all.store.url });
    expect(body).toMatchObject({ coupon_lines: [{ code: 'tallymark-member-7.5', discount_type: 'percent' }] });
    expect(toSnapshot(body, [], { money: EUR })).toMatchObject({
      codes: [],
      lines: [
        { net: 2400 - 180, discount: 180 },
        { net: 5900 - 442, discount: 442 },
      ],
    });
    expect(offs(place(null))).toEqual([[], []]);
    expect(() =>
      all.store.placeOrder({
        ...{ email: 'x@example.test', lines: [{ product: goods.beans, quantity: 1 }] },
        codes: ['tallymark-member-7.5'],
      }),
    ).toThrow(/does not exist/);
  });

  test('is the best of those that hold, line by line', async () => {
    await mirror([
      percent(500),
      percent(1000, { products: [goods.kettle] }),
      percent(2000, { asks: { notTags: ['beans', 'gear'] } }),
      percent(3000, { least: 8301 }),
    ]);
    expect(offs()).toEqual([['tallymark-member-5 120'], ['tallymark-member-10 590']]);
    await mirror([percent(500), percent(3000, { least: 8300, asks: { categories: ['coffee'] } })]);
    expect(offs()).toEqual([['tallymark-member-30 720'], ['tallymark-member-5 295']]);
  });

  test.each([
    ['who loses the level loses it', () => mirror([])],
    ['who is told of no perks has none', () => mirror(null)],
    ['a note that was not renewed gives nothing', () => mirror([percent(500)], Date.now() - 86_400_000)],
  ])('%s, though the balance is as it was', async (_, act) => {
    await mirror([percent(500)]);
    await act();
    expect(offs()).toEqual([[], []]);
  });

  test('an answer lost, or nonsense, is tried again and ends the same', async () => {
    all.faults.answer({ kind: 'reset-after', on: /customers\/batch/ });
    await expect(mirror([percent(500)])).rejects.toMatchObject({ name: 'RetryLater' });
    await mirror([percent(500)]);
    expect(offs()).toEqual([['tallymark-member-5 120'], ['tallymark-member-5 295']]);
  });
});

test('delivery costs nothing from the least cart on, and the order says what it would have cost', async () => {
  await mirror([{ kind: 'free-shipping', least: 8300 }]);
  const { shop } = all.store;
  shop.settings.freeShippingFrom = null;
  const order = place();
  expect(order.shipping?.after).toEqual({ net: 0, tax: 0 });
  expect(toSnapshot(orderJson(order, { shop, home: '' }), [], { money: EUR })?.shippingOff).toEqual({
    amount: shop.settings.shippingPrice,
    code: null,
  });
  await mirror([{ kind: 'free-shipping', least: 8301 }]);
  expect(place().shipping?.after.net).toBe(shop.settings.shippingPrice);
});
