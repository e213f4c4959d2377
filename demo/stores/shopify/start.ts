import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../../src/lib/clock.js';
import { API_VERSION } from '../../../src/commerce/shopify-api-version.js';
import { Faults } from '../faults.js';
import { Postman } from '../postman.js';
import { serve, type Handler, type Request } from '../serve.js';
import { shopApi, Visits } from '../shop-api.js';
import type { ShopHandle } from '../shop-handle.js';
import { PLAIN, stock } from '../shop/catalogue.js';
import type { Order, ShopSettings } from '../shop/model.js';
import {
  cancelOrder,
  changeOrder,
  completeOrder,
  deleteOrder,
  editLine,
  payOrder,
  placeOrder,
  refundOrder,
} from '../shop/orders.js';
import { EMPTY_SHOP, Shop, type ShopState } from '../shop/shop.js';
import { Storage } from '../storage.js';
import { adminApi } from './admin-api.js';
import { appProxy } from './app-proxy.js';
import { Bucket } from './cost.js';
import { rootOf } from './graphql-root.js';
import { rawNumber } from './ids.js';
import { type ReviewApp, tellReview } from './review-app.js';
import { type AppIdentity, type TokenPair, Tokens } from './tokens.js';
import { customerBody } from './webhook-bodies.js';
import { type ShopifySubscription, ShopifyWebhooks } from './webhooks.js';
import { WORDS } from './words.js';

/** Our app as this shop knows it: its credentials, its toml's webhooks and proxy. */
export interface InstalledApp extends AppIdentity {
  webhooks?: { uri: string; topics: readonly string[] };
  /** Where /apps/tallymark/* is forwarded to. */
  proxyTarget?: string;
}

export interface ShopifyStoreOptions {
  /** 0 = any free port. */
  port?: number;
  domain?: string;
  faults?: Faults;
  clock?: Clock;
  dataFolder?: string;
  settings?: Partial<ShopSettings>;
  stocked?: boolean;
  app?: InstalledApp;
  pages?: Handler;
  webhookTimeoutMs?: number;
  /** Deliveries that fail are sent again this often, this long after. */
  retries?: number;
  retryMs?: number;
  bucket?: { maximum: number; restoreRate: number };
  tokenLifeMs?: number;
  /** Gives everything ids beyond 2^53, as some real orders have. */
  hugeIds?: boolean;
}

export interface ShopifyStore extends ShopHandle {
  platform: 'shopify';
  domain: string;
  app(): AppIdentity;
  tokens: Tokens;
  webhooks: ShopifyWebhooks;
  /** Installs or changes the app; a session token of the owner then opens it. */
  install(app: InstalledApp): void;
  /** A session token as App Bridge hands it out in the admin. */
  sessionToken(claims?: Record<string, unknown>): string;
  uninstall(): void;
  destroy(order: string): Order;
  mergeCustomers(kept: string, gone: string): void;
  dispute(order: string, kind: 'INQUIRY' | 'CHARGEBACK'): string;
  settleDispute(order: string, dispute: string, status: 'WON' | 'LOST'): void;
  /** customers/data_request, customers/redact, shop/redact. */
  askPrivacy(topic: 'customers/data_request' | 'customers/redact' | 'shop/redact', customer?: string): void;
  /** Installs an app for reviews, which from then on tells of each. */
  installReviews(app: ReviewApp): void;
}

interface ShopifyMemory {
  shop: ShopState;
  subscriptions: ShopifySubscription[];
  pairs: TokenPair[];
  app: InstalledApp | null;
}

function memoryIn(folder: string | undefined): Storage<ShopifyMemory> {
  const file = folder ? join(folder, 'shopify-shop.json') : null;
  return new Storage<ShopifyMemory>(file, () => ({ shop: EMPTY_SHOP(), subscriptions: [], pairs: [], app: null }));
}

const NO_APP: InstalledApp = { key: '', secret: 'none', scopes: '' };

/** Starts a store that talks like Shopify on loopback: Admin GraphQL by the official schema, tokens, signed webhooks, app proxy. */
export async function startShopifyStore(options: ShopifyStoreOptions = {}): Promise<ShopifyStore> {
  const storage = memoryIn(options.dataFolder);
  const memory = storage.state;
  const domain = options.domain ?? 'tallymark-demo.myshopify.com';
  const clock = options.clock ?? systemClock;
  const faults = options.faults ?? new Faults();
  const postman = new Postman(faults, options.webhookTimeoutMs ?? 5_000, options.retryMs ?? 1_000);
  const changed = (): void => storage.changed();
  const app = (): InstalledApp => memory.app ?? NO_APP;
  const sender = { domain, apiVersion: API_VERSION, secret: () => app().secret, retries: options.retries ?? 8 };
  const webhooks: ShopifyWebhooks = new ShopifyWebhooks(memory.subscriptions, postman, sender, () => shop, changed);
  let reviewApp: ReviewApp | null = null;
  const first = options.hugeIds ? 9_100_000_000_000_000_000n : 7_000_000_000_000n;
  const shop: Shop = new Shop({
    settings: { ...PLAIN, name: 'Roastery (Shopify)', ...options.settings },
    clock,
    state: memory.shop,
    words: WORDS,
    idFrom: (count) => String(first + BigInt(count)),
    occurred: (it) => {
      webhooks.occurred(it);
      if (reviewApp) tellReview(it, shop, reviewApp, postman);
      changed();
    },
  });
  const tokens = new Tokens(memory.pairs, app, domain, () => clock.now(), options.tokenLifeMs);
  const visits = new Visits();
  const store: ShopifyStore = {
    ...handleOf(shop, postman, faults),
    ...appSide(shop, memory, webhooks, tokens, domain, changed),
    installReviews: (wanted) => (reviewApp = wanted),
    platform: 'shopify',
    url: '',
    domain,
    webhooks,
    tokens,
    app,
    close,
  };
  if (options.app) store.install(options.app);
  if (options.stocked ?? true) stock(shop);
  const { maximum, restoreRate } = options.bucket ?? { maximum: 2_000, restoreRate: 100 };
  const bucket = new Bucket(maximum, restoreRate, clock.now());
  const proxied = {
    domain,
    subpath: 'tallymark',
    target: () => app().proxyTarget ?? null,
    secret: () => app().secret,
    now: () => clock.now(),
    customerOf: (request: Request) => visits.customer(request),
  };
  const handlers = [
    adminApi(rootOf(shop, webhooks, domain), tokens, bucket, () => clock.now(), changed),
    tokens.handler(),
    appProxy(proxied),
    shopApi(store, visits, { shopperToken: () => null, apiBase: () => '/apps/tallymark' }, changed),
    ...(options.pages ? [options.pages] : []),
  ];
  const serving = await serve(handlers, options.port ?? 0, faults, failureName);
  async function close(): Promise<void> {
    postman.close();
    await serving.close();
    storage.flush();
  }
  store.url = serving.url;
  return store;
}

/** `POST /admin/api/2026-10/graphql.json CreateAmountOff`, so that a fault can hit one operation. */
function failureName(request: Request): string | null {
  if (!request.path.startsWith('/admin/')) return null;
  const operation = /"query":"\s*(?:\\n|\s)*(?:query|mutation)\s+(\w+)/.exec(request.body.toString())?.[1] ?? '';
  return `${request.method} ${request.path} ${operation}`;
}

type AppSide = Pick<
  ShopifyStore,
  'install' | 'sessionToken' | 'uninstall' | 'destroy' | 'mergeCustomers' | 'dispute' | 'settleDispute' | 'askPrivacy'
>;

function appSide(
  shop: Shop,
  memory: ShopifyMemory,
  webhooks: ShopifyWebhooks,
  tokens: Tokens,
  domain: string,
  changed: () => void,
): AppSide {
  return {
    install: (app) => {
      memory.app = app;
      webhooks.declare(app.webhooks?.topics ?? [], app.webhooks?.uri ?? '');
      changed();
    },
    // by the machine's clock, as the library that checks it knows no other
    sessionToken: (claims = {}) => mint(memory.app ?? NO_APP, domain, Date.now(), claims),
    uninstall: () => {
      tokens.revoke();
      webhooks.send('app/uninstalled', { id: 1, name: shop.settings.name, domain, myshopify_domain: domain });
      changed();
    },
    destroy: (order) => deleteOrder(shop, order),
    mergeCustomers: (kept, gone) => shop.mergeCustomers(kept, gone),
    dispute: (id, kind) => {
      const order = shop.order(id);
      const dispute = { id: shop.newId(), kind, status: 'NEEDS_RESPONSE' as const, at: shop.now(), finalised: null };
      order.disputes.push(dispute);
      shop.touch(order);
      shop.tell({ kind: 'dispute-changed', order, dispute: dispute.id, opened: true });
      return dispute.id;
    },
    settleDispute: (id, disputeId, status) => {
      const order = shop.order(id);
      const dispute = order.disputes.find((each) => each.id === disputeId);
      if (!dispute) return;
      Object.assign(dispute, { status, finalised: shop.now() });
      shop.touch(order);
      shop.tell({ kind: 'dispute-changed', order, dispute: disputeId, opened: false });
    },
    askPrivacy: (topic, customerId) => {
      const base = { shop_id: 1, shop_domain: domain };
      const customer = customerId ? shop.customer(customerId) : null;
      if (!customer) return webhooks.send(topic, base);
      const orders = shop.state.orders
        .filter((each) => each.customer === customer.id)
        .map((each) => rawNumber(each.id));
      const who = customerBody(customer);
      const named = { id: who.id, email: customer.email, phone: customer.phone || null };
      const asked =
        topic === 'customers/data_request'
          ? { orders_requested: orders, data_request: { id: 9999 } }
          : { orders_to_redact: orders };
      return webhooks.send(topic, { ...base, customer: named, ...asked });
    },
  };
}

function mint(app: AppIdentity, domain: string, now: number, claims: Record<string, unknown>): string {
  const seconds = Math.floor(now / 1000);
  const standard = {
    iss: `https://${domain}/admin`,
    dest: `https://${domain}`,
    aud: app.key,
    sub: '1',
    exp: seconds + 60,
    nbf: seconds - 5,
    iat: seconds - 5,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...standard, ...claims })}`;
  return `${signed}.${createHmac('sha256', app.secret).update(signed).digest('base64url')}`;
}

function handleOf(shop: Shop, postman: Postman, faults: Faults): Omit<ShopHandle, 'platform' | 'url' | 'close'> {
  return {
    shop,
    faults,
    postman,
    addProduct: (seed) => shop.addProduct(seed),
    changeProduct: (id, change) => shop.changeProduct(id, change),
    addCustomer: (person) => shop.addCustomer(person),
    changeCustomer: (id, change) => shop.changeCustomer(id, change),
    removeCustomer: (id) => shop.removeCustomer(id),
    login: (email, password) => shop.login(email, password),
    priceCart: (cart) => shop.priceCart(cart),
    placeOrder: (wish) => placeOrder(shop, wish),
    pay: (order) => payOrder(shop, order),
    complete: (order) => completeOrder(shop, order),
    // a code that was used stays used
    cancel: (order) => cancelOrder(shop, order, false),
    change: (order, change) => changeOrder(shop, order, change),
    editLine: (order, line, quantity) => editLine(shop, order, line, quantity),
    refund: (order, wish = {}) => refundOrder(shop, order, wish),
    review: (input) => shop.review(input),
    moderate: (review, status) => shop.moderate(review, status),
    settle: () => postman.settle(),
  };
}
