import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ShopHandle } from '../../demo/stores/shop-handle.js';
import { systemClock } from '../../src/lib/clock.js';
import { openBody } from '../../webhooks/open-body.js';
import { readOrder } from '../../webhooks/shopify/orders.js';
import { connectShopify, type ConnectedShopify } from './support/stores.js';

/** A1: an order says the same whether Shopify's webhook told it or its API was asked, in every kind of shop. */
const SHOPS = [
  { taxesIncluded: true, hugeIds: false },
  { taxesIncluded: false, hugeIds: false },
  { taxesIncluded: true, hugeIds: true },
];

describe.each(SHOPS)('taxes included: $taxesIncluded, ids beyond 2^53: $hugeIds', ({ taxesIncluded, hugeIds }) => {
  let all: ConnectedShopify;
  let last: Buffer = Buffer.alloc(0);
  const sink = createServer((req, res) => {
    const parts: Buffer[] = [];
    req
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        last = Buffer.concat(parts);
        res.end();
      });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
    const uri = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/`;
    const app = {
      key: 'app-key',
      secret: 'hush-hush-hush-hush',
      scopes: 'read_orders',
      webhooks: { uri, topics: ['orders/updated'] },
    };
    all = await connectShopify({ app, hugeIds, settings: { taxesIncluded, shippingTaxPercent: 21 } });
    for (const product of all.store.shop.state.products) product.taxPercent = product.title.includes('Atlas') ? 9 : 21;
  });
  afterAll(async () => {
    await all.close();
    await new Promise((resolve) => sink.close(resolve));
  });

  const anna = (store: ShopHandle) => store.shop.customerByEmail('anna@example.test')?.id ?? '';
  const buy = (store: ShopHandle, codes: string[] = []) =>
    store.placeOrder({
      customer: anna(store),
      lines: store.shop.state.products.map(({ id }, index) => ({ product: id, quantity: index === 0 ? 1 : 2 })),
      codes,
      attributes: { tallymark_referral: 'BEN-4' },
    });
  const code = async (kind: 'amount' | 'percent' | 'free-shipping'): Promise<string> => {
    const currency = { code: 'EUR', exponent: 2 };
    const what =
      kind === 'amount'
        ? { type: kind, off: 777, currency }
        : kind === 'percent'
          ? { type: kind, percent: 15, maxOff: null, currency }
          : { type: kind };
    const text = `LY-${kind}-${all.store.shop.state.lastId}`;
    const who = { customer: anna(all.store), email: null, minimumCart: null, products: null };
    await all.platform.createDiscount({
      code: text,
      title: kind,
      kind: what,
      ...who,
      startsAt: systemClock.now() - 1_000,
      endsAt: systemClock.now() + 60_000,
    });
    return text;
  };

  const HISTORIES: [string, (store: ShopHandle) => Promise<string>][] = [
    ['a plain order', async (store) => buy(store).id],
    ['an amount off', async (store) => buy(store, [await code('amount')]).id],
    ['a percentage off', async (store) => buy(store, [await code('percent')]).id],
    ['a percentage and an amount off', async (store) => buy(store, [await code('percent'), await code('amount')]).id],
    [
      'free shipping',
      async (store) =>
        store.placeOrder({
          customer: anna(store),
          lines: [{ product: store.shop.state.products[0]?.id ?? '', quantity: 1 }],
          codes: [await code('free-shipping')],
        }).id,
    ],
    [
      'a piece given back',
      async (store) => {
        const order = buy(store, [await code('amount')]);
        store.refund(order.id, { lines: [{ line: order.lines[1]?.id ?? '', quantity: 1 }] });
        return order.id;
      },
    ],
    [
      'goodwill, then two pieces',
      async (store) => {
        const order = buy(store);
        store.refund(order.id, { amount: 333 });
        store.refund(order.id, { lines: [{ line: order.lines[2]?.id ?? '', quantity: 2 }] });
        return order.id;
      },
    ],
    [
      'all of it given back',
      async (store) => {
        const order = buy(store);
        store.refund(order.id);
        return order.id;
      },
    ],
    ['cancelled', async (store) => store.cancel(buy(store).id).id],
    ['sent', async (store) => store.complete(buy(store).id).id],
    [
      'a guest',
      async (store) =>
        store.placeOrder({
          email: 'guest@example.test',
          lines: [{ product: store.shop.state.products[0]?.id ?? '', quantity: 3 }],
        }).id,
    ],
  ];
  test.each(HISTORIES)('%s', async (_name, live) => {
    const id = await live(all.store);
    all.store.change(id, {});
    await all.store.settle();
    const told = readOrder(openBody(last));
    if (told.kind !== 'order') throw new Error(told.kind);
    const { disputes: _untold, ...asTold } = told.order;
    const { disputes, ...asRead } = (await all.platform.fetchOrder(id)) ?? { disputes: null };
    expect(asRead).toEqual(asTold);
    expect(disputes).toEqual([]);
    expect((asRead as { id: string }).id).toBe(id);
  });
});
