import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verify } from '../../src/ledger/verify.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type DemoShop, DemoShops } from '../support/demo-shops.js';
import { PLAIN_RULES, TestClock } from '../support/service.js';

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
let shops: DemoShops;

beforeAll(async () => {
  shops = await DemoShops.on(db, clock);
});
afterAll(() => shops.stop());

/** What the marks of a customer are worth: WooCommerce tells a role, Shopify tags. */
const PLATFORMS = [
  ['woocommerce', { mark: 1 }],
  ['shopify', { mark: 2 }],
] as const;

describe.each(PLATFORMS)('what rules ask of buyers and of what they buy, on %s', (name, { mark }) => {
  let shop: DemoShop;
  let beans: string;
  let kettle: string;
  beforeEach(async () => {
    // Shopify's own library looks at the real clock when a shop is connected
    clock.set(Date.now());
    shop = await shops.open(name, RULES);
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
    await shop.buys(kettle);
    expect(await shop.balance()).toBe(EVERY_ORDER);
    // WooCommerce's own news of the customer may have come first
    const { length } = shop.asked.customers;
    expect(length).toBeLessThanOrEqual(1);
    await shop.buys(kettle);
    expect(shop.asked.customers).toHaveLength(length);
    await db.sql('delete from customer_state where program_id = $1', [shop.program]);
    marks();
    await shop.buys(kettle);
    expect(await shop.balance()).toBe(3 * EVERY_ORDER + mark);
  });

  it('C8: what is on sale, and a number of stock, when it was bought', async () => {
    const product = shop.store.shop.product(kettle);
    if (!product) throw new Error('no kettle');
    product.regularPrice = product.price + 1000;
    await shop.buys(kettle);
    expect(await shop.balance()).toBe(EVERY_ORDER + 4);
    await shop.buys(beans);
    expect(await shop.balance()).toBe(2 * EVERY_ORDER + 4 + 16);
  });

  it('40: staff by their role or tag, and businesses, are passed over by rule; nothing of theirs counts, whatever is refunded', async () => {
    const excludes = { roles: ['wholesale'], customerTags: ['vip'], companies: true as const };
    const other = await shops.open(name, programRules.parse({ ...RULES, excludes }));
    const decisions = async () => {
      const sql = 'select reason from decision where program_id = $1 order by activity';
      return (await db.sql<{ reason: string }>(sql, [other.program])).map(({ reason }) => reason).sort();
    };
    const product = other.store.shop.state.products[1]?.id ?? '';
    await other.buys(product);
    const asShopper = await other.balance();
    const customer = other.store.shop.customer(other.customer);
    if (!customer) throw new Error('no customer');
    Object.assign(customer, { role: 'wholesale', tags: ['vip'], modified: clock.now() });
    await db.sql('delete from customer_state where program_id = $1', [other.program]);
    const { id } = await other.buys(product);
    expect([asShopper, await other.balance(), await decisions()]).toEqual([8, 8, ['earned', 'excluded']]);
    other.store.refund(id, { amount: 100 });
    await other.happened();
    Object.assign(customer, { role: 'customer', tags: [], modified: clock.now() });
    await db.sql('delete from customer_state where program_id = $1', [other.program]);
    other.store.placeOrder({ customer: other.customer, company: true, lines: [{ product, quantity: 1 }] });
    await other.happened();
    // WooCommerce knows no companies
    const byCompany = name === 'shopify' ? ['excluded'] : ['earned'];
    expect(await decisions()).toEqual(['earned', 'excluded', ...byCompany].sort());
    expect(await verify(db.owner, { program: other.program })).toEqual([]);
    await other.close();
  });

  it('T15: the cart is promised what the order gets', async () => {
    marks();
    await shop.buys(kettle);
    const before = await shop.balance();
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
    const promised = await shops.verbs.preview(shop.shopper(), cart);
    await shop.buys(beans);
    expect(promised.earn).toEqual({ points: String(EVERY_ORDER + 16 + mark) });
    expect(await shop.balance()).toBe(before + EVERY_ORDER + 16 + mark);
  });
});
