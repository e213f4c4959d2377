import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { reconcileProducts } from '../../src/jobs/reconcile-products.js';
import { verify } from '../../src/ledger/verify.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type DemoShop, DemoShops } from '../support/demo-shops.js';
import { PLAIN_RULES, TestClock } from '../support/service.js';

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
let shops: DemoShops;

beforeAll(async () => {
  shops = await DemoShops.on(db, clock);
});
afterAll(() => shops.stop());

describe.each(['woocommerce', 'shopify'] as const)('what rules ask of products, on %s', (name) => {
  let shop: DemoShop;
  let beans: string;
  let kettle: string;
  beforeEach(async () => {
    // Shopify's own library looks at the real clock when a shop is connected
    clock.set(Date.now());
    shop = await shops.open(name, COFFEE_RULES);
    [beans = '', kettle = ''] = shop.store.shop.state.products.map(({ id }) => id);
  });
  afterEach(() => shop.close());

  it('B1: a category has its own rate; a product that is not known is asked for once', async () => {
    await shop.buys(beans);
    expect(await shop.balance()).toBe(72);
    expect(shop.asked.products).toEqual([beans]);
    await shop.buys(beans, kettle);
    expect(await shop.balance()).toBe(72 + 72 + 59);
    expect(shop.asked.products).toEqual([beans, kettle]);
    const { program } = shop;
    expect(await verify(db.owner, { program })).toEqual([]);
  });

  it('B1: a product that moves to another category does so for later orders alone', async () => {
    const early = await shop.buys(beans);
    clock.advance(HOUR);
    shop.store.changeProduct(beans, { categories: ['Tea'] });
    await shop.happened();
    clock.advance(HOUR);
    shop.store.complete(early.id);
    await shop.happened();
    expect(await shop.balance()).toBe(72);
    await shop.buys(beans);
    expect(await shop.balance()).toBe(72 + 24);
    shop.store.refund(early.id);
    await shop.happened();
    expect(await shop.balance()).toBe(24);
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
    await shop.happened();
    clock.advance(HOUR);
    shop.store.complete(order.id);
    await shop.happened();
    expect(await shop.balance()).toBe(24);
    expect(shop.asked.products).toEqual([beans]);
  });

  it('B1: all products are read once a day, also those whose category alone changed', async () => {
    const ref = { program: shop.program, store: shop.id };
    expect(await reconcileProducts(shops.service.work, ref)).toBe(3);
    expect(await reconcileProducts(shops.service.work, ref)).toBe(0);
    const product = shop.store.shop.product(kettle);
    if (product) product.categories = ['Coffee'];
    clock.advance(25 * HOUR);
    expect(await reconcileProducts(shops.service.work, ref)).toBe(3);
    await shop.buys(kettle);
    expect(await shop.balance()).toBe(177);
    expect(shop.asked.products).toEqual([]);
  });

  it('T15: a cart is promised what its order gives, whatever the page says of its products', async () => {
    await reconcileProducts(shops.service.work, { program: shop.program, store: shop.id });
    const { earn } = await preview(shop, [
      { product: beans, net: 2_400, categories: [] },
      { product: kettle, net: 5_900, categories: ['coffee'] },
    ]);
    expect(earn).toEqual({ points: '131' });
    await shop.buys(beans, kettle);
    expect(await shop.balance()).toBe(131);
  });

  it('T15: how it works calls products and categories what the shop calls them, as far as they are known', async () => {
    const rules = programRules.parse({
      ...COFFEE_RULES,
      rewards: [{ id: 'kettle', kind: 'product', points: 100, product: kettle }],
    });
    const other = await shops.open(name, rules);
    const said = async (language: 'en' | 'pl') =>
      (await shops.verbs.howItWorks(other.shopper(language))).sections
        .flatMap(({ sentences }) => sentences)
        .filter(({ id }) => id === 'coffee' || id === 'kettle')
        .map(({ sentence }) => sentence.replace(/\s/g, ' '));
    expect(await said('en')).toEqual([
      '3 points for every €1.00 spent, on products in “coffee”.',
      '100 points: a free product, chosen by the shop.',
    ]);
    await reconcileProducts(shops.service.work, { program: other.program, store: other.id });
    const called = other.store.shop.product(kettle)?.title;
    expect(await said('en')).toEqual([
      '3 points for every €1.00 spent, on products in “Coffee”.',
      `100 points: “${called}” for free.`,
    ]);
    expect((await said('pl'))[0]).toContain('„Coffee”');
    const [reward] = (await shops.verbs.programView(other.shopper())).rewards;
    expect(reward?.title).toBe(called);
    await other.close();
  });

  it('a program whose rules do not ask never looks at products', async () => {
    const plain = await shops.open(name, PLAIN_RULES);
    await db.sql('revoke select on product_state from tallymark_app');
    try {
      const before = await plain.balance();
      await plain.buys(beans);
      await preview(plain, [{ product: beans, net: 2_400, categories: [] }]);
      expect(await plain.balance()).toBe(before + 24);
      expect(await reconcileProducts(shops.service.work, { program: plain.program, store: plain.id })).toBe(0);
    } finally {
      await db.sql('grant select on product_state to tallymark_app');
    }
    expect(plain.asked.products).toEqual([]);
    await plain.close();
  });

  if (name === 'woocommerce') {
    it('35: what a product says also means that its reviews may have changed', async () => {
      await shop.buys(beans);
      shop.store.review({ product: beans, customer: shop.customer, rating: 5, text: 'Good' });
      await shop.happened();
      expect(await shop.balance()).toBe(72 + 7);
    });
  }
});

function preview(shop: DemoShop, lines: { product: string; net: number; categories: string[] }[]) {
  return shops.verbs.preview(shop.shopper(), {
    currency: 'EUR',
    channel: 'web',
    shipping: { net: 0, tax: 0 },
    lines: lines.map((line, i) => ({
      ...line,
      ...{ id: String(i), kind: 'product' as const, tags: [], quantity: 1, tax: 0, discount: 0 },
    })),
  });
}
