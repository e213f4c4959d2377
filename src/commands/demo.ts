import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type PagesOptions, shopPages } from '../../demo/storefront/pages.js';
import { KNIT_SHOP, ROASTERY, stock } from '../../demo/storefront/shelves.js';
import { KNIT_SKIN, ROASTERY_SKIN } from '../../demo/storefront/skins.js';
import { serveStartPage } from '../../demo/storefront/start-page.js';
import type { Answer } from '../../demo/stores/serve.js';
import { startShopifyStore } from '../../demo/stores/shopify/start.js';
import { startWooStore } from '../../demo/stores/woocommerce/start.js';
import { type Config, type ShopifyApp, packageFolder } from '../config.js';
import { inTransaction } from '../db/database.js';
import type { Foundation } from '../foundation.js';
import { describeShop } from '../platforms/woocommerce/connect.js';
import { signShopper } from '../platforms/woocommerce/shopper-token.js';
import type { Clock } from '../lib/clock.js';
import type { Product } from '../product.js';
import { connectReviews } from '../stores/connect-reviews.js';
import { addStaff, listStaff } from '../staff/people.js';
import { makeSignInLink } from '../staff/sign-in.js';
import { shopsOfInstallation } from '../stores/known-shop.js';
import { registerWooStore } from '../stores/register-woocommerce.js';
import { readSecrets } from '../stores/secrets.js';

/** The credentials of the demo's own app at the demo's own Shopify; worth nothing anywhere else. */
export const DEMO_APP: ShopifyApp = {
  apiKey: 'demo-app',
  apiSecret: 'shpss_demo_on_loopback',
  previousSecret: null,
  declaresWebhooks: false,
};
export const DEMO_DOMAIN = 'tallymark-demo.myshopify.com';
const SCOPES =
  'read_orders,read_products,read_customers,write_customers,read_discounts,write_discounts,write_app_proxy';
/** What a service does all the time, and has not slept through when days pass: Shopify lets in nobody who is silent for 90. */
const ALL_THE_TIME = new Set(['points-due', 'reservations', 'subscriptions', 'levels']);
const PORTS = { start: 4080, woocommerce: 4081, shopify: 4082 };

/** What the demo adds to a configuration: an app at its Shopify, and stores on loopback that may be called. */
export function demoConfig(config: Config): Config {
  // its Shopify has read no shopify.app.toml
  const shopify = { ...(config.shopify ?? DEMO_APP), declaresWebhooks: false };
  return { ...config, shopify, allowPrivateStores: true };
}

export interface DemoOptions {
  say(line: string): void;
  /** Where the service answers. */
  door: string;
  clock: Clock;
  /** Sets the time forward, the service's and its database's. */
  passDays(days: number): Promise<void>;
  /** Told where the demo's Shopify listens, once it does. */
  shopifyIsAt(url: string): void;
}

/** Starts the demo's two shops with their storefronts, connects them to the service the way an owner would, and says what to try. */
export async function startDemo(foundation: Foundation, product: Product, options: DemoOptions): Promise<void> {
  const { releasers } = foundation;
  const assets = join(packageFolder(), 'dist/demo');
  let startUrl: string | null = null;
  const passDays = async (days: number) => {
    await options.passDays(days);
    for (const { name, run } of product.schedules) if (ALL_THE_TIME.has(name)) await run(new AbortController().signal);
  };
  const shared = { service: () => options.door, start: () => startUrl, passDays, assets };
  const { woo, key: wooKey } = await openWoo(foundation, product, options, shared);
  releasers.add('demo store (WooCommerce)', () => woo.close());
  options.say(`the coffee roaster (WooCommerce) is open at ${woo.url}`);
  const shopify = await openShopify(foundation, product, options, shared);
  releasers.add('demo store (Shopify)', () => shopify.close());
  options.say(`the yarn shop (Shopify) is open at ${shopify.url}`);
  const shops = [
    { platform: 'woocommerce', key: wooKey },
    { platform: 'shopify', key: DEMO_DOMAIN },
  ];
  const facts = () => ({
    shops: [
      { skin: ROASTERY_SKIN, url: woo.url, sku: 'YIRGACHEFFE' },
      { skin: KNIT_SKIN, url: shopify.url, sku: 'WOOL' },
    ],
    service: options.door,
  });
  const desk = (shop: number) => deskLink(foundation, product, { ...options, shops }, shop);
  const start = await onFreePort(PORTS.start, (port) => serveStartPage(port, { facts, assets, desk }));
  releasers.add('start page', () => start.close());
  startUrl = start.url;
  for (const line of summary(start.url, options.door)) options.say(line);
}

type SharedPages = Pick<PagesOptions, 'service' | 'start' | 'passDays' | 'assets'>;

async function openWoo(foundation: Foundation, product: Product, { door, clock }: DemoOptions, shared: SharedPages) {
  const { config, databases } = foundation;
  const api = `${door}/storefront/v1`;
  const howItWorks = (lang: string) => {
    const guest = signShopper({ store: store.key, customer: null }, shopperSecret, clock.now());
    return pageOfService(`${api}/how-it-works/page?lang=${lang}`, { authorization: `Bearer ${guest}` });
  };
  const pages = shopPages({ ...shared, shop: () => woo.shop, skin: ROASTERY_SKIN, api: () => api, howItWorks });
  const dataFolder = join(config.dataDir, 'stores');
  const settings = { name: ROASTERY_SKIN.name };
  const woo = await onFreePort(PORTS.woocommerce, (port) =>
    startWooStore({ port, clock, dataFolder, settings, stocked: false, pages }),
  );
  stock(woo.shop, ROASTERY);
  const [key] = woo.keys;
  const keys = { consumerKey: key?.key ?? '', consumerSecret: key?.secret ?? '' };
  const shop = await describeShop({ url: woo.url, ...keys }, { guard: { allowPrivate: true }, clock });
  const parts = { db: databases.app, keys: config.keys, connected: product.connected };
  // its port may be another today
  const [before] = await shopsOfInstallation(databases.app, shop.storeId);
  const arrival = { url: woo.url, keys, shop, now: clock.now(), name: ROASTERY_SKIN.name };
  const store = await registerWooStore(parts, { ...arrival, ...(before ? { key: before.key } : {}) });
  const [shopperSecret = ''] = await inTransaction(databases.app, { programs: [store.program] }, (tx) =>
    readSecrets(tx, store.id, 'shopper', config.keys),
  );
  woo.connect({ store: store.key, shopperSecret, apiBase: api });
  return { woo, key: store.key };
}

async function openShopify(foundation: Foundation, product: Product, options: DemoOptions, shared: SharedPages) {
  const { config } = foundation;
  const { door, clock } = options;
  const app = config.shopify ?? DEMO_APP;
  const howItWorks = (lang: string) => pageOfService(`${shopify.url}/apps/tallymark/how-it-works/page?lang=${lang}`);
  const pages = shopPages({
    ...{ ...shared, shop: () => shopify.shop, skin: KNIT_SKIN, api: () => '/apps/tallymark', howItWorks },
  });
  const shopify = await onFreePort(PORTS.shopify, (port) =>
    startShopifyStore({
      port,
      clock,
      domain: DEMO_DOMAIN,
      dataFolder: join(config.dataDir, 'stores'),
      settings: { name: KNIT_SKIN.name },
      stocked: false,
      app: { key: app.apiKey, secret: app.apiSecret, scopes: SCOPES, proxyTarget: `${door}/storefront/v1` },
      pages,
    }),
  );
  stock(shopify.shop, KNIT_SHOP);
  options.shopifyIsAt(shopify.url);
  await product.installShopify({ shop: DEMO_DOMAIN, sessionToken: shopify.sessionToken(), now: clock.now() });
  const store = await product.findStore('shopify', DEMO_DOMAIN);
  if (store) {
    const secret = randomBytes(24).toString('hex');
    const parts = { db: foundation.databases.app, keys: config.keys };
    shopify.installReviews({ url: door + (await connectReviews(parts, store, 'judgeme', secret)), secret });
  }
  return shopify;
}

const OWNER = { email: 'owner@shop.example', name: 'Kari Owner', role: 'owner', locale: 'en' } as const;

/** A way into a shop's desk for whoever sits at this machine: the demo is on loopback alone. */
async function deskLink(
  { databases }: Foundation,
  product: Product,
  { door, clock, shops }: DemoOptions & { shops: readonly { platform: string; key: string }[] },
  shop: number,
): Promise<string | null> {
  const { platform, key } = shops[shop] ?? { platform: '', key: '' };
  const store = await product.findStore(platform, key);
  if (!store) return null;
  const token = await inTransaction(databases.app, { programs: [store.program] }, async (tx) => {
    const { program } = store;
    const owner = (await listStaff(tx, program)).find(({ email }) => email === OWNER.email);
    return makeSignInLink(tx, program, (owner ?? (await addStaff(tx, program, OWNER, 'demo'))).id, clock.now());
  });
  return `${door}/admin/enter#${token}`;
}

/** A page of the service's, fetched by the shop's own server on behalf of a guest. */
async function pageOfService(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await fetch(url, { headers });
  const policy = answer.headers.get('content-security-policy');
  return {
    status: answer.status,
    headers: {
      'content-type': answer.headers.get('content-type') ?? 'text/html',
      ...(policy !== null && { 'content-security-policy': policy }),
    },
    body: await answer.text(),
  };
}

/** The usual port, or any free one when somebody else has it. */
async function onFreePort<T>(port: number, open: (port: number) => Promise<T>): Promise<T> {
  try {
    return await open(port);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return open(0);
    throw error;
  }
}

function summary(start: string, door: string): string[] {
  return [
    '',
    `  Open ${start}`,
    '',
    '  Try: sign in as Ana and join, buy a bag of coffee, see the points and why they came;',
    '       use points in the cart, pay, then return one item in the owner’s corner;',
    '       share the link of the account page and buy with it as somebody else;',
    '       open a shop’s desk from the start page, as its owner.',
    '',
    `  The service itself: ${door} (/ready says whether all of it answers). Ctrl-C ends everything; npm start goes on`,
    '  from there, npm start -- --reset begins anew.',
  ];
}
