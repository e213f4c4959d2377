import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ShopHandle } from '../../demo/stores/shop-handle.js';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { inTransaction } from '../../src/db/database.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { readBalancesAt } from '../../src/ledger/balances.js';
import { verify } from '../../src/ledger/verify.js';
import { programRules } from '../../src/rules/program-rules.js';
import { connectShopify, connectWoo } from '../platforms/support/stores.js';
import { testDatabase } from '../support/database.js';
import { APP_SECRET, PLAIN_RULES, TestClock, type TestService, WOO_SECRET, startService } from '../support/service.js';

const HOUR = 3_600_000;
const fixed = (id: string, gives: number, asks: object): object => ({ id, kind: 'fixed', gives, ...asks });
/** Each rule pays another power of two, so that a balance tells which of them held. */
const RULES = programRules.parse({
  ...PLAIN_RULES,
  joining: undefined,
  earning: [
    fixed('role', 1, { when: { roles: ['wholesale'] } }),
    fixed('tags', 2, { when: { customerTags: ['vip'] } }),
    fixed('sale', 4, { where: { onSale: true } }),
    fixed('country', 8, { when: { countries: ['NL'] } }),
    fixed('number', 16, { where: { skus: ['BEAN-1'] } }),
  ],
});
const EVERY_ORDER = 8;

const db = testDatabase();
const clock = new TestClock(Date.now());
let service: TestService;

/** A demo store that sends its webhooks to the service, and whose customers the service may ask for. */
interface Shop {
  store: ShopHandle;
  program: string;
  id: string;
  member: string;
  customer: string;
  /** Customers that were asked for one by one. */
  asked: string[];
  platform: OutboundPlatform;
  close(): Promise<void>;
}
const shops = new Map<string, Shop>();

async function theShop(
  store: ShopHandle,
  real: OutboundPlatform,
  close: () => Promise<void>,
  how: { key?: string; url?: string },
): Promise<Shop> {
  const program = await service.program(RULES);
  const { id } = await service.store(program, store.platform, how);
  const customer = store.shop.customerByEmail('anna@example.test')?.id ?? '';
  const member = await service.member(program, id, customer);
  const asked: string[] = [];
  const fetchCustomer = (one: string) => (asked.push(one), real.fetchCustomer(one));
  const shop = { store, program, id, member, customer, asked, platform: { ...real, fetchCustomer }, close };
  shops.set(id, shop);
  return shop;
}

const PLATFORMS: [string, { mark: number }, () => Promise<Shop>][] = [
  [
    'woocommerce',
    { mark: 1 },
    async () => {
      const { store, platform, close } = await connectWoo({ clock });
      const shop = await theShop(store, platform, close, { url: store.url });
      const [row] = await db.sql<{ key: string }>('select key from store where id = $1', [shop.id]);
      await platform.ensureSubscriptions(`${service.url}/webhooks/woocommerce/${row?.key}`, WOO_SECRET);
      return shop;
    },
  ],
  [
    'shopify',
    { mark: 2 },
    async () => {
      const domain = `b${Date.now()}${shops.size}.myshopify.com`;
      const { store, platform, close } = await connectShopify({ clock, domain, tokenLifeMs: 1_000 * HOUR });
      store.install({ ...store.app(), secret: APP_SECRET });
      const shop = await theShop(store, platform, close, { key: domain });
      await platform.ensureSubscriptions(`${service.url}/webhooks/shopify`, '');
      return shop;
    },
  ],
];

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

async function buys(shop: Shop, product: string): Promise<void> {
  clock.advance(HOUR);
  shop.store.placeOrder({ customer: shop.customer, lines: [{ product, quantity: 1 }] });
  await shop.store.settle();
  await service.drain();
}

async function balance({ program, member }: Shop): Promise<number> {
  const [found] = await inTransaction(db.app, { programs: [program] }, (tx) =>
    readBalancesAt(tx, [{ program, member }], clock.now()),
  );
  return Number(found?.available ?? 0n);
}

describe.each(PLATFORMS)('what rules ask of buyers and of what they buy, on %s', (_name, { mark }, connect) => {
  let shop: Shop;
  let beans: string;
  let kettle: string;
  beforeEach(async () => {
    // Shopify's own library looks at the real clock when a shop is connected
    clock.set(Date.now());
    shop = await connect();
    [beans = '', kettle = ''] = shop.store.shop.state.products.map(({ id }) => id);
  });
  afterEach(async () => {
    expect(await verify(db.owner, { program: shop.program })).toEqual([]);
    await shop.close();
  });

  /** The shop's owner marks the customer: WooCommerce by a role, Shopify by a tag. */
  function marks(): void {
    const customer = shop.store.shop.customer(shop.customer);
    if (!customer) throw new Error('no customer');
    Object.assign(customer, { role: 'wholesale', tags: ['vip'], modified: clock.now() });
  }

  it('C1: a customer of a kind; who is not known is asked for once, and earlier orders stay what they were', async () => {
    await buys(shop, kettle);
    expect(await balance(shop)).toBe(EVERY_ORDER);
    // WooCommerce's own news of the customer may have come first
    const { length } = shop.asked;
    expect(length).toBeLessThanOrEqual(1);
    await buys(shop, kettle);
    expect(shop.asked).toHaveLength(length);
    await db.sql('delete from customer_state where program_id = $1', [shop.program]);
    marks();
    await buys(shop, kettle);
    expect(await balance(shop)).toBe(3 * EVERY_ORDER + mark);
  });

  it('C8: what is on sale, and a number of stock, when it was bought', async () => {
    const product = shop.store.shop.product(kettle);
    if (!product) throw new Error('no kettle');
    product.regularPrice = product.price + 1000;
    await buys(shop, kettle);
    expect(await balance(shop)).toBe(EVERY_ORDER + 4);
    await buys(shop, beans);
    expect(await balance(shop)).toBe(2 * EVERY_ORDER + 4 + 16);
  });

  it('T15: the cart is promised what the order gets', async () => {
    marks();
    await buys(shop, kettle);
    const before = await balance(shop);
    const verbs = makeStorefrontVerbs({
      ...{ db: db.app, loyalty: service.loyalty, personOf: async () => null },
      ...{ hurry: async () => {}, ringEffects: () => {}, referralLink: () => '' },
    });
    const { id, program, customer } = shop;
    const store = { id, program, platform: shop.store.platform, key: '', url: shop.store.url };
    const cart = {
      currency: 'EUR',
      channel: 'web',
      lines: [
        {
          ...{ id: '1', product: beans, sku: 'BEAN-1', quantity: 1, net: 2400, tax: 0, discount: 0 },
          ...{ kind: 'product' as const, categories: [], tags: [] },
        },
      ],
      shipping: { net: 0, tax: 0 },
      country: 'NL',
    };
    const promised = await verbs.preview({ store, customer, language: 'en', now: clock.now() }, cart);
    await buys(shop, beans);
    expect(promised.earn).toEqual({ points: String(EVERY_ORDER + 16 + mark) });
    expect(await balance(shop)).toBe(before + EVERY_ORDER + 16 + mark);
  });
});
