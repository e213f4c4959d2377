import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { startWooStore } from '../../demo/stores/woocommerce/start.js';
import { woocommerceConnectRoutes } from '../../src/http/woocommerce/connect.js';
import { systemClock } from '../../src/lib/clock.js';
import { connectWooCommerce } from '../../src/stores/connect-woocommerce.js';
import { serving } from '../http/serving.js';
import { testDatabase } from '../support/database.js';

const db = testDatabase();
const PUBLIC = 'https://points.example.test';

async function connecting() {
  const shop = await startWooStore();
  const connected: { id: string }[] = [];
  const verbs = connectWooCommerce({
    db: db.app,
    clock: systemClock,
    keys: [{ id: 'k1', key: randomBytes(32) }],
    guard: { allowPrivate: true },
    publicUrl: PUBLIC,
    connected: async (store) => void connected.push(store),
  });
  const begin = async () => {
    const { id, authorizeUrl } = await verbs.begin({ url: shop.url, now: Date.now() });
    return { id, asked: new URL(authorizeUrl).searchParams };
  };
  const [key] = shop.keys;
  const keys = { consumerKey: key?.key ?? '', consumerSecret: key?.secret ?? '' };
  return { shop, verbs, begin, keys, connected };
}

test('A4 the consent page sends keys and owner to addresses that are routes of ours', async () => {
  const { shop, verbs, begin } = await connecting();
  const { asked } = await begin();
  const routes = woocommerceConnectRoutes(verbs, true).map(({ method, path }) => `${method} ${PUBLIC}${path}`);
  expect(routes).toContain(`post ${asked.get('callback_url')}`);
  expect(routes).toContain(`get ${asked.get('return_url')}`);
  await shop.close();
});

test('A4 keys connect the store that was asked for, once', async () => {
  const { shop, verbs, begin, keys, connected } = await connecting();
  const { id, asked } = await begin();
  expect(asked.get('user_id')).toBe(id);
  expect(await verbs.outcome(id)).toBe('waiting');
  expect(await verbs.accept({ id, keys, now: Date.now() })).toBe(true);
  expect(await verbs.outcome(id)).toBe('connected');
  expect(await verbs.accept({ id, keys, now: Date.now() })).toBe(false);
  expect(connected).toHaveLength(1);
  await shop.close();
});

test('A4 an owner who declines is told so at once', async () => {
  const { shop, verbs, begin } = await connecting();
  const { id } = await begin();
  const service = await serving(woocommerceConnectRoutes(verbs, true));
  const back = async (success: string) => {
    const headers = { cookie: `tallymark_connect=${id}` };
    return (await fetch(`${service.url}/woocommerce/return?success=${success}&user_id=${id}`, { headers })).text();
  };
  expect(await back('1')).toContain('is being connected');
  expect(await back('0')).toContain('was not connected');
  await service.close();
  await shop.close();
});
