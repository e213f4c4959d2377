import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { signShopper, verifyShopper } from '../../src/platforms/woocommerce/shopper-token.js';
import { connectWoo } from './support/stores.js';

async function receiver() {
  const state = { status: 500, topics: [] as (string | undefined)[] };
  const server = createServer((req, res) => {
    state.topics.push(req.headers['x-wc-webhook-topic'] as string | undefined);
    res.writeHead(state.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/woocommerce/token`;
  return { state, url, close: () => new Promise((resolve) => server.close(resolve)) };
}

test('28, F28 WooCommerce switches a webhook off at the seventh failure; it is switched on again and missed orders are found', async () => {
  const { store, platform, close } = await connectWoo();
  const { state, url, close: stop } = await receiver();
  await platform.ensureSubscriptions(url, 'secret-of-the-store');
  const anna = store.shop.customerByEmail('anna@example.test');
  const buy = () =>
    store.placeOrder({
      customer: anna?.id ?? null,
      lines: [{ product: store.shop.state.products[0]?.id ?? '', quantity: 1 }],
    });
  const created = () => store.webhooks.list().find(({ topic }) => topic === 'order.created');
  for (let i = 1; i <= 6; i += 1) {
    buy();
    await store.settle();
    expect(created()).toMatchObject({ status: 'active', failures: i });
  }
  buy();
  await store.settle();
  expect(created()).toMatchObject({ status: 'disabled' });
  const since = Date.now();
  state.status = 200;
  state.topics.length = 0;
  const missed = buy();
  await store.settle();
  expect(state.topics).not.toContain('order.created');
  expect((await platform.subscriptions()).find(({ topic }) => topic === 'order.created')).toMatchObject({
    active: false,
  });

  const healed = await platform.ensureSubscriptions(url, 'secret-of-the-store');
  expect(healed.revived).toContain('order.created');
  expect(healed.created).toEqual([]);
  const found = await platform.ordersChangedSince(since - 1_000, null);
  expect(found.items.map(({ id }) => id)).toContain(missed.id);
  buy();
  await store.settle();
  expect(state.topics).toContain('order.created');
  expect(created()).toMatchObject({ status: 'active', failures: 0 });
  await stop();
  await close();
});

test('5.8 an address that WooCommerce drops opens the coupon to everybody: it is refused and taken away', async () => {
  const { store, platform, close } = await connectWoo();
  const wish = {
    code: 'LY-OPEN',
    title: 'x',
    kind: { type: 'amount' as const, off: 500, currency: { code: 'EUR', exponent: 2 } },
    customer: '1',
    email: 'not-an-email',
    minimumCart: null,
    products: null,
    startsAt: 0,
    endsAt: Date.now() + 60_000,
  };
  await expect(platform.createDiscount(wish)).rejects.toMatchObject({ code: 'discount_not_bound' });
  expect(store.shop.state.discounts).toEqual([]);
  await close();
});

test('reviews are read with their standing, also one by one when they became spam', async () => {
  const { store, platform, close } = await connectWoo();
  const anna = store.shop.customerByEmail('anna@example.test');
  const product = store.shop.state.products[0]?.id ?? '';
  const one = store.review({ product, customer: anna?.id ?? null, rating: 5, text: 'Great' });
  const held = store.review({
    product,
    customer: null,
    email: 'guest@example.test',
    rating: 4,
    text: 'Good',
    status: 'hold',
  });
  const { items } = await platform.reviewsSince(Date.now() - 60_000, null);
  expect(items).toMatchObject([
    { id: one.id, status: 'approved', customer: anna?.id, product, provider: 'woocommerce' },
    { id: held.id, status: 'pending', customer: null, email: 'guest@example.test' },
  ]);
  store.moderate(one.id, 'spam');
  expect((await platform.reviewsSince(Date.now() - 60_000, null)).items.map(({ id }) => id)).toEqual([held.id]);
  expect(await platform.fetchReview(one.id)).toMatchObject({ status: 'spam' });
  store.removeReview(one.id);
  expect(await platform.fetchReview(one.id)).toBeNull();
  await close();
});

test('T13 the shop proves its shopper to us: for this store, for a few minutes, with the live or the former secret', () => {
  const now = Date.now();
  const token = signShopper({ store: '12', customer: '7' }, 'former', now);
  expect(verifyShopper(token, '12', ['live', 'former'], now)).toMatchObject({ store: '12', customer: '7' });
  expect(
    verifyShopper(signShopper({ store: '12', customer: null }, 'live', now), '12', ['live'], now).customer,
  ).toBeNull();
  const refused =
    (text: string, store = '12', at = now) =>
    () =>
      verifyShopper(text, store, ['live', 'former'], at);
  const [payload = '', mac = ''] = token.split('.');
  const forged = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('"7"', '"8"')).toString('base64url');
  for (const bad of [
    '',
    token.slice(1),
    payload,
    `${payload}.`,
    `${forged}.${mac}`,
    `${token}.x`,
    signShopper({ store: '12', customer: '7' }, 'guess', now),
  ]) {
    expect(refused(bad)).toThrow(expect.objectContaining({ code: 'shopper_token_invalid', status: 401 }));
  }
  expect(refused(token, '13')).toThrow(expect.objectContaining({ code: 'shopper_token_invalid' }));
  expect(refused(token, '12', now + 6 * 60_000)).toThrow(expect.objectContaining({ code: 'shopper_token_expired' }));
  expect(refused(signShopper({ store: '12', customer: '7' }, 'live', now, 86_400_000))).toThrow(
    expect.objectContaining({ code: 'shopper_token_expired' }),
  );
});
