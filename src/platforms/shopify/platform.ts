import type { BalanceMirror, OutboundPlatform } from '../../commerce/outbound-platform.js';
import { systemClock, type Clock } from '../../lib/clock.js';
import type { ShopifyApp } from './app.js';
import { shopifyClient, type ShopifyStore } from './client.js';
import { creditObstacle, findCredit, findCredits, giveCredit } from './credits.js';
import { fetchCustomer, mirrorBalances } from './customers.js';
import { createDiscount, findDiscount, killDiscount } from './discounts.js';
import { fetchOrder, orderOfRefund, ordersChangedSince } from './orders.js';
import { keepPerkDiscount, perksKey } from './perks.js';
import { writePerks } from './perks-note.js';
import { fetchProduct, products } from './products.js';
import { TOPICS, ensureSubscriptions, subscriptions } from './subscriptions.js';

/**
 * `read_orders` sees 60 days; more takes `read_all_orders`, which Shopify grants on request only. A day is left for clocks
 * that differ: an order just out of sight must not be taken for deleted.
 */
const READS_BACK_MS = 59 * 24 * 3_600_000;

/** One Shopify shop, as the loyalty side speaks to it. Reviews there belong to other apps, which tell us themselves. */
export function shopifyPlatform(
  app: ShopifyApp,
  store: ShopifyStore & { money: { code: string; exponent: number } },
  clock: Clock = systemClock,
): OutboundPlatform {
  const client = shopifyClient(app, store, clock);
  const noteOf = ({ customer, perks }: BalanceMirror) =>
    perks ? writePerks({ customer, money: store.money, ...perks }, perksKey(app, store.shop)) : null;
  return {
    name: 'shopify',
    can: new Set(['amount-off', 'percent-off', 'free-shipping', 'store-credit']),
    readsBackMs: READS_BACK_MS,
    fetchOrder: (id) => fetchOrder(client, id),
    orderOfRefund: (refund) => orderOfRefund(client, refund),
    fetchCustomer: (id) => fetchCustomer(client, id),
    ordersChangedSince: (since, cursor) => ordersChangedSince(client, since, cursor),
    fetchProduct: (id) => fetchProduct(client, id),
    products: (cursor) => products(client, cursor),
    reviewsSince: async () => ({ items: [], next: null }),
    fetchReview: async () => null,
    // codes work in every shop, a free-shipping one on whatever rate it has; store credit is the owner's to switch on
    obstacles: async (of) => {
      const why = of.includes('store-credit') ? await creditObstacle(client) : null;
      return why === null ? {} : { 'store-credit': why };
    },
    createDiscount: (order) => createDiscount(client, order, clock.now()),
    findDiscount: (code) => findDiscount(client, code, clock.now()),
    killDiscount: (code) => killDiscount(client, code),
    mirrorBalances: (balances) => mirrorBalances(client, balances, noteOf),
    keepPerks: (tags) => keepPerkDiscount(client, perksKey(app, store.shop), tags, clock.now()),
    giveCredit: (order) => giveCredit(client, order),
    findCredit: (order) => findCredit(client, order),
    findCredits: (orders) => findCredits(client, orders),
    subscriptions: () => subscriptions(client),
    ensureSubscriptions: (url) => ensureSubscriptions(client, url, app.declaresWebhooks ? [] : TOPICS),
  };
}
