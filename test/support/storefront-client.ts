import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { buildApp } from '../../src/http/app.js';
import { makeLimiter } from '../../src/http/limits.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { shopifySessionToken, wooCommerceToken } from '../../src/http/storefront/proofs.js';
import { storefrontRoutes } from '../../src/http/storefront/routes.js';
import type {
  ActivitiesAnswer,
  DeedAnswer,
  FollowAnswer,
  MemberCodeAnswer,
  LeaderboardsAnswer,
  HistoryAnswer,
  HouseholdAnswer,
  HowItWorksAnswer,
  GivenAnswer,
  MayBuyAnswer,
  MemberAnswer,
  PreviewAnswer,
  ProgramAnswer,
  RedemptionAnswer,
  SendingAnswer,
  SentAnswer,
} from '../../src/http/storefront/verbs.js';
import { claimEffect } from '../../src/jobs/claim-effects.js';
import { runGroup } from '../../src/jobs/run-effects.js';
import { createLogger } from '../../src/lib/logger.js';
import { signShopper } from '../../src/platforms/woocommerce/shopper-token.js';
import { findActiveStore } from '../../src/stores/find-active-store.js';
import type { TestDatabase } from './database.js';
import type { TestService } from './service.js';

const API_KEY = 'api-key-of-the-tests';
const SECRET = 'secret-of-the-tests';

/** Who a request is from: a shop by its domain and one of its customers, null = a guest. */
export interface Asker {
  /** Shopify unless it says so. */
  platform?: 'shopify' | 'woocommerce';
  shop: string;
  customer: string | null;
  /** English unless it says so. */
  lang?: string;
}

export interface Refused {
  status: number;
  code: string;
  details: Record<string, unknown>;
}
export type Answered<T> = { ok: T; refused?: never } | { ok?: never; refused: Refused };

export interface StorefrontClient {
  howItWorks(by: Asker): Promise<Answered<HowItWorksAnswer>>;
  program(by: Asker): Promise<Answered<ProgramAnswer>>;
  member(by: Asker): Promise<Answered<MemberAnswer>>;
  history(by: Asker, page?: { after?: string; limit?: string }): Promise<Answered<HistoryAnswer>>;
  join(by: Asker, wish?: { referral?: string; order?: string }): Promise<Answered<MemberAnswer>>;
  birthday(by: Asker, monthDay: string | null): Promise<Answered<undefined>>;
  visit(by: Asker): Promise<Answered<undefined>>;
  referralVisit(by: Asker, code: string): Promise<Answered<undefined>>;
  checkIn(by: Asker, code: string): Promise<Answered<DeedAnswer>>;
  activities(by: Asker): Promise<Answered<ActivitiesAnswer>>;
  answerSurvey(by: Asker, survey: string, answers: Record<string, string[]>): Promise<Answered<DeedAnswer>>;
  follow(by: Asker, link: string): Promise<Answered<FollowAnswer>>;
  memberCode(by: Asker): Promise<Answered<MemberCodeAnswer>>;
  chooseDay(by: Asker, rule: string, day: string): Promise<Answered<DeedAnswer>>;
  leaderboards(by: Asker, show?: { top?: number; around?: number }): Promise<Answered<LeaderboardsAnswer>>;
  showName(by: Asker, name: string): Promise<Answered<{ shownAs: string }>>;
  hideName(by: Asker): Promise<Answered<undefined>>;
  stickersOfOrder(by: Asker, order: string): Promise<Answered<{ codes: string[] }>>;
  redeemStickers(
    by: Asker,
    wish: { reward: string; codes: readonly string[]; cart: unknown },
    key: string,
  ): Promise<Answered<RedemptionAnswer>>;
  preview(by: Asker, cart: unknown): Promise<Answered<PreviewAnswer>>;
  redeem(
    by: Asker,
    wish: { reward: string; points?: string; cart: unknown },
    key: string,
  ): Promise<Answered<RedemptionAnswer>>;
  redemption(by: Asker, id: string): Promise<Answered<RedemptionAnswer>>;
  undo(by: Asker, id: string): Promise<Answered<RedemptionAnswer>>;
  household(by: Asker): Promise<Answered<HouseholdAnswer>>;
  inviteToHousehold(by: Asker, to: string): Promise<Answered<undefined>>;
  acceptHousehold(by: Asker, invitation: string): Promise<Answered<HouseholdAnswer>>;
  leaveHousehold(by: Asker): Promise<Answered<HouseholdAnswer>>;
  sending(by: Asker): Promise<Answered<SendingAnswer>>;
  mayBuy(by: Asker, product: string): Promise<Answered<MayBuyAnswer>>;
  givenToCauses(by: Asker, year: number): Promise<Answered<GivenAnswer>>;
  send(by: Asker, wish: { to: string; points: string }, key: string): Promise<Answered<SentAnswer>>;
  close(): Promise<void>;
}

/** The storefront API of a service, over HTTP, spoken to with the platform's own tokens. The service's clock is its clock. */
export async function storefrontOf(db: TestDatabase, service: TestService): Promise<StorefrontClient> {
  const { loyalty, work, clock } = service;
  const verbs = makeStorefrontVerbs({
    db: db.app,
    loyalty,
    personOf: async ({ store, customer }) => (await work.platformOf(store.program, store.id)).fetchCustomer(customer),
    placed: async ({ store, customer }, id) => {
      const order = await (await work.platformOf(store.program, store.id)).fetchOrder(id);
      return order?.customer === customer ? order.placed : null;
    },
    hurry: async (effect) => {
      const taken = await claimEffect(db.app, effect, clock.now());
      if (taken) await runGroup(work, [taken]);
    },
    ringEffects: () => {},
    referralLink: ({ store }, code) => `${store.url}?ref=${code}`,
  });
  const plenty = { read: 1e6, write: 1e6, outside: 1e6, owner: 1e6, unproved: 1e6, mailbox: 1e6 };
  const app = buildApp({
    routes: storefrontRoutes(verbs),
    gate: {
      proofs: {
        query: [],
        bearer: [shopifySessionToken({ apiKey: API_KEY, secrets: [SECRET] }), wooCommerceToken(async () => [SECRET])],
      },
      findStore: findActiveStore(db.app),
      merchant: async () => null,
      owner: async () => null,
      secure: false,
      staff: { session: async () => null, fromShop: async () => null },
      limiter: makeLimiter(null, plenty),
      operatorToken: () => false,
      clock,
    },
    trustProxy: 0,
    log: createLogger('silent'),
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/storefront/v1`;
  const ask = async <T>(
    by: Asker,
    method: string,
    path: string,
    body?: unknown,
    headers = {},
  ): Promise<Answered<T>> => {
    const spoken = by.lang === undefined ? '' : `${path.includes('?') ? '&' : '?'}lang=${by.lang}`;
    const response = await fetch(`${url}${path}${spoken}`, {
      method,
      headers: {
        authorization: `Bearer ${await token(by, clock.now())}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer = text === '' ? undefined : (JSON.parse(text) as unknown);
    if (response.ok) return { ok: answer as T };
    const { error } = answer as { error: { code: string; details?: Record<string, unknown> } };
    return { refused: { status: response.status, code: error.code, details: error.details ?? {} } };
  };
  return {
    howItWorks: (by) => ask(by, 'GET', '/how-it-works'),
    program: (by) => ask(by, 'GET', '/program'),
    member: (by) => ask(by, 'GET', '/member'),
    history: (by, page = {}) => ask(by, 'GET', `/history?${new URLSearchParams(page)}`),
    join: (by, wish = {}) => ask(by, 'POST', '/join', wish),
    birthday: (by, monthDay) => ask(by, 'POST', '/birthday', { birthday: monthDay }),
    visit: (by) => ask(by, 'POST', '/visit'),
    referralVisit: (by, code) => ask(by, 'POST', '/referral-visit', { code }),
    activities: (by) => ask(by, 'GET', '/activities'),
    answerSurvey: (by, survey, answers) => ask(by, 'POST', '/survey-answer', { survey, answers }),
    follow: (by, link) => ask(by, 'POST', '/follow', { link }),
    memberCode: (by) => ask(by, 'GET', '/member-code'),
    chooseDay: (by, rule, day) => ask(by, 'POST', '/own-day', { rule, day }),
    leaderboards: (by, { top = 10, around = 2 } = {}) => ask(by, 'GET', `/leaderboards?top=${top}&around=${around}`),
    showName: (by, name) => ask(by, 'PUT', '/shown-name', { name }),
    hideName: (by) => ask(by, 'DELETE', '/shown-name'),
    stickersOfOrder: (by, order) => ask(by, 'GET', `/orders/${order}/stickers`),
    redeemStickers: (by, wish, key) => ask(by, 'POST', '/stickers/redeem', wish, { 'idempotency-key': key }),
    checkIn: (by, code) => ask(by, 'POST', '/check-in', { code }),
    preview: (by, cart) => ask(by, 'POST', '/preview', { cart }),
    redeem: (by, wish, key) => ask(by, 'POST', '/redeem', wish, { 'idempotency-key': key }),
    givenToCauses: (by, year) => ask(by, 'GET', `/causes?year=${year}`),
    mayBuy: (by, product) => ask(by, 'GET', `/may-buy?product=${product}`),
    household: (by) => ask(by, 'GET', '/household'),
    inviteToHousehold: (by, to) => ask(by, 'POST', '/household/invite', { to }),
    acceptHousehold: (by, invitation) => ask(by, 'POST', '/household/accept', { invitation }),
    leaveHousehold: (by) => ask(by, 'POST', '/household/leave'),
    sending: (by) => ask(by, 'GET', '/sending'),
    send: (by, wish, key) => ask(by, 'POST', '/send', wish, { 'idempotency-key': key }),
    redemption: (by, id) => ask(by, 'GET', `/redemptions/${id}`),
    undo: (by, id) => ask(by, 'DELETE', `/redemptions/${id}`),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As Shopify gives it to a checkout or customer-account extension, or as a WooCommerce shop signs it on its own server. */
async function token({ platform, shop, customer }: Asker, at: number): Promise<string> {
  if (platform === 'woocommerce') return signShopper({ store: shop, customer }, SECRET, at);
  const now = Math.floor(at / 1000);
  const sub = customer === null ? {} : { sub: `gid://shopify/Customer/${customer}` };
  const claims = { dest: shop, aud: API_KEY, ...sub, exp: now + 55, nbf: now - 1, iat: now - 1, jti: 'one' };
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(SECRET));
}
