import type { OutboundPlatform } from '../../commerce/outbound-platform.js';
import { systemClock, type Clock } from '../../lib/clock.js';
import { type WooAccess, wooClient, type WooClientOptions } from './client.js';
import { fetchCustomer, mirrorBalances } from './customers.js';
import { createDiscount, findDiscount, killDiscount } from './discounts.js';
import { freeShippingObstacle } from './free-shipping.js';
import { fetchOrder, orderOfRefund, ordersChangedSince, type StoreMoney } from './orders.js';
import { fetchProduct, products } from './products.js';
import { fetchReview, reviewsSince } from './reviews.js';
import { ensureSubscriptions, subscriptions } from './subscriptions.js';

const NO_CREDIT = 'WooCommerce keeps no credit of customers by itself: offer money off an order instead.';

/** One WooCommerce shop, as the loyalty side speaks to it. */
export function wooPlatform(access: WooAccess, store: StoreMoney, options: WooClientOptions): OutboundPlatform {
  const client = wooClient(access, options);
  const clock: Clock = options.clock ?? systemClock;
  return {
    name: 'woocommerce',
    can: new Set(['amount-off', 'percent-off', 'free-shipping', 'reviews']),
    readsBackMs: Infinity,
    fetchOrder: (id) => fetchOrder(client, store, id),
    orderOfRefund: (refund) => orderOfRefund(client, refund),
    fetchCustomer: (id) => fetchCustomer(client, id),
    ordersChangedSince: (since, cursor) => ordersChangedSince(client, store, since, cursor),
    fetchProduct: (id) => fetchProduct(client, id),
    products: (cursor) => products(client, cursor),
    reviewsSince: (since, cursor) => reviewsSince(client, since, cursor, clock.now()),
    fetchReview: (id) => fetchReview(client, id, clock.now()),
    obstacles: async (of) => {
      const why = of.includes('free-shipping') ? await freeShippingObstacle(client) : null;
      return {
        ...(why === null ? {} : { 'free-shipping': why }),
        ...(of.includes('store-credit') ? { 'store-credit': NO_CREDIT } : {}),
      };
    },
    createDiscount: (order) => createDiscount(client, order, clock.now()),
    findDiscount: (code) => findDiscount(client, code, clock.now()),
    killDiscount: (code) => killDiscount(client, code),
    mirrorBalances: (balances) => mirrorBalances(client, store, balances),
    subscriptions: () => subscriptions(client),
    ensureSubscriptions: (url, secret) => ensureSubscriptions(client, url, secret),
  };
}
