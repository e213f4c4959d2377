import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedQuery } from '../../demo/stores/shopify/app-proxy.js';
import type { Route } from '../../src/http/contract.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { shopifyProxy } from '../../src/http/storefront/proofs.js';
import { shopifyApp } from '../../src/platforms/shopify/app.js';
import { findActiveStore } from '../../src/stores/find-active-store.js';
import { aGate, bearer, serving, type Serving, shopperToken } from '../http/serving.js';
import { ledgerOf } from '../support/points.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { shopifyLine, shopifyOrder } from '../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';
import { everyRoute, stateIn } from './routes.js';

/**
 * T6, T7: every declared route through Shopify's app proxy. One secret signs for all shops, so who asks, and for which of two
 * programs, rests on the signed query alone; the two shops' customers have the same id.
 */
const stage = ledgerStage();
const SECRET = 'secret-of-the-proxy';
const NOBODYS = '0199b0d6-9999-7000-8000-000000000009';
const CART = { currency: 'EUR', lines: [{ id: '1', product: '12', quantity: 1, net: 10_000 }] };

interface Tenant {
  program: string;
  store: string;
  key: string;
  redemption: string;
  referral: string;
}
let ours: Tenant;
let theirs: Tenant;
let gone: Tenant;
let served: Serving;
const declared = everyRoute(stage, {} as Parameters<typeof everyRoute>[1]);
const storefront = declared.filter(({ policy }) => policy.kind === 'shopper');
const others = declared.filter(({ policy }) => ['merchant', 'owner', 'operator'].includes(policy.kind));

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set(Date.now());
  [ours, theirs, gone] = [await aTenant(), await aTenant(), await aTenant()];
  await db.sql("update store set status = 'uninstalled' where id = $1", [gone.store]);
  const verbs = makeStorefrontVerbs({
    db: db.app,
    loyalty: service.loyalty,
    personOf: async () => null,
    placed: async () => null,
    hurry: async () => undefined,
    ringEffects: () => undefined,
    referralLink: ({ store }, code) => `${store.url}?ref=${code}`,
  });
  const app = shopifyApp({ apiKey: 'key', apiSecret: SECRET, previousSecret: null }, 'localhost');
  const plenty = { read: 100_000, write: 100_000, unproved: 100_000, outside: 100_000 };
  const gate = aGate(
    { proofs: { query: [shopifyProxy(app)], bearer: [] }, findStore: findActiveStore(db.app) },
    plenty,
  );
  served = await serving(everyRoute(stage, verbs), gate);
});
afterAll(() => served.close());

async function aTenant(): Promise<Tenant> {
  const { service, db } = stage;
  const program = await service.program(LEDGER_RULES);
  const { id: store, key } = await service.store(program, 'shopify');
  const member = await service.member(program, store, '7', { email: 'ana@example.test' }, 0);
  const order = shopifyOrder([shopifyLine(1, '60.00')], { customer: { id: 7 }, total_price: '60.00', note: key });
  expect((await service.shopify({ key }, 'orders/paid', order)).status).toBe(200);
  await service.drain();
  const redemption = await stage.reserve(program, store, '7');
  const [row] = await db.sql<{ referral_code: string }>('select referral_code from member where id = $1', [member]);
  return { program, store, key, redemption, referral: row?.referral_code ?? '' };
}

const BODIES: Record<string, () => unknown> = {
  preview: () => ({ cart: CART }),
  redeem: () => ({ reward: 'five', cart: CART }),
  join: () => ({}),
  referralVisit: () => ({ code: theirs.referral }),
  birthday: () => ({ monthDay: '05-17' }),
};

/** What the proxy of a shop adds for whoever is logged in there, `at` seconds. */
function proxied(
  { key }: Tenant,
  { customer = '7', secret = SECRET, at = Math.floor(Date.now() / 1000), own = '' } = {},
): string {
  const added = { shop: key, logged_in_customer_id: customer, path_prefix: '/apps/tallymark', timestamp: String(at) };
  return signedQuery(new URLSearchParams(own), added, secret).toString();
}
const changed = (query: string, name: string, to: string) => {
  const search = new URLSearchParams(query);
  search.set(name, to);
  return search.toString();
};

async function ask(
  route: Route,
  query: string,
  { id = NOBODYS, key = 'intention-1', headers = {} }: { id?: string; key?: string; headers?: object } = {},
) {
  const sends = BODIES[route.name]?.() ?? (route.body ? {} : undefined);
  const answer = await fetch(`${served.url}${route.path.replace(/:\w+/g, id)}?${query}`, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    headers: {
      ...(sends === undefined ? {} : { 'content-type': 'application/json' }),
      'idempotency-key': key,
      ...headers,
    },
    ...(sends === undefined ? {} : { body: JSON.stringify(sends) }),
  });
  return { status: answer.status, text: await answer.text() };
}
/** But for the id that each request has of its own. */
const alike = (text: string) => text.replace(/"id":"[^"]*"/, '');
const everything = async () => [
  await ledgerOf(stage.db),
  await stateIn(stage, ours.program),
  await stateIn(stage, theirs.program),
  await stateIn(stage, gone.program),
];

const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);

describe.each(named(storefront))('T6: %s', (_, route) => {
  test('a query that is not wholly the proxy’s: refused, alike to the byte, nothing moved', async () => {
    const before = await everything();
    const now = Math.floor(Date.now() / 1000);
    const good = proxied(ours);
    const wrong: [string, object?][] = [
      [new URLSearchParams([...new URLSearchParams(good)].filter(([name]) => name !== 'signature')).toString()],
      [changed(good, 'shop', theirs.key)],
      [changed(good, 'logged_in_customer_id', '8')],
      [changed(good, 'timestamp', String(now + 1))],
      [`${good}&shop=${theirs.key}`],
      [`${good}&logged_in_customer_id=8`],
      [`${good}&limit=5`],
      [proxied(ours, { secret: 'another-secret' })],
      [proxied(ours, { at: now - 600 })],
      [proxied(ours, { at: now + 600 })],
      [proxied(gone)],
      [proxied({ ...ours, key: 'strangers.myshopify.com' })],
      [good, { headers: bearer(await shopperToken({ shop: ours.key })) }],
    ];
    const answers = [];
    for (const [query, more] of wrong)
      for (const id of [ours.redemption, theirs.redemption]) answers.push(await ask(route, query, { id, ...more }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => alike(text))).size).toBe(1);
    expect(await everything()).toEqual(before);
  });

  test('asked through one shop, the other program stays as it is and is not heard of', async () => {
    const before = await stateIn(stage, theirs.program);
    const mine = await ask(route, proxied(ours), { id: theirs.redemption });
    expect(mine.status).not.toBe(401);
    if (route.path.includes('/:')) {
      expect(alike(mine.text)).toBe(alike((await ask(route, proxied(ours), { id: NOBODYS })).text));
      expect(mine.status).toBe(404);
    }
    for (const secret of [theirs.key, theirs.redemption, theirs.referral]) expect(mine.text).not.toContain(secret);
    expect(await stateIn(stage, theirs.program)).toEqual(before);
  });
});

test.each(named(others))('T6: %s is for nobody who comes through a shop’s page', async (_, route) => {
  const before = await everything();
  expect([401, 403, 404]).toContain((await ask(route, proxied(ours), { id: ours.redemption })).status);
  expect(await everything()).toEqual(before);
});

test('T7: the same customer id at two shops is two members, each with their own', async () => {
  const member = storefront.find(({ name }) => name === 'member');
  const history = storefront.find(({ name }) => name === 'history');
  if (!member || !history) throw new Error('the routes are gone');
  const [here, there] = [await ask(member, proxied(ours)), await ask(member, proxied(theirs))];
  expect([here.status, there.status]).toEqual([200, 200]);
  expect(here.text).toContain(ours.referral);
  expect(there.text).toContain(theirs.referral);
  const page = JSON.parse((await ask(history, proxied(theirs, { own: 'limit=1' }))).text) as { next: string | null };
  const beyond = await ask(history, proxied(ours, { own: `after=${page.next ?? '0'}` }));
  expect(beyond.text).not.toContain(theirs.redemption);
});

test('56: a shop that changes its address and leaves Plus is the same shop: its orders earn, its theme redeems as on every plan', async () => {
  const { service } = stage;
  const shop = await aTenant();
  const told = {
    ...{ id: 1, myshopify_domain: shop.key, domain: 'beans.example', primary_location_id: 2, currency: 'EUR' },
    ...{ plan_name: 'professional', plan_display_name: 'Advanced', iana_timezone: 'Europe/Amsterdam' },
  };
  expect((await service.shopify({ key: shop.key }, 'shop/update', told)).status).toBe(200);
  const order = shopifyOrder([shopifyLine(1, '60.00')], {
    ...{ customer: { id: 7 }, total_price: '60.00', note: shop.key, admin_graphql_api_id: 'gid://shopify/Order/1056' },
    ...{ id: 1056, order_status_url: 'https://beans.example/1/orders/x' },
  });
  expect((await service.shopify({ key: shop.key }, 'orders/paid', order)).status).toBe(200);
  await service.drain();
  const route = (name: string) => {
    const found = storefront.find((one) => one.name === name);
    if (!found) throw new Error(`no route ${name}`);
    return found;
  };
  stage.platforms.set(shop.store, new RememberedPlatform());
  const held = await ask(route('redeem'), proxied(shop), { key: 'after-leaving-plus' });
  expect([held.status, JSON.parse(held.text)]).toEqual([200, expect.objectContaining({ state: 'held', points: '20' })]);
  await service.drain();
  const { id } = JSON.parse(held.text) as { id: string };
  const usable = await ask(route('redemption'), proxied(shop), { id });
  expect(JSON.parse(usable.text)).toMatchObject({ codeState: 'live', code: expect.any(String) });
});
