import { describe, expect, test } from '@jest/globals';
import type { Reading } from '../../src/commerce/inbound-platform.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { openBody } from '../../webhooks/open-body.js';
import { woocommerce } from '../../webhooks/woocommerce/index.js';
import { aKnownStore, arrivalOf, wooDeliveries, type CapturedDelivery } from './captures.js';
import { micro, microOf, sumOf } from './money.js';

/**
 * A2: every delivery that a real store sent, through claim, signature and reading. What is expected is computed here
 * from the recorded bytes, by other means than the code's.
 */
interface WooOrder {
  id: number;
  number: string;
  status: string;
  currency: string;
  prices_include_tax: boolean;
  total: string;
  customer_id: number;
  created_via: string;
  date_created_gmt: string;
  date_modified_gmt: string;
  date_paid_gmt: string | null;
  date_completed_gmt: string | null;
  billing: { email: string };
  line_items: {
    id: number;
    product_id: number;
    quantity: number;
    subtotal: string;
    total: string;
    total_tax: string;
  }[];
  fee_lines: { id: number; total: string }[];
  coupon_lines: { code: string; discount: string; discount_tax: string }[];
  refunds: { id: number }[];
}

const store = aKnownStore({ source: 'http://127.0.0.1:8088' });
const headerOf = (delivery: CapturedDelivery, name: string) =>
  delivery.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
const utc = (text: string | null) => (text === null ? null : Date.parse(`${text}Z`));

describe.each(wooDeliveries().map((delivery) => [delivery.name, delivery] as const))('%s', (_, delivery) => {
  const arrival = arrivalOf(delivery.headers, delivery.body);
  const topic = headerOf(delivery, 'x-wc-webhook-topic');

  if (topic === null) {
    test('is an unsigned ping: answered, kept nowhere', () => {
      expect(delivery.body.toString()).toMatch(/^webhook_id=\d+$/);
      expect(woocommerce.claim(arrival)).toEqual({ kind: 'ping' });
      expect(woocommerce.isGenuine(arrival, [delivery.secret])).toBe(false);
    });
    return;
  }

  test('is genuine under the recorded secret alone, and from the connected site', () => {
    expect(woocommerce.isGenuine(arrival, ['another', delivery.secret])).toBe(true);
    expect(woocommerce.isGenuine(arrival, ['another'])).toBe(false);
    expect(woocommerce.isElsewhere?.(arrival, store)).toBeNull();
  });

  test('claims its topic; only snapshots can be duplicates', () => {
    const claim = woocommerce.claim(arrival);
    expect(claim).toMatchObject({ kind: 'delivery', store: 'token', topic });
    const poke = topic.startsWith('action.') || topic.endsWith('.deleted');
    expect(claim.kind === 'delivery' && claim.key === null).toBe(poke);
  });

  test('says what its bytes say', () => {
    const body = JSON.parse(delivery.body.toString('utf8')) as Record<string, unknown>;
    const reading = woocommerce.read(topic, openBody(delivery.body), store);
    if (topic.startsWith('order.') && 'line_items' in body) expectOrder(reading, body as unknown as WooOrder);
    else expect(reading).toEqual(expectedOther(topic, body));
  });
});

function expectOrder(reading: Reading, body: WooOrder): void {
  if (['checkout-draft', 'auto-draft'].includes(body.status)) {
    expect(reading).toMatchObject({ kind: 'nothing' });
  } else if (body.refunds.length > 0) {
    expect(reading).toEqual({ kind: 'poke', what: 'order', id: String(body.id) });
  } else {
    expect(reading).toMatchObject({ kind: 'order', untold: [] });
    expectSnapshot((reading as Extract<Reading, { kind: 'order' }>).order, body);
  }
}

function expectSnapshot(order: OrderSnapshot, body: WooOrder): void {
  const exponent = order.money.exponent;
  const sale = order.lines.filter(({ kind }) => kind === 'product');
  expect(order).toMatchObject({
    id: String(body.id),
    name: `#${body.number}`,
    at: utc(body.date_modified_gmt),
    placed: utc(body.date_created_gmt),
    paid: utc(body.date_paid_gmt),
    fulfilled: utc(body.date_completed_gmt),
    cancelled: ['cancelled', 'failed'].includes(body.status) ? utc(body.date_modified_gmt) : null,
    customer: body.customer_id === 0 ? null : String(body.customer_id),
    email: body.billing.email,
    channel: body.created_via === 'store-api' ? 'web' : body.created_via,
    money: { code: body.currency },
    refunds: [],
    test: false,
  });
  // nothing is lost and nothing counted twice: the parts are the order's total, up to WooCommerce's own last cent
  const parts = [...order.lines.flatMap(({ net, tax }) => [net, tax]), order.shipping.net, order.shipping.tax];
  const off = sumOf(parts.map((part) => microOf(part, exponent))) - micro(body.total);
  expect(off < 0n ? -off : off).toBeLessThanOrEqual(microOf(1, exponent));
  expect(sale.map(({ id, product, quantity }) => ({ id, product, quantity }))).toEqual(
    body.line_items.map((line) => ({ id: String(line.id), product: String(line.product_id), quantity: line.quantity })),
  );
  expect(sale.map(({ net, tax, discount }) => [net, tax, discount].map((minor) => microOf(minor, exponent)))).toEqual(
    body.line_items.map((line) => [micro(line.total), micro(line.total_tax), micro(line.subtotal) - micro(line.total)]),
  );
  expect(order.lines.filter(({ kind }) => kind === 'fee').map(({ id }) => id)).toEqual(
    body.fee_lines.map(({ id }) => String(id)),
  );
  expect(order.codes.map(({ code, off: taken }) => [code, microOf(taken, exponent)])).toEqual(
    body.coupon_lines.map((line) => [
      line.code,
      micro(line.discount) + (body.prices_include_tax ? micro(line.discount_tax) : 0n),
    ]),
  );
}

function expectedOther(topic: string, body: Record<string, unknown>): unknown {
  const id = String(body.id);
  const [resource, what = ''] = topic.split('.');
  if ('code' in body && !('id' in body))
    return { kind: 'nothing', why: expect.stringContaining('gone before the queue ran') };
  if (resource === 'action') return expectedOfAction(what, body.arg);
  switch (topic) {
    case 'order.deleted':
      return { kind: 'order-removed', id };
    case 'customer.deleted':
      return { kind: 'customer-removed', id };
    case 'coupon.deleted':
      return { kind: 'discount-removed', ref: id };
    case 'product.created':
    case 'product.updated':
    case 'product.restored':
      return { kind: 'product', product: expect.objectContaining({ id, tags: [] }) };
    case 'customer.created':
    case 'customer.updated':
      return {
        kind: 'customer',
        customer: expect.objectContaining({ id, email: body.email, emailVerified: false }),
      };
    default:
      return { kind: 'nothing', why: expect.any(String) };
  }
}

function expectedOfAction(hook: string, arg: unknown): unknown {
  const row = arg as { comment_ID?: string } | null;
  if (typeof row === 'object' && row?.comment_ID) return { kind: 'poke', what: 'review', id: row.comment_ID };
  const id = String(arg);
  if (hook === 'woocommerce_trash_order' || hook === 'woocommerce_delete_order') return { kind: 'order-removed', id };
  if (hook.startsWith('woocommerce_refund_')) return { kind: 'poke', what: 'refund', id };
  if (hook.startsWith('woocommerce_order_') || hook === 'woocommerce_payment_complete')
    return { kind: 'poke', what: 'order', id };
  return { kind: 'nothing', why: expect.any(String) };
}

describe('what the recordings show of the transport', () => {
  const deliveries = wooDeliveries();

  test('there are recordings: an empty folder proves nothing', () => {
    expect(deliveries.length).toBeGreaterThan(100);
  });

  test('25: orders of one second share one delivery id, and none of their keys are equal', () => {
    const created = deliveries.filter(
      (one) => one.scenario === '60-same-second-many-orders' && headerOf(one, 'x-wc-webhook-topic') === 'order.created',
    );
    const ids = new Set(created.map((one) => headerOf(one, 'x-wc-webhook-delivery-id')));
    const keys = new Set(created.map((one) => keyOf(one)));
    expect(created.length).toBe(5);
    expect(ids.size).toBeLessThan(created.length);
    expect(keys.size).toBe(created.length);
  });

  test('equal bytes of one webhook and topic, and only they, have one key', () => {
    const byKey = new Map<string, string>();
    for (const one of deliveries) {
      const key = keyOf(one);
      if (key === null) continue;
      const content = `${headerOf(one, 'x-wc-webhook-id')} ${headerOf(one, 'x-wc-webhook-topic')} ${one.body.toString('base64')}`;
      expect(byKey.get(key) ?? content).toBe(content);
      byKey.set(key, content);
    }
    expect(new Set(byKey.values()).size).toBe(byKey.size);
  });
});

function keyOf(delivery: CapturedDelivery): string | null {
  const claim = woocommerce.claim(arrivalOf(delivery.headers, delivery.body));
  return claim.kind === 'delivery' ? claim.key : null;
}
