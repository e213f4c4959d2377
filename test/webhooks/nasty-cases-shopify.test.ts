import { describe, expect, test } from '@jest/globals';
import {
  allocationOf,
  movement,
  PLACED,
  refunded,
  refundedShipping,
  shopifyLine,
  shopifyOrder,
  shopifyRefund,
  taxOf,
} from './bodies.js';
import { reading, snapshot } from './shopify-says.js';

/**
 * The nasty cases by number, each with its stated outcome: what becomes of them in translation. Where:
 *   nasty-cases-shopify.test.ts             1 3 4 8 9 10 11 13 14 15 16 17 18 19 30 31 47
 *   nasty-cases-shopify-life.test.ts        36 37 42 43 44 45 46 49 54 60 65
 *   nasty-cases-woocommerce.test.ts         2 3 4 5 11 12 13 14 15 20 21 23 24 30 31 35 36 38 51 52 53 60 64 65
 *   woocommerce-captures, receive, forged   24 25 27 55
 *   nasty-cases-ledger-woocommerce.test.ts  5 6 12 22 26 32 33 38 39 51 52 53 55 64
 *   nasty-cases-ledger-codes.test.ts        60 61 62 63
 *   nasty-cases-ledger-life.test.ts         28 58
 *   nasty-cases-ledger-shopify.test.ts      7 8 9 37 41 46 47 50
 *   nasty-cases-ledger-shopify-life.test.ts 12 48 54
 *   nasty-cases-ledger-shopify-money.test.ts 1 10 15 16 17 18 31 42 44 45 49
 *   test/captures (recorded orders)         3 4 5 11 14 20 23 25 31 35 53 64 65
 *   test/rules (calendar, examples 047-051) 29
 *   test/platforms                          28 (seventh failure), 34 (app-proxy), 57 (shopify-tokens)
 *   test/http/session-token                 34 (session token)
 *   receive                                 59
 *   test/loyalty/buyers.flow                40
 *   test/isolation/app-proxy                56
 */
describe('money and bases', () => {
  test('1: a line added after paying: still paid since then, and what is owed stands beside it', () => {
    const lines = [shopifyLine(1, '40.00'), shopifyLine(2, '20.00')];
    const edited = snapshot(lines, {
      financial_status: 'partially_paid',
      total_price: '60.00',
      total_outstanding: '20.00',
    });
    expect(edited).toMatchObject({ paid: Date.parse(PLACED), outstanding: 2000 });
    expect(edited.lines.map(({ net }) => net)).toEqual([4000, 2000]);
  });
  test('1: `orders/edited` itself says no money: read the order again', () => {
    expect(reading({ order_edit: { id: 3, order_id: 1001 } }, 'orders/edited')).toEqual({
      kind: 'poke',
      what: 'order',
      id: '1001',
    });
  });
  test('1: units that an edit took off are gone, and the money given back for them is not taken off twice', () => {
    const half = shopifyLine(1, '10.00', {
      quantity: 2,
      current_quantity: 1,
      discount_allocations: allocationOf('2.00'),
    });
    const refund = shopifyRefund(9, { transactions: [movement('9.00')] });
    const edited = snapshot([half], { discount_applications: [{ type: 'manual', title: 'x' }], refunds: [refund] });
    expect(edited.lines).toMatchObject([{ quantity: 1, net: 900, discount: 100 }]);
    expect(edited.refunds).toMatchObject([{ lines: [], amount: 0 }]);
  });
  test('3: shipping given back is shipping, by lines or by the older adjustment; the goods are untouched', () => {
    const shipping = [{ price: '10.00', discounted_price: '10.00', tax_lines: taxOf('2.00') }];
    const byLine = shopifyRefund(9, {
      refund_shipping_lines: [refundedShipping('10.00', '2.00')],
      transactions: [movement('12.00')],
    });
    const older = shopifyRefund(9, {
      order_adjustments: [{ kind: 'shipping_refund', amount: '-10.00', tax_amount: '-2.00' }],
      transactions: [movement('12.00')],
    });
    for (const refund of [byLine, older]) {
      const order = snapshot([shopifyLine(1, '40.00')], { shipping_lines: shipping, refunds: [refund] });
      expect(order.shipping).toEqual({ net: 1000, tax: 200 });
      expect(order.refunds).toMatchObject([{ lines: [], shipping: { net: 1000, tax: 200 }, amount: 0 }]);
    }
  });
  test('4: goodwill without lines is an amount', () => {
    const refund = shopifyRefund(9, {
      order_adjustments: [{ kind: 'refund_discrepancy', amount: '-5.00', tax_amount: '0.00' }],
      transactions: [movement('5.00')],
    });
    expect(snapshot([shopifyLine(1, '40.00')], { refunds: [refund] }).refunds).toMatchObject([
      { lines: [], amount: 500, failed: null },
    ]);
  });
  test('4: lines and goodwill together: only what goes beyond the lines is an amount', () => {
    const refund = shopifyRefund(9, {
      refund_line_items: [refunded(1, 1, '10.00', '2.00')],
      transactions: [movement('15.00')],
    });
    const order = snapshot([shopifyLine(1, '10.00', { tax_lines: taxOf('2.00') }), shopifyLine(2, '30.00')], {
      refunds: [refund],
    });
    expect(order.refunds).toMatchObject([{ lines: [{ line: '1', quantity: 1, net: 1000, tax: 200 }], amount: 300 }]);
  });
  test('8: a refund counts while its money is on the way; when all of it failed, no longer', () => {
    const of = (...statuses: string[]) =>
      snapshot([shopifyLine(1, '40.00')], {
        refunds: [shopifyRefund(9, { transactions: statuses.map((status) => movement('5.00', status)) })],
      }).refunds[0];
    expect(of('pending')).toMatchObject({ amount: 500, failed: null });
    expect(of('failure')).toMatchObject({ amount: 500, failed: Date.parse('2026-03-05T10:00:09Z') });
    expect(of('failure', 'success')).toMatchObject({ amount: 500, failed: null });
  });
  test('9: an exchange: the new line is a line, the returned one a refund line; nothing is counted as an event', () => {
    const lines = [shopifyLine(1, '30.00', { current_quantity: 0 }), shopifyLine(2, '30.00')];
    const order = snapshot(lines, { refunds: [shopifyRefund(9, { refund_line_items: [refunded(1, 1, '30.00')] })] });
    expect(order.lines.map(({ net }) => net)).toEqual([3000, 3000]);
    expect(order.refunds).toMatchObject([{ lines: [{ line: '1', net: 3000 }], amount: 0 }]);
  });
  test('10: the shopper paid in kronor: every amount is the shop\u2019s money', () => {
    const order = snapshot([shopifyLine(1, '40.00', { tax_lines: taxOf('8.00') })]);
    expect(order).toMatchObject({ money: { code: 'EUR', exponent: 2 }, lines: [{ net: 4000, tax: 800 }] });
  });
  test.each([
    ['JPY', '5900', { net: 5900, exponent: 0 }],
    ['KWD', '19.246', { net: 19246, exponent: 3 }],
    ['EUR', '19.2', { net: 1920, exponent: 2 }],
    ['CLF', '1.2345', { net: 12345, exponent: 4 }],
  ])('11: %s %s is exact in its own exponent', (currency, price, { net, exponent }) => {
    const order = snapshot([shopifyLine(1, price, { price_set: null })], { currency });
    expect(order).toMatchObject({ money: { code: currency, exponent }, lines: [{ net }] });
  });
  test('13: a last cent of a spread discount stays where Shopify put it', () => {
    const off = ['3.34', '3.33', '3.33'].map((amount, i) =>
      shopifyLine(i + 1, '199.00', { discount_allocations: allocationOf(amount) }),
    );
    const codes = {
      discount_codes: [{ code: 'TENOFF', amount: '10.00' }],
      discount_applications: [{ code: 'TENOFF' }],
    };
    const order = snapshot(off, codes);
    expect(order.lines.map(({ net }) => net)).toEqual([19566, 19567, 19567]);
    expect(order.codes).toEqual([{ code: 'TENOFF', off: 1000 }]);
  });
  test('14: a hundred per cent off: paid, nothing left, the whole value as discount', () => {
    const order = snapshot([shopifyLine(1, '40.00', { discount_allocations: allocationOf('40.00') })]);
    expect(order).toMatchObject({ paid: Date.parse(PLACED), lines: [{ net: 0, tax: 0, discount: 4000 }] });
  });
  test('15: paid by gift card alone: all of it; in part: to be read again, because the body says not how much', () => {
    const whole = reading(
      shopifyOrder([shopifyLine(1, '40.00')], { payment_gateway_names: ['gift_card'], total_price: '40.00' }),
    );
    expect(whole).toMatchObject({ order: { giftCardPaid: 4000 }, untold: ['disputes'] });
    const part = reading(
      shopifyOrder([shopifyLine(1, '40.00')], { payment_gateway_names: ['gift_card', 'shopify_payments'] }),
    );
    expect(part).toMatchObject({ order: { giftCardPaid: 0 }, untold: ['giftCardPaid', 'disputes'] });
  });
  test('15, 16: a gift card that is bought is no goods, at whatever price', () => {
    const card = shopifyLine(1, '50.00', { gift_card: true, discount_allocations: allocationOf('5.00') });
    expect(snapshot([card]).lines).toMatchObject([{ kind: 'gift-card', net: 4500, discount: 500 }]);
  });
  test('17: a tip is a tip, as a sum or as a line, and never both', () => {
    const line = shopifyLine(2, '3.00', { tip_payment_gateway: 'shopify_payments', product_id: null });
    expect(snapshot([shopifyLine(1, '40.00')], { total_tip_received: '3.00' }).tip).toBe(300);
    const both = snapshot([shopifyLine(1, '40.00'), line], { total_tip_received: '3.00' });
    expect(both).toMatchObject({ tip: 0, lines: [{ kind: 'product' }, { kind: 'tip', net: 300 }] });
  });
  test('18: duties, fees and cash rounding are in no line, nor do they make a refund larger', () => {
    const refund = shopifyRefund(9, {
      refund_line_items: [refunded(1, 1, '10.00')],
      total_duties_set: { shop_money: { amount: '2.00' } },
      transactions: [movement('12.03')],
    });
    const order = snapshot([shopifyLine(1, '10.00', { duties: [{ price: '2.00' }] }), shopifyLine(2, '30.00')], {
      total_cash_rounding_refund_adjustment_set: { shop_money: { amount: '0.03' } },
      total_duties: '2.00',
      refunds: [refund],
    });
    expect(order.lines.map(({ net }) => net)).toEqual([1000, 3000]);
    expect(order.refunds).toMatchObject([{ amount: 0 }]);
  });
  test('19: prices contain tax, but this buyer pays none: only tax that is there is taken out', () => {
    const exempt = snapshot([shopifyLine(1, '40.00')], { taxes_included: true, tax_exempt: true });
    expect(exempt.lines).toMatchObject([{ net: 4000, tax: 0 }]);
    const taxed = snapshot([shopifyLine(1, '40.00', { tax_lines: taxOf('6.67') })], { taxes_included: true });
    expect(taxed.lines).toMatchObject([{ net: 3333, tax: 667 }]);
  });
  test.each(['40.00', '33.33'])('19: a refund line of %s, with tax or without, is the same line', (subtotal) => {
    const refund = shopifyRefund(9, {
      refund_line_items: [refunded(1, 1, subtotal, '6.67')],
      transactions: [movement('40.00')],
    });
    const order = snapshot([shopifyLine(1, '40.00', { tax_lines: taxOf('6.67') })], {
      taxes_included: true,
      refunds: [refund],
    });
    expect(order.refunds).toMatchObject([{ lines: [{ net: 3333, tax: 667 }], amount: 0 }]);
  });
});

describe('time', () => {
  test('30: an imported order is placed when it was processed, not when it was imported', () => {
    const order = snapshot([shopifyLine(1, '40.00')], {
      processed_at: '2020-01-01T00:00:00+01:00',
      created_at: PLACED,
    });
    expect(order.placed).toBe(Date.parse('2019-12-31T23:00:00Z'));
  });
  test('31: paid days later: the body does not say when, so it says that it does not', () => {
    const later = reading(shopifyOrder([shopifyLine(1, '40.00')], { updated_at: '2026-03-05T10:00:00Z' }));
    expect(later).toMatchObject({ untold: ['paid', 'disputes'], order: { paid: Date.parse(PLACED) } });
    expect(reading(shopifyOrder([shopifyLine(1, '40.00')]))).toMatchObject({ untold: ['disputes'] });
  });
  test.each(['pending', 'authorized', 'voided', 'expired', null])('31: `%s` is not paid', (financial_status) => {
    expect(snapshot([shopifyLine(1, '40.00')], { financial_status }).paid).toBeNull();
  });
  test('47: sent in part is not sent; sent wholly when its last parcel went', () => {
    const parcels = ['2026-03-03T10:00:00Z', '2026-03-04T10:00:00Z'].map((created_at) => ({
      created_at,
      status: 'success',
    }));
    const failed = { created_at: '2026-03-09T10:00:00Z', status: 'failure' };
    const of = (fulfillment_status: string) =>
      snapshot([shopifyLine(1, '40.00')], { fulfillment_status, fulfillments: [...parcels, failed] }).fulfilled;
    expect(of('partial')).toBeNull();
    expect(of('fulfilled')).toBe(Date.parse('2026-03-04T10:00:00Z'));
  });
});
