import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Route } from '../../src/http/contract.js';
import { shopifySessionToken, wooCommerceToken } from '../../src/http/storefront/proofs.js';
import { storefrontRoutes } from '../../src/http/storefront/routes.js';
import type { Gate } from '../../src/http/mount.js';
import { signShopper } from '../../src/platforms/woocommerce/shopper-token.js';
import { rememberingShop } from './remembering-shop.js';
import { aGate, APP, bearer, serving, type Serving, SHOP, shopperToken } from './serving.js';

const OURS = '0199b0d6-1111-7000-8000-000000000001';
const NOBODYS = '0199b0d6-9999-7000-8000-000000000009';
const CART = { currency: 'EUR', lines: [{ id: '1', product: '12', quantity: 1, net: 1000 }] };
const BODIES: Record<string, unknown> = {
  preview: { cart: CART },
  redeem: { reward: 'five-off', cart: CART },
  join: {},
  birthday: { birthday: '02-29' },
  referralVisit: { code: 'ABC' },
  checkIn: { code: 'OPEN DAY' },
  redeemStickers: { reward: 'five-off', codes: ['S-1'], cart: CART },
  showName: { name: 'Bean' },
  answerSurvey: { survey: 'taste', answers: { q: ['Dark'] } },
  follow: { link: 'us' },
  chooseDay: { rule: 'mine', day: '2027-03-05' },
  inviteToHousehold: { to: 'ola@example.test' },
  acceptHousehold: { invitation: 'x' },
  sendPoints: { to: 'ola@example.test', points: '5' },
};

/** What a route cannot do without. */
const QUERIES: Record<string, string> = { mayBuy: 'product=11' };

const shop = rememberingShop([{ id: OURS, of: '1/shopify/7' }]);
const routes = storefrontRoutes(shop.verbs);

/** A Shopify shop (program 1) and two WooCommerce stores (programs 2 and 3), each with a secret of its own. */
const SECRETS: Record<string, string> = { hearth: 'secret-of-hearth', willow: 'secret-of-willow' };
const PROGRAMS = new Map([
  [`shopify ${SHOP}`, '1'],
  ['woocommerce hearth', '2'],
  ['woocommerce willow', '3'],
]);
const findStore: Gate['findStore'] = async (platform, key) => {
  const program = PROGRAMS.get(`${platform} ${key}`);
  return program === undefined ? null : { id: program, program, platform, key, url: `https://${key}/` };
};
const proofs: Gate['proofs'] = {
  query: [],
  bearer: [shopifySessionToken(APP), wooCommerceToken(async (store) => (SECRETS[store] ? [SECRETS[store]] : []))],
};
const plenty = { read: 100_000, write: 100_000, unproved: 100_000 };

let served: Serving;
beforeAll(async () => {
  served = await serving(routes, aGate({ proofs, findStore }, plenty));
});
afterAll(() => served.close());
beforeEach(() => void shop.asked.splice(0));

interface Asking {
  token?: string | null;
  id?: string;
  query?: string;
  headers?: Record<string, string>;
  body?: unknown;
}
async function ask(route: Route, { token = null, id = OURS, query = '', headers = {}, body }: Asking = {}) {
  const sends = body ?? BODIES[route.name];
  const asked = [QUERIES[route.name] ?? [], query.slice(1) || []].flat().join('&');
  const answer = await fetch(`${served.url}${route.path.replace(':id', id)}?${asked}`, {
    method: route.method.toUpperCase(),
    headers: {
      ...(token === null ? {} : bearer(token)),
      ...(sends === undefined ? {} : { 'content-type': 'application/json' }),
      ...(/^(redeem|send)/.test(route.name) ? { 'idempotency-key': 'intention-1' } : {}),
      ...headers,
    },
    ...(sends === undefined ? {} : { body: JSON.stringify(sends) }),
  });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}
const named = (name: string) => {
  const found = routes.find((route) => route.name === name);
  if (!found) throw new Error(`no route ${name}`);
  return found;
};
const hearthToken = (customer: string | null, secret = SECRETS['hearth'] ?? '', at = Date.now()) =>
  signShopper({ store: 'hearth', customer }, secret, at);

describe.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('T7: %s', (_, route) => {
  const forged = () => hearthToken('7').replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'));
  const wrong: [string, () => string | null | Promise<string>][] = [
    ['no identity', () => null],
    ['signed by another store', () => hearthToken('7', SECRETS['willow'])],
    ['expired', () => hearthToken('7', undefined, Date.now() - 600_000)],
    ['forged', forged],
    ['expired, of Shopify', () => shopperToken({ claims: { exp: Math.floor(Date.now() / 1000) - 10 } })],
    ['forged, of Shopify', () => shopperToken({ secret: 'another-secret' })],
    ['of a shop that is not connected', () => shopperToken({ shop: 'strangers.myshopify.com' })],
    ['of a store that is not connected', () => signShopper({ store: 'nowhere', customer: '7' }, 'x', Date.now())],
  ];

  test('answers its own customer', async () => {
    const { status } = await ask(route, { token: await shopperToken() });
    expect([200, 204]).toContain(status);
    expect(shop.asked.map(({ by }) => by)).toEqual(['1/shopify/7']);
  });

  test('says the same to every wrong identity, and asks nothing of the product', async () => {
    const answers = [];
    for (const [, token] of wrong) answers.push(await ask(route, { token: await token() }));
    expect(answers.map(({ status }) => status)).toEqual(wrong.map(() => 401));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(shop.asked).toEqual([]);
  });

  test('a guest gets what anybody may know, or a 403', async () => {
    const guest = await ask(route, { token: hearthToken(null) });
    const wants = route.policy.kind === 'shopper' && route.policy.customer === 'required' ? [403] : [200, 204];
    expect(wants).toContain(guest.status);
  });

  test('T5: who is asked for in query, body or headers changes nobody', async () => {
    const token = await shopperToken({ customer: '7' });
    const tries: Asking[] = [
      { query: '?customer=8' },
      { query: '?customer=8&customer=7' },
      { query: '?customer[]=8' },
      { query: '?logged_in_customer_id=8' },
      { query: '?customer=8%00' },
      { headers: { 'x-customer': '8', 'x-shopify-customer-id': '8' } },
      ...(BODIES[route.name] ? [{ body: { ...(BODIES[route.name] as object), customer: '8' } }] : []),
    ];
    for (const attempt of tries) await ask(route, { token, ...attempt });
    expect(new Set(shop.asked.map(({ by }) => by))).toEqual(new Set(['1/shopify/7']));
  });

  test('two proofs at once are none', async () => {
    const token = await shopperToken();
    const { status } = await ask(route, { token, query: `?signature=${'0'.repeat(64)}&shop=${SHOP}` });
    expect(status).toBe(401);
  });
});

describe.each(routes.filter(({ path }) => path.includes(':id')).map((route) => [route.path, route] as const))(
  'T7: another’s %s',
  (_, route) => {
    test('is not told from what never was', async () => {
      const owner = await ask(route, { token: await shopperToken({ customer: '7' }) });
      const foreign = [
        await ask(route, { token: await shopperToken({ customer: '8' }) }),
        await ask(route, { token: hearthToken('7') }),
        await ask(route, { token: await shopperToken({ customer: '7' }), id: NOBODYS }),
      ];
      expect(owner.status).toBe(200);
      expect(foreign.map(({ status }) => status)).toEqual([404, 404, 404]);
      expect(new Set(foreign.map(({ text }) => text)).size).toBe(1);
      expect(new Set(foreign.map(({ headers }) => headers.get('etag'))).size).toBe(1);
    });

    test('a name that is none is a 400', async () => {
      const token = await shopperToken();
      for (const id of ['1', `${OURS}%00`, '..%2f..%2f', "'--"])
        expect((await ask(route, { token, id })).status).toBe(400);
    });
  },
);

describe('the storefront', () => {
  test.each([
    ['nl-NL', 'nl'],
    ['pl', 'pl'],
    ['no', 'nb'],
    ['nb-NO', 'nb'],
    ['de', 'en'],
    ['', 'en'],
  ])('speaks to %s in %s', async (tag, language) => {
    const { text } = await ask(named('program'), { token: await shopperToken(), query: `?lang=${tag}` });
    expect(JSON.parse(text)).toMatchObject({ language });
  });

  test('redeeming without a key of the intention is refused', async () => {
    const token = await shopperToken();
    for (const key of ['', 'short', 'x'.repeat(256), 'with space 123'])
      expect((await ask(named('redeem'), { token, headers: { 'idempotency-key': key } })).status).toBe(400);
    expect(shop.asked).toEqual([]);
  });

  test('no answer has a field for a secret or an address', () => {
    const names = new Set<string>();
    const gather = (schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const shape = (schema as { shape?: Record<string, unknown> }).shape;
      for (const [name, inner] of Object.entries(shape ?? {})) {
        names.add(name);
        gather(inner);
      }
      const { element, unwrap, valueType } = schema as Record<string, unknown>;
      for (const inner of [
        element,
        valueType,
        typeof unwrap === 'function' ? (schema as { unwrap(): unknown }).unwrap() : null,
      ])
        gather(inner);
    };
    for (const route of routes) Object.values(route.answers).forEach(gather);
    expect(names.size).toBeGreaterThan(40);
    expect([...names].filter((name) => /token|secret|email|phone|password/i.test(name))).toEqual([]);
  });

  test('answers are never cached', async () => {
    const { headers } = await ask(named('member'), { token: await shopperToken() });
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  });
});
