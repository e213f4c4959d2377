import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock, type Clock } from '../../../src/lib/clock.js';
import { signShopper } from '../../../src/platforms/woocommerce/shopper-token.js';
import { Faults } from '../faults.js';
import { Postman } from '../postman.js';
import { serve, type Handler } from '../serve.js';
import { shopApi, Visits } from '../shop-api.js';
import type { ShopHandle } from '../shop-handle.js';
import { PLAIN, stock } from '../shop/catalogue.js';
import type { Order, OrderStatus, Refund, ShopSettings } from '../shop/model.js';
import {
  cancelOrder,
  changeOrder,
  completeOrder,
  deleteOrder,
  deleteRefund,
  editLine,
  payOrder,
  placeOrder,
  refundOrder,
  restoreOrder,
  trashOrder,
} from '../shop/orders.js';
import { EMPTY_SHOP, Shop, type ShopState } from '../shop/shop.js';
import { Storage } from '../storage.js';
import { type ShopUser, wooRest } from './rest.js';
import { setStatus } from './rest-orders.js';
import type { RestKey } from './rest-auth.js';
import { standingOf } from './standing-perks.js';
import { wooStoreApi } from './store-api.js';
import { type Hook, WooWebhooks } from './webhooks.js';
import { WORDS } from './words.js';

export interface WooStoreOptions {
  /** 0 = any free port. */
  port?: number;
  faults?: Faults;
  clock?: Clock;
  /** Where the shop's memory is kept between starts; nowhere when absent. */
  dataFolder?: string;
  settings?: Partial<ShopSettings>;
  /** Regular customers and products at the first start; true unless told otherwise. */
  stocked?: boolean;
  keys?: readonly RestKey[];
  /** WooCommerce's id of the installation, which a copy of a site has too. */
  storeId?: string;
  /** How our service knows this store, and the secret it shares with it for shopper tokens. */
  loyalty?: { store: string; shopperSecret: string; apiBase: string };
  /** Pages and whatever else is served from the same address. */
  pages?: Handler;
  webhookTimeoutMs?: number;
}

export interface WooStore extends ShopHandle {
  platform: 'woocommerce';
  keys: readonly RestKey[];
  storeId: string;
  webhooks: WooWebhooks;
  setStatus(order: string, status: OrderStatus): Order;
  /** Sets the status `refunded`: a refund entry of the rest, no lines, no money moved. */
  refundByStatus(order: string): Order;
  deleteRefund(order: string, refund: string): Refund;
  trash(order: string): Order;
  restore(order: string): Order;
  /** Deletes without the trash. */
  destroy(order: string): Order;
  removeReview(review: string): void;
  /** Where the service is, known only after it has started too. */
  connect(loyalty: { store: string; shopperSecret: string; apiBase: string }): void;
  shopperToken(customer: string | null): string | null;
  /** The companion plugin begins to connect with this one-time token; null = it is done. */
  connecting(token: string | null, person?: ShopUser): void;
  /** The companion plugin sends somebody to the desk with this one-time token. */
  sendToDesk(token: string, person: ShopUser): void;
}

interface WooMemory {
  shop: ShopState;
  hooks: Hook[];
  keys: RestKey[];
  storeId: string;
  loyalty: { store: string; shopperSecret: string; apiBase: string } | null;
}

const newKey = (): RestKey => ({
  key: `ck_${randomBytes(20).toString('hex')}`,
  secret: `cs_${randomBytes(20).toString('hex')}`,
  permissions: 'read_write',
});

/** Starts a store that talks like WooCommerce 11.0 on loopback: REST wc/v3, Store API, signed webhooks, a JSON API for pages. */
export async function startWooStore(options: WooStoreOptions = {}): Promise<WooStore> {
  const file = options.dataFolder ? join(options.dataFolder, 'woocommerce-shop.json') : null;
  const keys = [...(options.keys ?? [newKey()])];
  const storage = new Storage<WooMemory>(file, () => ({
    shop: EMPTY_SHOP(),
    hooks: [],
    keys,
    storeId: options.storeId ?? randomUUID(),
    loyalty: null,
  }));
  const memory = storage.state;
  if (options.loyalty) memory.loyalty = options.loyalty;
  const faults = options.faults ?? new Faults();
  const postman = new Postman(faults, options.webhookTimeoutMs ?? 60_000, 0);
  const changed = (): void => storage.changed();
  let home = '';
  const plugin = companionPlugin();
  const shop: Shop = new Shop({
    settings: { ...PLAIN, name: 'Roastery (WooCommerce)', halfDown: true, ...options.settings },
    clock: options.clock ?? systemClock,
    state: memory.shop,
    words: WORDS,
    standing: standingOf,
    idFrom: String,
    occurred: (it) => {
      webhooks.occurred(it);
      changed();
    },
  });
  const webhooks = new WooWebhooks(memory.hooks, postman, () => ({ shop, home }), changed);
  if (options.stocked ?? true) stock(shop);
  const visits = new Visits();
  const shopperToken = (customer: string | null): string | null =>
    memory.loyalty && signShopper({ store: memory.loyalty.store, customer }, memory.loyalty.shopperSecret, shop.now());
  const handle = handleOf(shop, webhooks, postman, faults, memory);
  const store: WooStore = {
    ...handle,
    url: '',
    connect: (loyalty) => {
      memory.loyalty = loyalty;
      changed();
    },
    shopperToken,
    connecting: plugin.connecting,
    sendToDesk: plugin.sendToDesk,
    close: async () => {
      postman.close();
      await serving.close();
      storage.flush();
    },
  };
  const part = { shopperToken, apiBase: () => memory.loyalty?.apiBase ?? '' };
  const handlers = [
    wooRest({
      ...{ shop, webhooks, storeId: memory.storeId, keys: memory.keys, changed },
      home: () => home,
      connecting: plugin.attempt,
      visitor: plugin.visitor,
    }),
    wooStoreApi(shop, (request) => visits.customer(request)),
    shopApi(store, visits, part, changed),
    ...(options.pages ? [options.pages] : []),
  ];
  const serving = await serve(handlers, options.port ?? 0, faults, (request) =>
    request.path.startsWith('/wp-json/wc/v3/') ? `${request.method} ${request.path}?${request.search}` : null,
  );
  home = serving.url;
  store.url = serving.url;
  return store;
}

/** What the companion plugin keeps for a moment: the attempt to connect, and whom it sent to the desk. */
function companionPlugin() {
  let attempt: { token: string; person?: ShopUser } | null = null;
  const sent = new Map<string, ShopUser>();
  return {
    connecting: (token: string | null, person?: ShopUser) =>
      void (attempt = token === null ? null : { token, ...(person ? { person } : {}) }),
    attempt: () => attempt,
    sendToDesk: (token: string, person: ShopUser) => void sent.set(token, person),
    visitor: (token: string) => {
      const person = sent.get(token) ?? null;
      sent.delete(token);
      return person;
    },
  };
}

function handleOf(
  shop: Shop,
  webhooks: WooWebhooks,
  postman: Postman,
  faults: Faults,
  memory: WooMemory,
): Omit<WooStore, 'connect' | 'shopperToken' | 'connecting' | 'sendToDesk' | 'close'> {
  return {
    platform: 'woocommerce',
    url: '',
    shop,
    faults,
    postman,
    webhooks,
    keys: memory.keys,
    storeId: memory.storeId,
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
    cancel: (order) => cancelOrder(shop, order, true),
    change: (order, change) => changeOrder(shop, order, change),
    editLine: (order, line, quantity) => editLine(shop, order, line, quantity),
    refund: (order, wish = {}) => refundOrder(shop, order, wish),
    review: (input) => shop.review(input),
    moderate: (review, status) => shop.moderate(review, status),
    setStatus: (order, status) => setStatus(shop, shop.order(order), status),
    refundByStatus: (order) => setStatus(shop, shop.order(order), 'refunded'),
    deleteRefund: (order, refund) => deleteRefund(shop, order, refund),
    trash: (order) => trashOrder(shop, order),
    restore: (order) => restoreOrder(shop, order),
    destroy: (order) => deleteOrder(shop, order),
    removeReview: (review) => void shop.removeReview(review),
    settle: () => postman.settle(),
  };
}
