import type { OutboundPlatform } from '../../commerce/outbound-platform.js';
import { systemClock, type Clock } from '../../lib/clock.js';
import type { ShopifyApp } from './app.js';
import { shopifyClient, type ShopifyStore } from './client.js';
import { fetchCustomer, mirrorBalances } from './customers.js';
import { createDiscount, findDiscount, killDiscount } from './discounts.js';
import { fetchOrder, orderOfRefund, ordersChangedSince } from './orders.js';
import { fetchProduct, products } from './products.js';
import { TOPICS, ensureSubscriptions, subscriptions } from './subscriptions.js';

/**
 * `read_orders` sees 60 days; more takes `read_all_orders`, which Shopify grants on request only. A day is left for clocks
 * that differ: an order just out of sight must not be taken for deleted.
 */
const READS_BACK_MS = 59 * 24 * 3_600_000;

/** One Shopify shop, as the loyalty side speaks to it. Reviews there belong to other apps, which tell us themselves. */
export function shopifyPlatform(app: ShopifyApp, store: ShopifyStore, clock: Clock = systemClock): OutboundPlatform {
  const client = shopifyClient(app, store, clock);
  return {
    name: 'shopify',
    can: new Set(['amount-off', 'percent-off', 'free-shipping']),
    readsBackMs: READS_BACK_MS,
    fetchOrder: (id) => fetchOrder(client, id),
    orderOfRefund: (refund) => orderOfRefund(client, refund),
    fetchCustomer: (id) => fetchCustomer(client, id),
    ordersChangedSince: (since, cursor) => ordersChangedSince(client, since, cursor),
    fetchProduct: (id) => fetchProduct(client, id),
    products: (cursor) => products(client, cursor),
    reviewsSince: async () => ({ items: [], next: null }),
    fetchReview: async () => null,
    // a free-shipping discount works on whatever rate the shop has
    obstacles: async () => ({}),
    createDiscount: (order) => createDiscount(client, order, clock.now()),
    findDiscount: (code) => findDiscount(client, code, clock.now()),
    killDiscount: (code) => killDiscount(client, code),
    mirrorBalances: (balances) => mirrorBalances(client, balances),
    subscriptions: () => subscriptions(client),
    ensureSubscriptions: (url) => ensureSubscriptions(client, url, app.declaresWebhooks ? [] : TOPICS),
  };
}
