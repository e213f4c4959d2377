import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import type { Route } from '../../src/http/contract.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { shopifySessionToken, wooCommerceToken } from '../../src/http/storefront/proofs.js';
import { signShopper } from '../../src/platforms/woocommerce/shopper-token.js';
import { findActiveStore, shopperSecrets } from '../../src/stores/find-active-store.js';
import { saveSecret } from '../../src/stores/secrets.js';
import { aGate, APP, bearer, serving, type Serving, shopperToken } from '../http/serving.js';
import { everyRoute, stateIn } from './routes.js';
import { ledgerOf } from '../support/points.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';
import { wooLine, wooOrder } from '../webhooks/bodies.js';

/** T7, T10: every declared route with the product's own verbs on a real database; two programs that must not see each other. */
const stage = ledgerStage();
const NOBODYS = '0199b0d6-9999-7000-8000-000000000009';
const CART = { currency: 'EUR', lines: [{ id: '1', product: '12', quantity: 1, net: 10_000 }] };

interface Tenant {
  program: string;
  store: string;
  key: string;
  secret: string;
  member: string;
  redemption: string;
  referral: string;
}
let ours: Tenant;
let theirs: Tenant;
let served: Serving;

/** The declarations alone say which routes there are; the same list is served below with the verbs put in. */
const declared: Route[] = everyRoute(stage, {} as Parameters<typeof everyRoute>[1]);

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set(Date.now());
  ours = await aTenant();
  theirs = await aTenant();
  const verbs = makeStorefrontVerbs({
    db: db.app,
    loyalty: service.loyalty,
    personOf: async () => null,
    placed: async () => null,
    hurry: async () => undefined,
    ringEffects: () => undefined,
    referralLink: ({ store }, code) => `${store.url}?ref=${code}`,
  });
  const proofs = {
    query: [],
    bearer: [shopifySessionToken(APP), wooCommerceToken(shopperSecrets(db.app, service.keys))],
  };
  const plenty = { read: 100_000, write: 100_000, unproved: 100_000, outside: 100_000 };
  served = await serving(everyRoute(stage, verbs), aGate({ proofs, findStore: findActiveStore(db.app) }, plenty));
});
afterAll(() => served.close());

async function aTenant(): Promise<Tenant> {
  const { service, db } = stage;
  const program = await service.program(LEDGER_RULES);
  const { id: store, key } = await service.store(program, 'woocommerce');
  const secret = `shopper-secret-of-${key}`;
  await inTransaction(db.app, { programs: [program] }, (tx) =>
    saveSecret(tx, { program, store, kind: 'shopper' }, secret, service.keys),
  );
  const member = await service.member(program, store, '7', { email: 'ana@example.test' }, 0);
  const order = wooOrder([wooLine(1, '60.00')], { customer_id: 7 });
  expect((await service.woo({ key }, 'order.created', order)).status).toBe(200);
  await service.drain();
  const redemption = await stage.reserve(program, store, '7');
  const [row] = await db.sql<{ referral_code: string }>('select referral_code from member where id = $1', [member]);
  return { program, store, key, secret, member, redemption, referral: row?.referral_code ?? '' };
}

const BODIES: Record<string, () => unknown> = {
  preview: () => ({ cart: CART }),
  redeem: () => ({ reward: 'five', cart: CART }),
  join: () => ({}),
  birthday: () => ({ birthday: '02-29' }),
  referralVisit: () => ({ code: theirs.referral }),
  checkIn: () => ({ code: 'OPEN DAY' }),
  redeemStickers: () => ({ reward: 'five', codes: ['S-1'], cart: CART }),
  showName: () => ({ name: 'Bean' }),
  answerSurvey: () => ({ survey: 'taste', answers: { q: ['Dark'] } }),
  follow: () => ({ link: 'us' }),
  chooseDay: () => ({ rule: 'mine', day: '2027-03-05' }),
  inviteToHousehold: () => ({ to: theirs.referral }),
  acceptHousehold: () => ({ invitation: 'x' }),
  sendPoints: () => ({ to: theirs.referral, points: '1' }),
};

interface Asking {
  token?: string | null;
  id?: string;
  body?: unknown;
  query?: string;
  key?: string;
}
async function ask(route: Route, { token = null, id = NOBODYS, body, query = '', key = 'intention-1' }: Asking = {}) {
  const sends = body ?? BODIES[route.name]?.() ?? (route.body ? {} : undefined);
  const answer = await fetch(served.url + route.path.replace(/:\w+/g, id) + query, {
    method: route.method.toUpperCase(),
    redirect: 'manual',
    headers: {
      ...(token === null ? {} : bearer(token)),
      ...(sends === undefined ? {} : { 'content-type': 'application/json' }),
      'idempotency-key': key,
    },
    ...(sends === undefined ? {} : { body: JSON.stringify(sends) }),
  });
  return { status: answer.status, text: await answer.text() };
}

const tokenOf = (tenant: Tenant, customer: string | null = '7', secret = tenant.secret, at = Date.now()) =>
  signShopper({ store: tenant.key, customer }, secret, at);
const forged = () => tokenOf(ours).replace(/.{4}$/, (end) => (end === 'AAAA' ? 'BBBB' : 'AAAA'));
const stateOf = ({ program }: Tenant) => stateIn(stage, program);

const guarded = declared.filter(({ policy }) => policy.kind !== 'open');
const open = declared.filter(({ policy }) => policy.kind === 'open');

test('every route says who may call it; the open ones say why, and none of them is about a member', () => {
  expect(declared.length).toBeGreaterThan(10);
  for (const { policy, path } of open) {
    expect(policy.kind === 'open' && policy.why.length).toBeGreaterThan(10);
    expect(path).not.toMatch(/^\/storefront/);
  }
});

describe.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))('T7: %s', (_, route) => {
  test('four wrong identities: refused, alike to the byte, nothing moved', async () => {
    const before = [await ledgerOf(stage.db), await stateOf(ours), await stateOf(theirs)];
    const wrong = [
      null,
      tokenOf(ours, '7', theirs.secret),
      tokenOf(ours, '7', undefined, Date.now() - 600_000),
      forged(),
    ];
    const ofShopify = [
      await shopperToken({ secret: 'another-secret' }),
      await shopperToken({ claims: { exp: Math.floor(Date.now() / 1000) - 10 } }),
      await shopperToken({ shop: 'strangers.myshopify.com', secret: 'another-secret' }),
    ];
    const answers = [];
    for (const token of [...wrong, ...ofShopify]) {
      for (const id of [ours.redemption, theirs.redemption, NOBODYS]) answers.push(await ask(route, { token, id }));
    }
    expect(new Set(answers.map(({ status }) => status)).size).toBe(1);
    expect([401, 403, 404]).toContain(answers[0]?.status);
    expect(new Set(answers.map(({ text }) => text.replace(/"id":"[^"]*"/, ''))).size).toBe(1);
    expect([await ledgerOf(stage.db), await stateOf(ours), await stateOf(theirs)]).toEqual(before);
  });
});

describe.each(
  declared
    .filter(({ path, policy }) => policy.kind === 'shopper' && path.includes('/:'))
    .map((route) => [`${route.method} ${route.path}`, route] as const),
)('T7: another program’s %s', (_, route) => {
  test('is as if it never was, and stays as it is', async () => {
    const before = await stateOf(theirs);
    const foreign = await ask(route, { token: tokenOf(ours), id: theirs.redemption });
    const nobodys = await ask(route, { token: tokenOf(ours), id: NOBODYS });
    const neighbours = await ask(route, { token: tokenOf(ours, '8'), id: ours.redemption });
    expect(foreign).toEqual(nobodys);
    expect(neighbours).toEqual(nobodys);
    expect(foreign.status).toBe(404);
    expect(await stateOf(theirs)).toEqual(before);
  });
});

test('T7: names of another program in queries and bodies find nothing and move nothing there', async () => {
  const before = await stateOf(theirs);
  const named = (name: string) => declared.find((route) => route.name === name)!;
  const visit = (code: string) => ask(named('referralVisit'), { token: tokenOf(ours, '9'), body: { code } });
  expect(await visit(theirs.referral)).toEqual(await visit('NOSUCH00'));
  expect((await ask(named('join'), { token: tokenOf(ours, '9'), body: { referral: theirs.referral } })).status).toBe(
    200,
  );
  const redeemed = await ask(named('redeem'), { token: tokenOf(ours), key: 'intention-2' });
  expect(redeemed.status).toBe(200);
  const history = (query: string) => ask(named('history'), { token: tokenOf(ours), query });
  const page = JSON.parse((await ask(named('history'), { token: tokenOf(theirs), query: '?limit=1' })).text) as {
    next: string | null;
  };
  const beyond = await history(`?after=${page.next ?? '0'}`);
  for (const secret of [theirs.redemption, theirs.referral, theirs.key]) {
    for (const { text } of [redeemed, beyond, await history(''), await ask(named('member'), { token: tokenOf(ours) })])
      expect(text).not.toContain(secret);
  }
  expect(await stateOf(theirs)).toEqual(before);
});
