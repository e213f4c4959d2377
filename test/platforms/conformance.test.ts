import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DiscountOrder } from '../../src/commerce/outbound-platform.js';
import { RetryLater } from '../../src/lib/errors.js';
import { type Connected, connectShopify, connectWoo, EUR } from './support/stores.js';

/** What every platform must do alike (A1, A4, B1, D1, D2, D13), shown through the real clients on the demo stores. */
const PLATFORMS: [string, () => Promise<Connected>][] = [
  ['woocommerce', () => connectWoo()],
  ['shopify', () => connectShopify()],
];

describe.each(PLATFORMS)('%s', (_name, connect) => {
  let all: Connected;
  let count = 0;
  beforeAll(async () => {
    all = await connect();
  });
  beforeEach(() => all.faults.clear());
  afterAll(() => all.close());

  const anna = () => {
    const customer = all.store.shop.customerByEmail('anna@example.test');
    if (!customer) throw new Error('Anna left');
    return customer;
  };
  const product = (index: number) => all.store.shop.state.products[index]?.id ?? '';
  const order = (change: Partial<DiscountOrder> = {}): DiscountOrder => ({
    code: `LY-TEST${(count += 1)}`,
    title: '5 euro off',
    kind: { type: 'amount', off: 500, currency: EUR },
    customer: anna().id,
    email: anna().email,
    minimumCart: null,
    products: null,
    startsAt: Date.now() - 1000,
    endsAt: Date.now() + 3_600_000,
    ...change,
  });
  const discounts = (code: string) =>
    all.store.shop.state.discounts.filter((each) => each.code.toLowerCase() === code.toLowerCase());
  const thrown = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error,
    );

  describe('D1 a code', () => {
    test('is made for one customer and one use, and takes off what was asked', async () => {
      const made = await all.platform.createDiscount(order());
      expect(made).toMatchObject({ live: true, uses: 0, bound: true });
      const cart = {
        customer: anna().id,
        email: null,
        lines: [{ product: product(0), quantity: 1 }],
        codes: [made.code],
        attributes: {},
      };
      expect(all.store.priceCart(cart)).toMatchObject({ discount: 500, refused: [] });
      const ben = all.store.shop.customerByEmail('ben@example.test');
      expect(all.store.priceCart({ ...cart, customer: ben?.id ?? null }).refused).toMatchObject([
        { reason: 'other-customer' },
      ]);
      all.store.placeOrder({ customer: anna().id, lines: cart.lines, codes: [made.code] });
      expect(all.store.priceCart(cart).refused).toMatchObject([{ reason: 'used-up' }]);
      expect(await all.platform.findDiscount(made.code)).toMatchObject({ live: false, uses: 1 });
    });

    test('B8 bought with stickers is for whoever has it, once', async () => {
      const wish = order({ customer: null, email: null });
      const made = await all.platform.createDiscount(wish);
      expect(await all.platform.createDiscount(wish)).toEqual(made);
      const ben = all.store.shop.customerByEmail('ben@example.test');
      const lines = [{ product: product(0), quantity: 1 }];
      const cart = { customer: ben?.id ?? null, email: null, lines, codes: [made.code], attributes: {} };
      expect(all.store.priceCart(cart)).toMatchObject({ discount: 500, refused: [] });
      all.store.placeOrder({ customer: ben?.id ?? null, lines, codes: [made.code] });
      expect(all.store.priceCart({ ...cart, customer: anna().id }).refused).toMatchObject([{ reason: 'used-up' }]);
    });

    test('is for its customer alone also when nobody says under which address the shop knows them', async () => {
      const made = await all.platform.createDiscount(order({ email: null }));
      expect(made).toMatchObject({ live: true, bound: true });
      const cart = { email: null, lines: [{ product: product(0), quantity: 1 }], codes: [made.code], attributes: {} };
      const ben = all.store.shop.customerByEmail('ben@example.test');
      expect(all.store.priceCart({ ...cart, customer: anna().id })).toMatchObject({ discount: 500, refused: [] });
      expect(all.store.priceCart({ ...cart, customer: ben?.id ?? null }).refused).toMatchObject([
        { reason: 'other-customer' },
      ]);
    });

    test('can be a percentage, or free shipping, above a least cart', async () => {
      const percent = await all.platform.createDiscount(
        order({ kind: { type: 'percent', percent: 10, maxOff: null, currency: EUR } }),
      );
      const shipping = await all.platform.createDiscount(order({ kind: { type: 'free-shipping' } }));
      const least = await all.platform.createDiscount(order({ minimumCart: 3000 }));
      const cart = {
        customer: anna().id,
        email: null,
        lines: [{ product: product(0), quantity: 1 }],
        codes: [],
        attributes: {},
      };
      expect(all.store.priceCart({ ...cart, codes: [percent.code] })).toMatchObject({ discount: 240, refused: [] });
      expect(all.store.priceCart({ ...cart, codes: [shipping.code] })).toMatchObject({ total: 2400, refused: [] });
      expect(all.store.priceCart({ ...cart, codes: [least.code] }).refused).toMatchObject([{ reason: 'minimum' }]);
    });

    test('that is ordered twice exists once', async () => {
      const wish = order();
      const first = await all.platform.createDiscount(wish);
      expect(await all.platform.createDiscount(wish)).toEqual(first);
      expect(discounts(wish.code)).toHaveLength(1);
    });

    test.each(['reset-after', 'hang-after', 'truncated'] as const)(
      'F22 whose making was answered by %s is adopted',
      async (kind) => {
        const wish = order();
        all.faults.answer({ kind, on: all.creating });
        expect(await all.platform.createDiscount(wish)).toMatchObject({ bound: true, live: true });
        expect(discounts(wish.code)).toHaveLength(1);
      },
    );

    test('F22 whose making never arrived is ordered again later, and then exists once', async () => {
      const wish = order();
      all.faults.answer({ kind: 'reset', on: all.creating });
      expect(await thrown(all.platform.createDiscount(wish))).toBeInstanceOf(RetryLater);
      expect(discounts(wish.code)).toHaveLength(0);
      await all.platform.createDiscount(wish);
      expect(discounts(wish.code)).toHaveLength(1);
    });

    test('D13 of the same text that is bound to somebody else is refused', async () => {
      const ben = all.store.shop.customerByEmail('ben@example.test');
      const wish = order();
      await all.platform.createDiscount({ ...wish, customer: ben?.id ?? null, email: ben?.email ?? null });
      expect(await thrown(all.platform.createDiscount(wish))).toMatchObject({
        code: 'discount_not_bound',
        status: 409,
      });
      expect(discounts(wish.code)).toHaveLength(1);
    });

    test('D2 once killed stays dead, however often it is killed, also after its order was cancelled', async () => {
      const made = await all.platform.createDiscount(order());
      const lines = [{ product: product(0), quantity: 1 }];
      const placed = all.store.placeOrder({ customer: anna().id, lines, codes: [made.code] });
      await all.platform.killDiscount(made.code);
      await all.platform.killDiscount(made.code);
      all.store.cancel(placed.id);
      expect(await all.platform.findDiscount(made.code)).toBeNull();
      const cart = { customer: anna().id, email: null, lines, codes: [made.code], attributes: {} };
      expect(all.store.priceCart(cart).refused).toMatchObject([{ reason: 'unknown' }]);
    });

    test('whose killing lost its answer is dead too', async () => {
      const made = await all.platform.createDiscount(order());
      all.faults.answer({ kind: 'reset-after', on: /^DELETE|DeleteDiscount/ });
      await all.platform.killDiscount(made.code).catch((error: unknown) => {
        if (!(error instanceof RetryLater)) throw error;
        return all.platform.killDiscount(made.code);
      });
      expect(discounts(made.code)).toHaveLength(0);
    });
  });

  describe('B1 a product', () => {
    test('says its categories and tags as the platform writes them in its addresses, one by one and page by page', async () => {
      const collections = Array.from({ length: 30 }, (_, i) => `Shelf ${i}`);
      const [blank] = all.store.shop.state.products;
      if (!blank) throw new Error('the shop is empty');
      const many = Array.from({ length: 120 }, (_, i) =>
        all.store.addProduct({ ...blank, title: `Thing ${i}`, categories: [] }),
      );
      const wide = all.store.addProduct({ ...blank, categories: ['Coffee', ...collections], tags: ['beans', 'dark'] });
      const one = await all.platform.fetchProduct(wide.id);
      expect(one).toMatchObject({ id: wide.id, tags: ['beans', 'dark'] });
      expect(one?.categories).toEqual(expect.arrayContaining(['coffee']));
      expect(one?.categories.length).toBeGreaterThanOrEqual(31);
      const seen = [];
      for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
        const page = await all.platform.products(cursor);
        seen.push(...page.items);
        cursor = page.next;
      }
      expect(seen.map(({ id }) => id)).toEqual(all.store.shop.state.products.map(({ id }) => id));
      expect(seen.at(-1)).toEqual(one);
      expect(seen.find(({ id }) => id === many[0]?.id)).toMatchObject({ categories: [] });
      expect(await all.platform.fetchProduct('99999999')).toBeNull();
    });
  });

  describe('A1 an order', () => {
    test('that was deleted, or never was, is null', async () => {
      expect(await all.platform.fetchOrder('99999999')).toBeNull();
    });

    test('is read with its lines, its code and every kind of refund', async () => {
      const code = await all.platform.createDiscount(order());
      const lines = [
        { product: product(0), quantity: 2 },
        { product: product(1), quantity: 1 },
      ];
      const placed = all.store.placeOrder({
        customer: anna().id,
        lines,
        codes: [code.code],
        attributes: { tallymark_referral: 'BEN' },
      });
      const first = placed.lines[0]?.id ?? '';
      all.store.refund(placed.id, { lines: [{ line: first, quantity: 1 }] });
      all.store.refund(placed.id, { amount: 250, reason: 'goodwill' });
      const read = await all.platform.fetchOrder(placed.id);
      expect(read).toMatchObject({
        id: placed.id,
        customer: anna().id,
        email: 'anna@example.test',
        channel: 'web',
        referral: 'BEN',
        test: false,
        money: EUR,
      });
      expect(read?.paid).not.toBeNull();
      // 500 off 4800 + 5900: 224.30 and 275.70 by the largest remainder
      expect(read?.lines.map(({ net, tax, discount, quantity }) => ({ net, tax, discount, quantity }))).toEqual([
        { net: 4800 - 224, tax: 0, discount: 224, quantity: 2 },
        { net: 5900 - 276, tax: 0, discount: 276, quantity: 1 },
      ]);
      expect(read?.codes).toMatchObject([{ off: 500 }]);
      expect(read?.refunds).toHaveLength(2);
      expect(read?.refunds[0]).toMatchObject({ lines: [{ line: first, quantity: 1, net: 2288 }], amount: 0 });
      expect(read?.refunds[1]).toMatchObject({ lines: [], amount: 250 });
      expect(await all.platform.orderOfRefund(placed.refunds[0]?.id ?? '')).toBe(placed.id);
      expect(await all.platform.orderOfRefund('99999998')).toBeNull();
    });

    test('A4 changed since an instant is found, page by page, none left out', async () => {
      const since = Date.now();
      const made = Array.from(
        { length: 61 },
        () => all.store.placeOrder({ customer: anna().id, lines: [{ product: product(2), quantity: 1 }] }).id,
      );
      const found = new Set<string>();
      for (let cursor: string | null = null, pages = 0; pages < 20; pages += 1) {
        const page = await all.platform.ordersChangedSince(since, cursor);
        page.items.forEach(({ id }) => found.add(id));
        if ((cursor = page.next) === null) break;
      }
      expect(made.filter((id) => !found.has(id))).toEqual([]);
      const later = await all.platform.ordersChangedSince(Date.now() + 5_000, null);
      expect(later).toEqual({ items: [], next: null });
    });
  });

  test('a customer is read; one who is gone is null', async () => {
    expect(await all.platform.fetchCustomer(anna().id)).toMatchObject({
      id: anna().id,
      email: 'anna@example.test',
      name: 'Anna Berg',
    });
    expect(await all.platform.fetchCustomer('99999997')).toBeNull();
  });

  test('the balance mirror keeps the newest, whatever comes last, and passes over who is gone', async () => {
    const mirror = (version: string, available: string) => ({
      customer: anna().id,
      available,
      pending: '0',
      version,
      label: 'points',
    });
    const gone = { ...mirror('1', '5'), customer: '99999996' };
    await all.platform.mirrorBalances([mirror('10', '120'), gone]);
    await all.platform.mirrorBalances([mirror('9', '80')]);
    const values = Object.values(anna().meta).map(({ value }) => JSON.parse(value) as unknown);
    expect(values).toEqual([{ available: '120', pending: '0', version: '10', label: 'points' }]);
    await all.platform.mirrorBalances([mirror('11', '130')]);
    expect(Object.values(anna().meta).map(({ value }) => JSON.parse(value) as unknown)).toMatchObject([
      { version: '11' },
    ]);
  });

  test('A4 subscriptions are made once, and doubles and strays are removed', async () => {
    const url = 'http://127.0.0.1:9/webhooks/here';
    const { created } = await all.platform.ensureSubscriptions(url, 'secret');
    expect(created.length).toBeGreaterThan(10);
    await all.platform.ensureSubscriptions('http://127.0.0.1:9/webhooks/elsewhere', 'secret');
    const second = await all.platform.ensureSubscriptions(url, 'secret');
    expect(second.created.length).toBe(created.length);
    expect(await all.platform.ensureSubscriptions(url, 'secret')).toEqual({ created: [], revived: [] });
    const listed = await all.platform.subscriptions();
    expect(listed.map(({ url: to }) => to)).toEqual(listed.map(() => url));
    expect(new Set(listed.map(({ topic }) => topic)).size).toBe(listed.length);
  });
});
