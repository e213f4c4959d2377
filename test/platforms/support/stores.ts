import { Faults } from '../../../demo/stores/faults.js';
import type { ShopHandle } from '../../../demo/stores/shop-handle.js';
import { startShopifyStore, type ShopifyStore, type ShopifyStoreOptions } from '../../../demo/stores/shopify/start.js';
import { startWooStore, type WooStore, type WooStoreOptions } from '../../../demo/stores/woocommerce/start.js';
import type { OutboundPlatform } from '../../../src/commerce/outbound-platform.js';
import { systemClock } from '../../../src/lib/clock.js';
import { platformFor } from '../../../src/platforms/registry.js';
import { shopifyApp, type ShopifyApp } from '../../../src/platforms/shopify/app.js';
import { exchangeToken, type ShopifyTokens, type TokenVault } from '../../../src/platforms/shopify/tokens.js';

export const EUR = { code: 'EUR', exponent: 2 };
export const APP = { apiKey: 'app-key', apiSecret: 'hush-hush-hush-hush', previousSecret: null };

/** A store of either platform, with our client connected to it. `breakAccess` makes the store forget us. */
export interface Connected<S extends ShopHandle = ShopHandle> {
  store: S;
  platform: OutboundPlatform;
  faults: Faults;
  breakAccess(): void;
  /** Matches the API call that creates a discount, for faults. */
  creating: RegExp;
  /** The ids that the platform gives an order and a customer. */
  close(): Promise<void>;
}

export async function connectWoo(options: WooStoreOptions = {}, timeoutMs = 1_500): Promise<Connected<WooStore>> {
  const faults = options.faults ?? new Faults();
  const store = await startWooStore({ ...options, faults });
  const [key] = store.keys;
  if (!key) throw new Error('the store made no key');
  const access = { url: store.url, consumerKey: key.key, consumerSecret: key.secret };
  const context = { shopify: null, guard: { allowPrivate: true }, clock: options.clock ?? systemClock, timeoutMs };
  const platform = platformFor({ platform: 'woocommerce', money: EUR, access }, context);
  return {
    store,
    platform,
    faults,
    creating: /^POST \/wp-json\/wc\/v3\/coupons/,
    breakAccess: () => (store.keys as unknown[]).splice(0),
    close: () => store.close(),
  };
}

/** Tokens in memory, with the lock that a database row is in production. */
export function memoryVault(): TokenVault & { tokens: ShopifyTokens | null } {
  let queue: Promise<unknown> = Promise.resolve();
  const vault = {
    tokens: null as ShopifyTokens | null,
    load: async () => vault.tokens,
    save: async (tokens: ShopifyTokens) => {
      vault.tokens = tokens;
    },
    exclusively: <T>(work: () => Promise<T>): Promise<T> => {
      const mine = queue.then(work, work);
      queue = mine.catch(() => undefined);
      return mine;
    },
  };
  return vault;
}

export interface ConnectedShopify extends Connected<ShopifyStore> {
  app: ShopifyApp;
  vault: ReturnType<typeof memoryVault>;
}

export async function connectShopify(options: ShopifyStoreOptions = {}, timeoutMs = 1_500): Promise<ConnectedShopify> {
  const faults = options.faults ?? new Faults();
  const installed = { key: APP.apiKey, secret: APP.apiSecret, scopes: 'read_orders,write_discounts' };
  const store = await startShopifyStore({ app: installed, ...options, faults });
  const app = shopifyApp(APP, 'localhost', { timeoutMs, standIn: () => store.url });
  const vault = memoryVault();
  vault.tokens = await exchangeToken(app, store.domain, store.sessionToken());
  const context = { shopify: app, guard: { allowPrivate: true }, clock: options.clock ?? systemClock };
  const platform = platformFor({ platform: 'shopify', money: EUR, shop: store.domain, vault }, context);
  return {
    store,
    platform,
    faults,
    app,
    vault,
    creating: /CreateAmountOff|CreateFreeShipping/,
    breakAccess: () => store.tokens.revoke(),
    close: () => store.close(),
  };
}
