import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startShopifyStore, type ShopifyStore } from '../../demo/stores/shopify/start.js';
import { readToml, tables } from '../../scripts/read-toml.js';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { keepSubscriptions } from '../../src/jobs/settle-new-store.js';
import { verify } from '../../src/ledger/verify.js';
import { systemClock } from '../../src/lib/clock.js';
import { shopifyApp, type ShopifyApp } from '../../src/platforms/shopify/app.js';
import { shopifyPlatform } from '../../src/platforms/shopify/platform.js';
import { findActiveStore } from '../../src/stores/find-active-store.js';
import { installShopify } from '../../src/stores/install-shopify.js';
import { tokenVault } from '../../src/stores/token-vault.js';
import { testDatabase } from '../support/database.js';
import { APP_SECRET, startService, TestClock, type TestService } from '../support/service.js';

/**
 * A1: the life of an installation, from the owner's first click to the last trace: Shopify's protocol on one side (tokens,
 * webhooks of the app's toml, compliance), the service on the other. Tests follow each other, as a life does.
 */
const DOMAIN = 'roastery-of-anna.myshopify.com';
const HOUR = 3_600_000;
const toml = readToml(readFileSync(new URL('../../shopify.app.toml', import.meta.url), 'utf8'));
const topics = tables(toml, 'webhooks', 'subscriptions').flatMap((each) =>
  [...tables(each, 'topics'), ...tables(each, 'compliance_topics')].map(String),
);
const db = testDatabase();
const clock = new TestClock(new Date().toISOString());
let service: TestService;
let store: ShopifyStore;
let app: ShopifyApp;
let platform: OutboundPlatform;
let ref: { program: string; store: string };
const connections: string[] = [];

beforeAll(async () => {
  service = await startService(db, { clock, platforms: () => platform });
  const identity = { key: 'app-key', secret: APP_SECRET, scopes: 'read_orders,write_discounts' };
  store = await startShopifyStore({
    ...{ domain: DOMAIN, clock, retries: 0 },
    app: { ...identity, webhooks: { uri: `${service.url}/webhooks/shopify`, topics } },
  });
  const credentials = { apiKey: 'app-key', apiSecret: APP_SECRET, previousSecret: null, declaresWebhooks: true };
  app = shopifyApp(credentials, 'localhost', { standIn: () => store.url });
});
afterAll(async () => {
  await store.close();
  await service.stop();
});

const install = installOf();
function installOf() {
  return (sessionToken: string) =>
    installShopify({
      ...{ db: db.app, clock, keys: service.keys, app, standIn: () => store.url },
      connected: async ({ id }) => void connections.push(id),
    })({ shop: DOMAIN, sessionToken, now: clock.now() });
}
const opens = async () => {
  const { store: id } = await install(store.sessionToken());
  const [row] = await db.sql<{ program_id: string }>('select program_id from store where id = $1', [id]);
  ref = { program: row?.program_id ?? '', store: id };
  const vault = tokenVault(db.app, ref, service.keys);
  platform = shopifyPlatform(app, { shop: DOMAIN, vault, money: { code: 'EUR', exponent: 2 } }, clock);
  return id;
};
const state = async () =>
  (
    await db.sql<{ status: string; generation: number; secrets: number; persons: number; bodies: number }>(
      `select status, generation,
        (select count(*)::int from store_secret where store_id = s.id and kind = 'shopify-tokens') as secrets,
        (select count(*)::int from customer_state where store_id = s.id) as persons,
        (select count(*)::int from inbox where store_id = s.id and body is not null and status <> 0) as bodies
       from store s where id = $1`,
      [ref.store],
    )
  )[0];
const happens = async () => {
  await store.settle();
  await service.drain();
};
const anna = () => store.shop.customerByEmail('anna@example.test')?.id ?? '';
const buys = async () => {
  clock.advance(HOUR / 6);
  const product = store.shop.state.products[0]?.id ?? '';
  const order = store.placeOrder({ customer: anna(), lines: [{ product, quantity: 1 }] });
  await happens();
  return order;
};
const points = async () =>
  Number(
    (
      await db.sql<{ sum: string | null }>(
        `select sum(balance) from account where program_id = $1 and member_id <> 0 and kind in ('available', 'pending')`,
        [ref.program],
      )
    )[0]?.sum ?? 0,
  );
const audits = async (what: string) =>
  db.sql<{ facts: Record<string, unknown> }>(
    'select facts from audit_event where program_id = $1 and what = $2 order by id',
    [ref.program, what],
  );
let earned = 0;

describe('the life of an installation', () => {
  test('the first opening exchanges the session for tokens, which are kept sealed, and founds a program', async () => {
    expect(await findActiveStore(db.app)('shopify', DOMAIN)).toBeNull();
    await opens();
    expect(await state()).toMatchObject({ status: 'active', generation: 1, secrets: 1 });
    const [secret] = await db.sql<{ sealed: Buffer }>("select sealed from store_secret where kind = 'shopify-tokens'");
    const access = store.tokens.pairs.at(-1)?.access ?? '';
    expect(access).toMatch(/^shpat_/);
    expect(secret?.sealed.toString('latin1')).not.toContain(access);
    expect(connections).toEqual([ref.store]);
  });

  test('opening it again changes nothing but the tokens; a forged session changes nothing at all', async () => {
    await opens();
    expect(await state()).toMatchObject({ status: 'active', generation: 1, secrets: 1 });
    const pairs = store.tokens.pairs.length;
    await expect(install(store.sessionToken({ exp: 1_000 }))).rejects.toMatchObject({ status: 401 });
    expect(store.tokens.pairs).toHaveLength(pairs);
  });

  test('webhooks come by the toml: none is made for the shop, and one that was is taken back', async () => {
    store.webhooks.add('ORDERS_UPDATED', `${service.url}/webhooks/shopify`);
    const around = { publicUrl: service.url, keys: service.keys };
    expect(await keepSubscriptions(service.work, ref, around)).toEqual([]);
    expect(store.webhooks.listed()).toEqual([]);
    await service.member(ref.program, ref.store, anna());
    await buys();
    earned = await points();
    expect(earned).toBeGreaterThan(0);
  });

  test('an hour later the token is renewed with the refresh token, once, and the pair is kept', async () => {
    const before = store.tokens.pairs.length;
    clock.advance(2 * HOUR);
    const answers = await Promise.all([1, 2, 3].map(() => platform.fetchCustomer(anna())));
    expect(answers.map((one) => one?.email)).toEqual(answers.map(() => 'anna@example.test'));
    expect(store.tokens.pairs).toHaveLength(before + 1);
    const kept = await tokenVault(db.app, ref, service.keys).load();
    expect(kept?.access).toBe(store.tokens.pairs.at(-1)?.access);
  });

  test('a change of what was granted is written down', async () => {
    store.webhooks.send('app/scopes_update', { previous: ['read_orders'], current: ['read_orders', 'read_customers'] });
    await happens();
    expect((await audits('store.scopes')).at(-1)?.facts).toMatchObject({ scopes: ['read_orders', 'read_customers'] });
  });

  test('customers/data_request: the owner is told whose data, and until when', async () => {
    store.askPrivacy('customers/data_request', anna());
    await happens();
    const { facts } = (await audits('data.requested')).at(-1) ?? { facts: {} };
    expect(facts).toMatchObject({ store: ref.store, request: '9999', member: expect.stringMatching(/^\d+$/) });
    expect(Date.parse(String(facts['due'])) - clock.now()).toBe(30 * 24 * HOUR);
    expect(JSON.stringify(facts)).not.toContain('anna');
  });

  test('uninstalled: tokens are dead and gone, the shop is nobody’s, points stay', async () => {
    store.uninstall();
    await happens();
    expect(await state()).toMatchObject({ status: 'uninstalled', secrets: 0 });
    expect(await findActiveStore(db.app)('shopify', DOMAIN)).toBeNull();
    await expect(platform.fetchCustomer(anna())).rejects.toMatchObject({ code: 'platform_revoked' });
    expect(await points()).toBe(earned);
  });

  test('54 installed again within 48 hours: the same ledger goes on, and the redaction that comes after is no longer due', async () => {
    clock.advance(24 * HOUR);
    const program = ref.program;
    await opens();
    expect(ref.program).toBe(program);
    expect(await state()).toMatchObject({ status: 'active', generation: 2, secrets: 1 });
    clock.advance(24 * HOUR);
    store.askPrivacy('shop/redact');
    await happens();
    expect(await state()).toMatchObject({ status: 'active', secrets: 1 });
    await buys();
    expect(await points()).toBeGreaterThan(earned);
    earned = await points();
  });

  test('customers/redact: the person is gone, the books are whole', async () => {
    store.askPrivacy('customers/redact', anna());
    await happens();
    expect(await points()).toBe(earned);
    expect(
      await db.sql('select 1 from customer_link where program_id = $1 and customer = $2', [ref.program, anna()]),
    ).toEqual([]);
    expect(
      await db.sql('select 1 from order_state where program_id = $1 and customer = $2', [ref.program, anna()]),
    ).toEqual([]);
    expect(await verify(db.owner, { program: ref.program })).toEqual([]);
  });

  test('uninstalled for good: 48 hours later nothing personal of the shop is left, and the books still add up', async () => {
    store.uninstall();
    await happens();
    clock.advance(48 * HOUR);
    store.askPrivacy('shop/redact');
    await happens();
    expect(await state()).toMatchObject({ status: 'uninstalled', secrets: 0, persons: 0 });
    expect((await audits('store.redacted')).length).toBe(1);
    expect(await points()).toBe(earned);
    expect(await verify(db.owner, { program: ref.program })).toEqual([]);
  });

  test('whoever forges a word of Shopify’s is answered 401, and nothing is kept of it', async () => {
    const before = await db.sql('select count(*) from inbox');
    for (const topic of ['app/uninstalled', 'customers/redact', 'shop/redact', 'customers/data_request']) {
      const headers = { 'x-shopify-hmac-sha256': Buffer.alloc(32, 7).toString('base64') };
      const answer = await service.shopify({ key: DOMAIN }, topic, { shop_domain: DOMAIN }, headers);
      expect(answer.status).toBe(401);
    }
    expect(await db.sql('select count(*) from inbox')).toEqual(before);
    expect(systemClock.now()).toBeGreaterThan(0);
  });
});
