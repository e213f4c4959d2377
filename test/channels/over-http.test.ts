import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { signedQuery } from '../../demo/stores/shopify/app-proxy.js';
import type { Service } from '../../extensions/shared/service.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { shopifyProxy } from '../../src/http/storefront/proofs.js';
import { storefrontRoutes } from '../../src/http/storefront/routes.js';
import { shopifyApp } from '../../src/platforms/shopify/app.js';
import { findActiveStore } from '../../src/stores/find-active-store.js';
import type { PreviewAnswer } from '../../src/http/storefront/verbs.js';
import { servingExtensions, type ServingExtensions } from '../extensions/serving-extensions.js';
import { aGate, serving, type Serving } from '../http/serving.js';
import { testDatabase } from '../support/database.js';
import { anOrder, type World, type Worlds, worldsOn } from '../support/world.js';
import { aCart, pageCart, php, programOf, rules, tellingCart, themeCart, wooCarts } from './told-carts.js';

/**
 * T13, T15: the same carts over HTTP, each on the way that its channel takes with the proof that the platform gives it: the
 * page and the server of a WooCommerce shop (block and classic checkout) by the shop's token, Shopify's theme through the app
 * proxy, its checkout by a session token, its till by the staff's. One member of two shops, one ledger, one answer.
 * CARTS=2000 asks all of those that test/channels/one-answer asks without the way.
 */
const CARTS = Number(process.env['CARTS'] ?? 60);
const PROGRAMS = 3;
const TIME = 30_000 + CARTS * 500;
const SECRET = 'secret-of-the-proxy';
const PERSON = { email: 'ana@example.test', emailVerified: true };
const db = testDatabase();
let worlds: Worlds;
let extensions: ServingExtensions;
let theme: Serving;

beforeAll(async () => {
  worlds = await worldsOn(db);
  worlds.service.clock.set(Date.now());
  extensions = await servingExtensions(db, worlds.service);
  const verbs = makeStorefrontVerbs({
    db: db.app,
    loyalty: worlds.service.loyalty,
    personOf: async () => null,
    placed: async () => null,
    hurry: async () => undefined,
    ringEffects: () => undefined,
    referralLink: ({ store }, code) => `${store.url}?ref=${code}`,
  });
  const app = shopifyApp({ apiKey: 'key', apiSecret: SECRET, previousSecret: null }, 'localhost');
  const plenty = { read: 1e6, write: 1e6, unproved: 1e6, outside: 1e6 };
  const proofs = { query: [shopifyProxy(app)], bearer: [] };
  theme = await serving(storefrontRoutes(verbs), aGate({ proofs, findStore: findActiveStore(db.app) }, plenty));
});
afterAll(async () => {
  await Promise.all([theme.close(), extensions.close()]);
  await worlds.stop();
});

/** The two shops of a program, with one member who has collected in one of them. */
async function shopsOf(drawn: Parameters<typeof programOf>[0], cents: number): Promise<{ shop: World; woo: string }> {
  const shop = await worlds.make(programOf(drawn).rules);
  await shop.joins('501', PERSON);
  const woo = await worlds.service.store(shop.program, 'woocommerce');
  await worlds.service.member(shop.program, woo.id, '77', PERSON);
  const at = worlds.service.clock.now();
  await shop.has(anOrder({ id: '4711', customer: '501', cents, placed: at, at }));
  return { shop, woo: woo.key };
}

async function throughProxy({ store }: World, cart: unknown): Promise<PreviewAnswer> {
  const added = {
    ...{ shop: store.key, logged_in_customer_id: '501', path_prefix: '/apps/tallymark' },
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const answer = await fetch(
    `${theme.url}/storefront/v1/preview?${signedQuery(new URLSearchParams(), added, SECRET)}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cart }),
    },
  );
  return (await answer.json()) as PreviewAnswer;
}

/** An extension waits 1.5 s for what it reads, then says so; here it is a busy machine, and asks again after a while. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let wait = 100; ; wait *= 2)
    try {
      return await ask();
    } catch (error) {
      // the browser's kind of error is none of this realm's
      if (wait > 30_000 || (error as Error).name !== 'TimeoutError') throw error;
      await new Promise((done) => setTimeout(done, wait));
    }
}

const told = ({ earn, earnSentence, redeem }: PreviewAnswer) => JSON.stringify({ earn, earnSentence, redeem });
type ServiceCart = Parameters<Service['preview']>[0];

(php ? describe : describe.skip)('T13, T15: one answer over HTTP, on the way of each channel', () => {
  const programs = fc.sample(rules, { numRuns: PROGRAMS, seed: 20_261_123 });
  const sales = fc
    .sample(aCart, { numRuns: CARTS, seed: 20_261_122 })
    // gift cards are told apart by some channels alone (test/channels/one-answer)
    .map((sale) => ({ ...sale, items: sale.items.map((item) => ({ ...item, gift: false })) }));
  const ofWoo = php ? wooCarts(sales) : [];

  test.each(programs.map((drawn, n) => [n, drawn] as const))(
    'program %i',
    async (n, drawn) => {
      const { shop, woo } = await shopsOf(drawn, 150_000);
      const [page, checkout, till] = [
        (cart: unknown) => worlds.storefront.preview({ platform: 'woocommerce', shop: woo, customer: '77' }, cart),
        extensions.atCheckout(shop.store.key, '501'),
        extensions.atTill(shop.store.key, '501'),
      ];
      let offered = 0;
      for (const [i, sale] of sales.entries()) {
        if (i % PROGRAMS !== n) continue;
        worlds.service.clock.set(Date.now());
        const asked: Record<string, Promise<PreviewAnswer | undefined>> = {
          page: page(pageCart(sale)).then(({ ok }) => ok),
          'WooCommerce’s server': page(ofWoo[i]).then(({ ok }) => ok),
          checkout: patiently(() => checkout.preview(tellingCart(sale, false) as ServiceCart)),
          till: patiently(() => till.preview(tellingCart(sale, true) as ServiceCart)),
          // a theme knows no taxes that are added at the checkout
          ...((sale.included || sale.taxPercent === 0) && { theme: throughProxy(shop, themeCart(sale)) }),
        };
        const answers = await Promise.all(Object.values(asked));
        const said = Object.keys(asked).map((channel, at) => [channel, answers[at] && told(answers[at])]);
        const [[, first] = []] = said;
        expect([i, said]).toEqual([i, said.map(([channel]) => [channel, first])]);
        if (answers[0]?.redeem.some(({ points }) => points !== '0')) offered += 1;
      }
      expect(offered).toBeGreaterThan(CARTS / PROGRAMS / 4);
    },
    TIME,
  );
});
