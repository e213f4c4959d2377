import { describe, expect, test } from '@jest/globals';
import { keepFinerAmounts } from '../../src/commerce/drift.js';
import type { Reading } from '../../src/commerce/inbound-platform.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { woocommerce } from '../../webhooks/woocommerce/index.js';
import { toSnapshot } from '../../webhooks/woocommerce/orders.js';
import { toReview } from '../../src/platforms/woocommerce/reviews.js';
import { wooLine, wooOrder } from './bodies.js';
import { aKnownStore, wooRest } from './captures.js';

/** The nasty cases by number (nasty-cases-shopify.test.ts says which are where): WooCommerce. */
const store = aKnownStore({ key: 'token', source: 'https://beans.test' });

function reading(body: unknown, topic = 'order.updated'): Reading {
  return woocommerce.read(topic, body, store);
}

function snapshot(lines: Record<string, unknown>[], overrides: Record<string, unknown> = {}): OrderSnapshot {
  const read = reading(wooOrder(lines, overrides));
  if (read.kind !== 'order') throw new Error(`an order was expected, not ${read.kind}`);
  return read.order;
}

function withRefunds(order: unknown, refunds: unknown[]): OrderSnapshot {
  return toSnapshot(order, refunds, store)!;
}

describe('money and bases', () => {
  test('2: quantity edited without totals: what was charged counts, not price x quantity', () => {
    expect(snapshot([wooLine(1, '39.98', { quantity: 1, price: 19.99 })]).lines).toMatchObject([
      { quantity: 1, net: 3998 },
    ]);
  });
  test('3: shipping given back (recorded): shipping alone, no amount left for the goods', () => {
    const refunds = wooRest('refunds-list-shipping-only') as unknown[];
    const order = withRefunds(
      wooOrder([wooLine(1, '100.00')], { shipping_total: '5.90', shipping_tax: '1.36' }),
      refunds,
    );
    expect(order.refunds).toEqual([
      {
        id: '5092',
        at: Date.parse('2026-11-22T00:08:22Z'),
        lines: [],
        shipping: { net: 590, tax: 136 },
        amount: 0,
        failed: null,
      },
    ]);
  });
  test('4: a refund by line (recorded) names the line by its meta; by amount it is an amount, tax included', () => {
    const refunds = (wooRest('refunds-list-all') as { parent_id: number }[]).filter(
      ({ parent_id }) => parent_id === 31,
    );
    const order = withRefunds(wooRest('order-after-full-refund'), refunds);
    expect(order.refunds).toMatchObject([
      { id: '32', lines: [{ line: '22', quantity: 1, net: 1463, tax: 337 }], amount: 0 },
      { id: '34', lines: [], amount: 9273 },
    ]);
  });
  test('5: refunded by status (recorded): a refund of the rest, though no money moved; back to completed it stays', () => {
    const refunds = wooRest('refunds-after-status-refunded') as { id: number; amount: string }[];
    for (const status of ['refunded', 'completed']) {
      const order = withRefunds(wooOrder([wooLine(1, '19.99')], { id: 35, status, refunds }), refunds);
      expect(order).toMatchObject({
        paid: expect.any(Number),
        cancelled: null,
        refunds: [{ lines: [], amount: 1999 }],
      });
    }
  });
  test('4, 5: a delivery with refunds shows not what they were: the order is read again', () => {
    expect(reading(wooOrder([wooLine(1, '19.99')], { refunds: [{ id: 36, total: '-19.99' }] }))).toEqual({
      kind: 'poke',
      what: 'order',
      id: '31',
    });
  });
  test.each([
    ['JPY', '55', 0, 55],
    ['JPY', '59.97', 2, 5997],
    ['KWD', '19.246', 3, 19246],
    ['KWD', '19.25', 2, 1925],
    ['EUR', '55', 0, 55],
  ])('11: %s %s is %i decimals, as the store writes them', (currency, total, exponent, net) => {
    expect(snapshot([wooLine(1, total)], { currency, total, shipping_total: '0', shipping_tax: '0' })).toMatchObject({
      money: { code: currency, exponent },
      lines: [{ net }],
    });
  });
  test('12: the store set to fewer decimals shows an old order rounded: it keeps its amounts', () => {
    const plain = { currency: 'KWD', shipping_total: '0', shipping_tax: '0' };
    const known = snapshot([wooLine(1, '19.246')], { ...plain, total: '19.246' });
    const shown = snapshot([wooLine(1, '19.25')], {
      ...plain,
      total: '19.25',
      date_modified_gmt: '2026-04-01T00:00:00',
    });
    expect(keepFinerAmounts(known, shown)).toEqual({ ...known, at: shown.at });
    const edited = snapshot([wooLine(1, '19.35')], { ...plain, total: '19.35' });
    expect(keepFinerAmounts(known, edited)).toBe(edited);
    const more = snapshot([wooLine(1, '19.25'), wooLine(2, '1.00')], { ...plain, total: '20.25' });
    expect(keepFinerAmounts(known, more)).toBe(more);
    expect(keepFinerAmounts(shown, known)).toBe(known);
  });
  test('12: a read with six decimals shows unrounded lines, and equals the delivery', () => {
    const wide = [wooLine(1, '29.260163', { total_tax: '6.729837', subtotal: '32.500000' })];
    const zeros = { total: '36.000000', shipping_total: '0.000000', shipping_tax: '0.000000' };
    expect(snapshot(wide, zeros)).toMatchObject({
      money: { exponent: 2 },
      lines: [{ net: 2926, tax: 673, discount: 324 }],
    });
  });
  test('13: the coupon says 0.97 of tax where the order says 0.96 (recorded): no sum is insisted on', () => {
    const order = toSnapshot(wooRest('order-after-line-refund'), [], store)!;
    expect(order.codes).toEqual([{ code: 'ten', off: 1053 + 97 }]);
    expect(order.lines.map(({ net, tax }) => [net, tax])).toEqual([
      [2926, 673],
      [1981, 178],
      [4499, 0],
      [73, 17],
    ]);
  });
  test('14: a hundred per cent coupon (recorded): paid, base nothing, the discount beside it', () => {
    const order = toSnapshot(wooRest('order-create-100pct'), [], store)!;
    expect(order.paid).not.toBeNull();
    expect(order.lines.every(({ net, tax }) => net === 0 && tax === 0)).toBe(true);
    expect(order.lines.every(({ discount }) => discount > 0)).toBe(true);
  });
  test('15: WooCommerce knows no gift cards: to rules they are products, to be left out by name', () => {
    expect(snapshot([wooLine(4, '50.00')]).lines).toMatchObject([{ kind: 'product', product: '14', net: 5000 }]);
  });
  test('20: another plugin\u2019s discount as a negative fee (recorded): the goods are untouched', () => {
    const order = toSnapshot(wooRest('order-create-fee'), [], store)!;
    expect(order.lines.map(({ kind, net }) => [kind, net])).toEqual([
      ['product', 1999],
      ['fee', 350],
      ['fee', -200],
    ]);
  });
  test('21: what a coupon took off is what it took off, not what it was worth', () => {
    const small = { coupon_lines: [{ code: 'ly-abc', discount: '3.2', discount_tax: '0.8', nominal_amount: 10 }] };
    expect(snapshot([wooLine(1, '0.00')], small).codes).toEqual([{ code: 'ly-abc', off: 320 }]);
    expect(snapshot([wooLine(1, '0.00')], { ...small, prices_include_tax: true }).codes).toEqual([
      { code: 'ly-abc', off: 400 },
    ]);
  });
});

describe('time and order', () => {
  test('23: `order.created` may come after `order.updated`, and refunded: both are what the order is', () => {
    const body = wooOrder([wooLine(1, '19.99')]);
    expect(reading(body, 'order.created')).toEqual(reading(body, 'order.updated'));
    expect(reading(body, 'order.restored')).toEqual(reading(body, 'order.updated'));
  });
  test('24: a signed error instead of the resource says nothing, with its reason', () => {
    for (const topic of ['order.created', 'order.updated', 'customer.updated', 'product.updated'])
      expect(reading(wooRest('order-404'), topic)).toEqual({
        kind: 'nothing',
        why: 'an error instead of the resource: it was gone before the queue ran',
      });
  });
  test('30: times are UTC by their _gmt names (recorded in New York), never the site\u2019s own', () => {
    const order = toSnapshot(wooRest('order-create-tz-new-york'), [wooRest('refund-create-tz-new-york')], store)!;
    expect(order.placed).toBe(Date.parse('2026-11-22T00:09:37Z'));
    expect(order.refunds[0]!.at).toBe(Date.parse('2026-11-22T00:09:38Z'));
  });
  test.each([
    ['processing', null, null],
    ['on-hold', null, null],
    ['pending', null, null],
    ['refunded', null, null],
    ['processing', '2026-03-05T10:00:00', '2026-03-05T10:00:00Z'],
    ['completed', null, '2026-03-02T10:00:02Z'],
  ])('31: %s with date_paid %s is paid at %s', (status, date_paid_gmt, paid) => {
    const order = snapshot([wooLine(1, '19.99')], { status, date_paid_gmt });
    expect(order.paid).toBe(paid === null ? null : Date.parse(paid));
  });
});

describe('identity', () => {
  test('35: a guest stays a guest, though the mailbox belongs to an account', () => {
    expect(snapshot([wooLine(1, '19.99')], { customer_id: 0 })).toMatchObject({
      customer: null,
      email: 'ana@example.test',
    });
  });
  test('36, 51: the owner of an order is part of it', () => {
    expect(snapshot([wooLine(1, '19.99')], { customer_id: 9 }).customer).toBe('9');
  });
  test('38: the id is the person; the address comes as it was typed, and nobody vouches for it', () => {
    const body = {
      id: 5,
      date_modified_gmt: null,
      date_created_gmt: '2026-03-02T10:00:00',
      email: 'Dora.New@Example.test',
    };
    expect(reading(body, 'customer.updated')).toMatchObject({
      customer: {
        id: '5',
        email: 'Dora.New@Example.test',
        emailVerified: false,
        at: Date.parse('2026-03-02T10:00:00Z'),
      },
    });
  });
});

describe('kinds of orders', () => {
  test.each(['checkout-draft', 'auto-draft'])('%s is no order yet', (status) => {
    expect(reading(wooOrder([wooLine(1, '19.99')], { status }))).toMatchObject({ kind: 'nothing' });
    expect(toSnapshot(wooOrder([wooLine(1, '19.99')], { status }), [], store)).toBeNull();
  });
  test.each(['cancelled', 'failed'])('%s is cancelled, from its own time on', (status) => {
    expect(snapshot([wooLine(1, '19.99')], { status }).cancelled).toBe(Date.parse('2026-03-02T10:00:05Z'));
  });
  test('52: a plugin\u2019s own status says neither paid nor cancelled; the dates do', () => {
    const shipped = { status: 'shipped', date_completed_gmt: null };
    expect(snapshot([wooLine(1, '19.99')], { ...shipped, date_paid_gmt: null })).toMatchObject({
      paid: null,
      cancelled: null,
    });
    expect(snapshot([wooLine(1, '19.99')], shipped)).toMatchObject({ paid: expect.any(Number), cancelled: null });
  });
  test('53: thrown away, restored, deleted: gone when a read says so; the number on the receipt is no id', () => {
    expect(reading({ id: 39 }, 'order.deleted')).toEqual({ kind: 'order-removed', id: '39' });
    for (const hook of ['woocommerce_trash_order', 'woocommerce_delete_order'])
      expect(reading({ action: hook, arg: 39 }, `action.${hook}`)).toEqual({ kind: 'order-removed', id: '39' });
    expect(snapshot([wooLine(1, '19.99')], { number: 'INV-7' }).id).toBe('31');
  });
  test('53: the same order can be thrown away twice: equal bodies of deletions are no duplicates', () => {
    const headers = { 'x-wc-webhook-topic': 'order.deleted', 'x-wc-webhook-id': '3' };
    expect(woocommerce.claim({ headers, body: Buffer.from('{"id":39}'), token: 't' })).toMatchObject({
      key: null,
      subject: 'order:39',
    });
  });
  test('60: a coupon that the owner deleted or drafted is gone; one that was only changed is not', () => {
    expect(reading({ id: 24 }, 'coupon.deleted')).toEqual({ kind: 'discount-removed', ref: '24' });
    expect(reading({ id: 24, status: 'draft' }, 'coupon.updated')).toEqual({ kind: 'discount-removed', ref: '24' });
    expect(reading({ id: 24, status: 'publish' }, 'coupon.updated')).toMatchObject({ kind: 'nothing' });
  });
  test('64: a review is what it is now (recorded)', () => {
    const states = ['review-create-hold', 'review-approve', 'review-trash', 'review-get'].map((name) =>
      toReview(wooRest(name), 7),
    );
    expect(states.map(({ status }) => status)).toEqual(['pending', 'approved', 'removed', 'approved']);
    expect(states[3]).toEqual({
      id: '94',
      provider: 'woocommerce',
      at: 7,
      written: Date.parse('2026-11-21T23:47:51Z'),
      product: '11',
      customer: null,
      email: 'anna@example.test',
      status: 'approved',
      photo: false,
    });
  });
  test('a referral comes as order meta', () => {
    expect(
      snapshot([wooLine(1, '1.00')], { meta_data: [{ id: 1, key: '_tallymark_referral', value: 'ANA-7' }] }).referral,
    ).toBe('ANA-7');
  });
});
