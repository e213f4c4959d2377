import { describe, expect, test } from '@jest/globals';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { openBody } from '../../webhooks/open-body.js';
import { readOrder } from '../../webhooks/shopify/orders.js';
import { toSnapshot } from '../../webhooks/woocommerce/orders.js';
import { shopifySamples, wooRest } from './captures.js';

const CIRCUMSTANCES = ['country', 'language', 'payments', 'subscription'] as const;
const EUR = { money: { code: 'EUR', exponent: 2 } };

/** What conditions may ask of an order beside its money; absent = the platform did not tell. */
function told(order: OrderSnapshot | null): object {
  if (!order) throw new Error('it is an order');
  const known = CIRCUMSTANCES.flatMap((key) => (order[key] === undefined ? [] : [[key, order[key]] as const]));
  return {
    ...Object.fromEntries(known),
    lines: order.lines.filter(({ kind }) => kind === 'product').map(({ variant, sku, title }) => [variant, sku, title]),
  };
}

function shopifyOrder(number: string, change: object = {}): OrderSnapshot {
  const sample = shopifySamples().find(({ name }) => name.startsWith(number));
  if (!sample) throw new Error(`no sample ${number}`);
  const opened = openBody(sample.bytes) as object;
  const reading = readOrder({ ...opened, ...change });
  if (reading.kind !== 'order') throw new Error(`a ${reading.kind}`);
  return reading.order;
}

const wooOrder = (name: string, change: object = {}): OrderSnapshot | null =>
  toSnapshot({ ...(wooRest(name) as object), ...change }, [], EUR);

describe('A1, C1: what Shopify’s recorded orders tell', () => {
  test('country, language, gateway, variant and number of stock', () => {
    expect(told(shopifyOrder('33'))).toEqual({
      country: 'PL',
      language: 'pl',
      payments: ['manual_in_shopify_test'],
      lines: [
        ['49620724449000', 'gtp3-ref-2', 'Guitar Pro3 - White'],
        ['47738503495000', 'guit1-sku-bl', 'Guitar1 - Black'],
      ],
    });
  });

  test('an empty gateway is none, an empty number is none, and a shop that hides addresses tells no country', () => {
    expect(told(shopifyOrder('27'))).toMatchObject({ country: 'CA' });
    expect(told(shopifyOrder('27'))).not.toHaveProperty('payments');
    const hidden = told(shopifyOrder('33', { shipping_address: null, billing_address: null, customer_locale: null }));
    expect(Object.keys(hidden)).toEqual(['payments', 'lines']);
  });

  test('where it is sent to goes before where the bill goes', () => {
    const billed = { billing_address: { country_code: 'NL' } };
    expect(told(shopifyOrder('33', billed))).toMatchObject({ country: 'PL' });
    expect(told(shopifyOrder('33', { ...billed, shipping_address: null }))).toMatchObject({ country: 'NL' });
  });

  test.each(['subscription_contract', 'subscription_contract_checkout_one'])(
    '%s: a subscription made it',
    (source_name) => {
      expect(shopifyOrder('33', { source_name }).subscription).toBe(true);
      expect(shopifyOrder('33').subscription).toBeUndefined();
    },
  );
});

describe('A2, C1: what WooCommerce’s recorded orders tell', () => {
  test('country, way of paying and number of stock; it knows no language', () => {
    expect(told(wooOrder('order-tax-incl-store-api'))).toEqual({
      country: 'IE',
      payments: ['cod'],
      lines: [
        [undefined, 'BEAN-1', 'Espresso Beans 1kg'],
        [undefined, 'BOOK-1', 'The Coffee Atlas'],
      ],
    });
    expect(told(wooOrder('order-create-guest'))).toEqual({
      country: 'IE',
      lines: [[undefined, 'BOOK-1', 'The Coffee Atlas']],
    });
  });

  test('what gift cards paid, where the extension for them tells it; anything else that bears the name tells nothing', () => {
    const paid = (gift_cards: unknown) => wooOrder('order-create-guest', { gift_cards })?.giftCardPaid;
    expect(
      paid([
        { id: 3, code: 'AAAA-BBBB', amount: 5.5 },
        { id: 4, code: 'C', amount: '2.25' },
      ]),
    ).toBe(775);
    expect([undefined, null, [], '', [{ amount: 'much' }]].map(paid)).toEqual([0, 0, 0, 0, 0]);
  });

  test('a line is called what WordPress shows, not what it writes; without a name it has none', () => {
    const [line] = (wooRest('order-create-guest') as { line_items: object[] }).line_items;
    const called = (name: unknown) => wooOrder('order-create-guest', { line_items: [{ ...line, name }] })?.lines[0];
    expect(called('Salt &amp; pepper, 5&#8217;')?.title).toBe('Salt & pepper, 5’');
    for (const none of [' ', null, undefined]) expect(called(none)).not.toHaveProperty('title');
  });

  test('the language of a shop in several, and who renews', () => {
    const meta_data = [{ key: 'wpml_language', value: 'pl' }];
    expect(told(wooOrder('order-create-guest', { meta_data }))).toMatchObject({ language: 'pl' });
    expect(wooOrder('order-create-guest', { created_via: 'subscription' })?.subscription).toBe(true);
    const renewal = [{ key: '_subscription_renewal', value: '7' }];
    expect(wooOrder('order-create-guest', { meta_data: renewal })?.subscription).toBe(true);
  });
});

describe('B5, D8: what was taken off the shipping', () => {
  const allocation = { amount: '7.50', discount_application_index: 0 };
  const sent = (line: object, discount_applications: object[] = []) =>
    shopifyOrder('33', { shipping_lines: [{ price: '10.00', ...line }], discount_applications }).shippingOff;

  test('Shopify: what allocations say, else the price before and after; a code is named, a dearer or plain line tells nothing', () => {
    expect(sent({ discounted_price: '0.00' })).toEqual({ amount: 1000, code: null });
    expect(sent({ discount_allocations: [allocation] }, [{ type: 'automatic', title: 'Member perks' }])).toEqual({
      amount: 750,
      code: null,
    });
    expect(sent({ discount_allocations: [allocation] }, [{ type: 'discount_code', code: 'SHIP' }])).toEqual({
      amount: 750,
      code: 'SHIP',
    });
    for (const line of [{}, { discounted_price: '10.00' }, { discounted_price: '12.00' }])
      expect(sent(line)).toBeUndefined();
    expect(sent({ price: '10.00', discounted_price: '0.00', is_removed: true })).toBeUndefined();
  });

  test('WooCommerce: free by its own method; how much only where our plugin noted it', () => {
    const off = (change: object) => wooOrder('order-create-guest', { shipping_total: '0.00', ...change })?.shippingOff;
    const free = { shipping_lines: [{ method_id: 'free_shipping', total: '0.00' }] };
    const noted = (value: unknown) => ({ ...free, meta_data: [{ key: '_tallymark_shipping_off', value }] });
    expect(off(free)).toEqual({ amount: null, code: null });
    expect(off(noted('6.95'))).toEqual({ amount: 695, code: null });
    expect(off(noted({ nonsense: -1 }))).toEqual({ amount: null, code: null });
    const coupon = { code: 'ship', discount: '0', discount_tax: '0', free_shipping: true };
    expect(off({ ...free, coupon_lines: [coupon] })).toEqual({ amount: null, code: 'ship' });
    expect(off({ shipping_lines: [{ method_id: 'local_pickup' }] })).toBeUndefined();
    expect(off({ ...free, shipping_total: '5.90' })).toBeUndefined();
  });
});
