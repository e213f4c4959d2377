import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ShopHandle } from '../../demo/stores/shop-handle.js';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { inTransaction } from '../../src/db/database.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { reconcileProducts } from '../../src/jobs/reconcile-products.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import { programRules } from '../../src/rules/program-rules.js';
import { connectShopify, connectWoo } from '../platforms/support/stores.js';
import { testDatabase } from '../support/database.js';
import { APP_SECRET, PLAIN_RULES, TestClock, type TestService, WOO_SECRET, startService } from '../support/service.js';

const HOUR = 3_600_000;
/** Three points a euro for coffee, one for everything else. */
const COFFEE_RULES = programRules.parse({
  ...PLAIN_RULES,
  joining: undefined,
  reviews: { gives: 7 },
  earning: [
    { id: 'coffee', kind: 'rate', points: '3', per: 100, where: { categories: ['coffee'] } },
    { id: 'base', kind: 'rate', points: '1', per: 100 },
  ],
});

const db = testDatabase();
const clock = new TestClock(Date.now());
const shops = new Map<string, Shop>();
let service: TestService;

/** A demo store that sends its webhooks to the service, and whose products the service may ask for. */
interface Shop {
  store: ShopHandle;
  program: string;
  id: string;
  member: string;
  customer: string;
  /** Products that were asked for one by one. */
  asked: string[];
  platform: OutboundPlatform;
  close(): Promise<void>;
}

type Connect = (rules: typeof PLAIN_RULES) => Promise<Shop>;

const PLATFORMS: [string, Connect][] = [
  [
    'woocommerce',
    async (rules) => {
      const { store, platform, close } = await connectWoo({ clock });
      const shop = await theShop(store, platform, close, rules, { url: store.url });
      const [row] = await db.sql<{ key: string }>('select key from store where id = $1', [shop.id]);
      await platform.ensureSubscriptions(`${service.url}/webhooks/woocommerce/${row?.key}`, WOO_SECRET);
      return shop;
    },
  ],
  [
    'shopify',
    async (rules) => {
      const domain = `s${Date.now()}${shops.size}.myshopify.com`;
      const { store, platform, close } = await connectShopify({ clock, domain, tokenLifeMs: 1_000 * HOUR });
      store.install({ ...store.app(), secret: APP_SECRET });
      const shop = await theShop(store, platform, close, rules, { key: domain });
      await platform.ensureSubscriptions(`${service.url}/webhooks/shopify`, '');
      return shop;
    },
  ],
];

async function theShop(
  store: ShopHandle,
  real: OutboundPlatform,
  close: () => Promise<void>,
  rules: typeof PLAIN_RULES,
  how: { key?: string; url?: string },
): Promise<Shop> {
  const program = await service.program(rules);
  const { id } = await service.store(program, store.platform, how);
  const customer = store.shop.customerByEmail('anna@example.test')?.id ?? '';
  const member = await service.member(program, id, customer);
  const asked: string[] = [];
  const platform = {
    ...real,
    fetchProduct: (product: string) => {
      asked.push(product);
      return real.fetchProduct(product);
    },
  };
  const shop = { store, program, id, member, customer, asked, platform, close };
  shops.set(id, shop);
  return shop;
}

beforeAll(async () => {
  service = await startService(db, {
    clock,
    platforms: (store) => {
      const shop = shops.get(store);
      if (!shop) throw new Error(`no shop ${store}`);
      return shop.platform;
    },
  });
});
afterAll(() => service.stop());

async function happened({ store }: Shop): Promise<void> {
  await store.settle();
  await service.drain();
}

async function buys(shop: Shop, ...products: string[]) {
  clock.advance(HOUR);
  const lines = products.map((product) => ({ product, quantity: 1 }));
  const order = shop.store.placeOrder({ customer: shop.customer, lines });
  await happened(shop);
  return order;
}

async function balance({ program, member }: Shop): Promise<number> {
  const [found] = await inTransaction(db.app, { programs: [program] }, (tx) =>
    readBalancesAt(tx, [{ program, member }], clock.now()),
  );
  return Number(found?.available ?? 0n);
}

describe.each(PLATFORMS)('what rules ask of products, on %s', (name, connect) => {
  let shop: Shop;
  let beans: string;
  let kettle: string;
  beforeEach(async () => {
    // Shopify's own library looks at the real clock when a shop is connected
    clock.set(Date.now());
    shop = await connect(COFFEE_RULES);
    [beans = '', kettle = ''] = shop.store.shop.state.products.map(({ id }) => id);
  });
  afterEach(() => shop.close());

  it('B1: a category has its own rate; a product that is not known is asked for once', async () => {
    await buys(shop, beans);
    expect(await balance(shop)).toBe(72);
    expect(shop.asked).toEqual([beans]);
    await buys(shop, beans, kettle);
    expect(await balance(shop)).toBe(72 + 72 + 59);
    expect(shop.asked).toEqual([beans, kettle]);
    const { program } = shop;
    expect(await verify(db.owner, { program })).toEqual([]);
  });

  it('B1: a product that moves to another category does so for later orders alone', async () => {
    const early = await buys(shop, beans);
    clock.advance(HOUR);
    shop.store.changeProduct(beans, { categories: ['Tea'] });
    await happened(shop);
    clock.advance(HOUR);
    shop.store.complete(early.id);
    await happened(shop);
    expect(await balance(shop)).toBe(72);
    await buys(shop, beans);
    expect(await balance(shop)).toBe(72 + 24);
    shop.store.refund(early.id);
    await happened(shop);
    expect(await balance(shop)).toBe(24);
  });

  it('B1: an order of a product that is no more is judged by the rules for everything, and asked about once', async () => {
    clock.advance(HOUR);
    shop.store.postman.hold();
    const order = shop.store.placeOrder({ customer: shop.customer, lines: [{ product: beans, quantity: 1 }] });
    const { products } = shop.store.shop.state;
    products.splice(
      products.findIndex(({ id }) => id === beans),
      1,
    );
    shop.store.postman.release();
    await happened(shop);
    clock.advance(HOUR);
    shop.store.complete(order.id);
    await happened(shop);
    expect(await balance(shop)).toBe(24);
    expect(shop.asked).toEqual([beans]);
  });

  it('B1: all products are read once a day, also those whose category alone changed', async () => {
    const ref = { program: shop.program, store: shop.id };
    expect(await reconcileProducts(service.work, ref)).toBe(3);
    expect(await reconcileProducts(service.work, ref)).toBe(0);
    const product = shop.store.shop.product(kettle);
    if (product) product.categories = ['Coffee'];
    clock.advance(25 * HOUR);
    expect(await reconcileProducts(service.work, ref)).toBe(3);
    await buys(shop, kettle);
    expect(await balance(shop)).toBe(177);
    expect(shop.asked).toEqual([]);
  });

  it('T15: a cart is promised what its order gives, whatever the page says of its products', async () => {
    await reconcileProducts(service.work, { program: shop.program, store: shop.id });
    const { earn } = await preview(shop, [
      { product: beans, net: 2_400, categories: [] },
      { product: kettle, net: 5_900, categories: ['coffee'] },
    ]);
    expect(earn).toEqual({ points: '131' });
    await buys(shop, beans, kettle);
    expect(await balance(shop)).toBe(131);
  });

  it('a program whose rules do not ask never looks at products', async () => {
    const plain = await connect(PLAIN_RULES);
    await db.sql('revoke select on product_state from tallymark_app');
    try {
      const before = await balance(plain);
      await buys(plain, beans);
      await preview(plain, [{ product: beans, net: 2_400, categories: [] }]);
      expect(await balance(plain)).toBe(before + 24);
      expect(await reconcileProducts(service.work, { program: plain.program, store: plain.id })).toBe(0);
    } finally {
      await db.sql('grant select on product_state to tallymark_app');
    }
    expect(plain.asked).toEqual([]);
    await plain.close();
  });

  if (name === 'woocommerce') {
    it('35: what a product says also means that its reviews may have changed', async () => {
      await buys(shop, beans);
      shop.store.review({ product: beans, customer: shop.customer, rating: 5, text: 'Good' });
      await happened(shop);
      expect(await balance(shop)).toBe(72 + 7);
    });
  }
});

function preview(
  { program, id, customer, store }: Shop,
  lines: { product: string; net: number; categories: string[] }[],
) {
  const verbs = makeStorefrontVerbs({
    db: db.app,
    loyalty: service.loyalty,
    personOf: async () => null,
    hurry: async () => {},
    ringEffects: () => {},
    referralLink: () => '',
  });
  const { url, platform } = store;
  const shopper = {
    store: { id, program, platform, key: '', url },
    customer,
    now: clock.now(),
    language: 'en' as const,
  };
  return verbs.preview(shopper, {
    currency: 'EUR',
    channel: 'web',
    shipping: { net: 0, tax: 0 },
    lines: lines.map((line, i) => ({
      ...line,
      id: String(i),
      kind: 'product' as const,
      tags: [],
      quantity: 1,
      tax: 0,
      discount: 0,
    })),
  });
}
