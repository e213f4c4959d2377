import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cartOf as checkoutCart } from '../../extensions/shared/checkout-cart.js';
import { cartAtTill } from '../../extensions/pos/src/till-cart.js';
import { factsOf } from '../../extensions/theme/src/theme-cart.js';
import { cartOf, redeemView } from '../../src/http/storefront/preview-view.js';
import { programView } from '../../src/http/storefront/program-view.js';
import { cart as wireCart, type Cart as WireCart } from '../../src/http/storefront/schemas.js';
import { spokenIn } from '../../src/http/storefront/spoken.js';
import type { MemberState } from '../../src/loyalty/member-state.js';
import { NOBODY } from '../../src/loyalty/nobodys-orders.js';
import { programFile } from '../../src/programs/program-file.js';
import { promise } from '../../src/rules/promise.js';
import { NO_STANDING } from '../../src/rules/standing.js';
import { bounds } from '../../widget/bounds.js';
import { findOrSay } from '../support/machine.js';

/**
 * T13, T15: a cart of a shop, told to the service in each way that it is told: by the page (widget), by Shopify's theme, its
 * checkout and its till, by WooCommerce's server (one for both of its checkouts), and straight to the API. All get one answer.
 */
const CARTS = 2_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const php = findOrSay('php', 'carts as WooCommerce’s server tells them are', 'php-cli');

/** Prices are in tens of cents, so that shares of ten are whole; the taxes are those whose share never ends in half a cent. */
const item = fc.record({
  product: fc.integer({ min: 1, max: 9_999 }),
  tens: fc.integer({ min: 1, max: 9_000 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  gift: fc.boolean(),
});
const aCart = fc.record({
  items: fc.uniqueArray(item, { selector: ({ product }) => product, minLength: 1, maxLength: 6 }),
  taxPercent: fc.constantFrom(0, 7, 19, 21, 23, 25),
  included: fc.boolean(),
  offPercent: fc.constantFrom(0, 10, 50),
  available: fc.bigInt({ min: 0n, max: 20_000n }),
});
const rules = fc.record({
  points: fc.constantFrom('1', '3/2', '1/7'),
  per: fc.constantFrom(50, 100, 700),
  step: fc.constantFrom(1, 20, 100),
  off: fc.constantFrom(1, 100, 250),
  min: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  max: fc.option(fc.integer({ min: 100, max: 5_000 }), { nil: undefined }),
  share: fc.constantFrom(undefined, '1/2', '1/3', '1'),
  minCart: fc.constantFrom(undefined, 2_000, 10_000),
});
type Sale = typeof aCart extends fc.Arbitrary<infer T> ? T : never;
type Rules = typeof rules extends fc.Arbitrary<infer T> ? T : never;

/** The lines of the shop's own order: whole cents, before and after its own code, without tax and the tax. */
function linesOf({ items, taxPercent, included, offPercent }: Sale) {
  return items.map(({ product, tens, quantity, gift }) => {
    const shown = tens * 10 * quantity;
    const after = shown - (shown * offPercent) / 100;
    const tax = included
      ? Math.round((after * taxPercent) / (100 + taxPercent))
      : Math.round((after * taxPercent) / 100);
    return { product: String(product), quantity, gift, shown, after, net: included ? after - tax : after, tax };
  });
}

function programOf({ points, per, step, off, min, max, share, minCart }: Rules) {
  const slider = { id: 'slide', kind: 'slider', step, off, min, max, share, minCart };
  const fixed = { id: 'five', kind: 'amount-off', points: 100, off: 500, minCart };
  const money = { code: 'EUR', exponent: 2 };
  const earning = [{ id: 'base', kind: 'rate', points, per }];
  const units = { points: { expiry: { kind: 'none' } } };
  return programFile.parse({
    tallymark: 1,
    name: 'Bean Club',
    // what was not drawn is not there
    rules: JSON.parse(
      JSON.stringify({ zone: 'Europe/Amsterdam', money, units, earning, rewards: [slider, fixed] }),
    ) as object,
  });
}

const ownCodes = ({ offPercent }: Sale) => (offPercent > 0 ? ['SAVE'] : []);

/** As the page of a shop writes it for the widget; the API takes the same. */
const pageCart = (sale: Sale) => ({
  currency: 'EUR',
  coupons: ownCodes(sale),
  lines: linesOf(sale).map(({ product, quantity, net, tax, gift }) => {
    const kind = gift ? ('gift-card' as const) : ('product' as const);
    return { id: product, product, quantity, net, tax, kind };
  }),
});

/** As Shopify's theme reads it from /cart.js, which knows prices as displayed and a discount of the whole. */
function themeCart(sale: Sale) {
  const lines = linesOf(sale);
  const [subtotal, total] = [
    lines.reduce((sum, { shown }) => sum + shown, 0),
    lines.reduce((sum, { after }) => sum + after, 0),
  ];
  const items = lines.map(({ product, quantity, shown, gift }) => {
    const id = Number(product);
    return { id, product_id: id, variant_id: id, quantity, final_line_price: shown, gift_card: gift };
  });
  const cart = { currency: 'EUR', total_price: total, items_subtotal_price: subtotal, items };
  return factsOf(cart, sale.included ? sale.taxPercent : 0);
}

/** As Shopify's checkout and till tell it: decimal amounts, taxes in one sum. Neither knows which line is a gift card but the till. */
function tellingCart(sale: Sale, till: boolean) {
  const lines = linesOf(sale);
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((so, line) => so + of(line), 0) / 100;
  const [subtotal, tax] = [sum(({ after }) => after), sum((line) => line.tax)];
  const total = sale.included ? subtotal : subtotal + tax;
  if (till)
    return cartAtTill(
      {
        subtotal: String(subtotal),
        taxTotal: String(tax),
        grandTotal: String(total),
        lineItems: lines.map(({ product, quantity, shown, gift }) => {
          const id = Number(product);
          return {
            uuid: product,
            productId: id,
            variantId: id,
            quantity,
            price: shown / 100 / quantity,
            isGiftCard: gift,
          };
        }),
      },
      'EUR',
    );
  const told = lines.map(({ product, quantity, shown }) => ({
    id: `gid://shopify/CartLine/${product}`,
    quantity,
    merchandise: { id: `gid://shopify/ProductVariant/${product}`, product: { id: `gid://shopify/Product/${product}` } },
    cost: { totalAmount: { amount: shown / 100, currencyCode: 'EUR' } },
  }));
  return checkoutCart(told, { currency: 'EUR', subtotal, shipping: null, tax, total });
}

/** What the plugin's own PHP makes of them all, in one run. */
function wooCarts(sales: readonly Sale[]): unknown[] {
  const told = sales.map((sale) => {
    const net = (amount: number) => (sale.included ? (amount * 100) / (100 + sale.taxPercent) : amount) / 100;
    const lines = linesOf(sale).map((line) => {
      const tax = sale.included ? line.after / 100 - net(line.after) : line.tax / 100;
      return {
        product: line.product,
        sku: '',
        quantity: line.quantity,
        before: net(line.shown),
        net: net(line.after),
        tax,
      };
    });
    return JSON.stringify({ currency: 'EUR', lines, shipping: 0, coupons: ownCodes(sale) });
  });
  const { stdout, stderr, status } = spawnSync(php ?? '', ['test/channels/woo-carts.php', 'plugins/woocommerce'], {
    input: `${told.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

/** What the service answers to a cart: the points promised, and for each reward the most, its worth, the limit and its words. */
function answerTo(cart: unknown, file: ReturnType<typeof programOf>, available: bigint) {
  const wire: WireCart = wireCart.parse(cart);
  const store = { id: '1', program: '1', store: '1', platform: 'shopify', key: 'x', url: 'http://x/' };
  const facts = cartOf(store, wire, 'en');
  const spoken = spokenIn(file, 'en');
  const balance = { program: '1', member: '1', unit: 'points', available, pending: 0n, held: 0n, debt: 0n, due: false };
  const member: MemberState = {
    program: '1',
    member: '1',
    balances: new Map([['points', balance]]),
    standing: NO_STANDING,
  };
  const { gives } = promise({ ...NOBODY, rules: [{ version: 1, from: 0, rules: file.rules }] }, null, facts, NOW);
  return { earn: String(gives['points'] ?? 0n), redeem: redeemView(spoken, member, facts, NOW) };
}

(php ? describe : describe.skip)('T13, T15: one answer, whoever asks', () => {
  const cases = fc.sample(fc.tuple(aCart, rules), { numRuns: CARTS, seed: 20_261_122 });
  const ofWoo = php ? wooCarts(cases.map(([sale]) => sale)) : [];

  test(`${CARTS} carts: page, theme, checkouts, till and the widget's slider say the same`, () => {
    const differing: unknown[] = [];
    let offered = 0;
    for (const [i, [sale, drawn]] of cases.entries()) {
      const file = programOf(drawn);
      const plain = { ...sale, items: sale.items.map((one) => ({ ...one, gift: false })) };
      // a theme knows no taxes that are added at the checkout, as nobody knows before where it goes
      const theme = sale.included || sale.taxPercent === 0 ? [themeCart(sale)] : [];
      const own = [pageCart(sale), tellingCart(sale, true), ...theme];
      // WooCommerce knows no gift cards of its own, Shopify's checkout does not tell them: there they are goods like others
      const others = [pageCart(plain), ofWoo[i], tellingCart(plain, false)];
      const asked = sale.items.some(({ gift }) => gift) ? [own, others] : [[...own, ...others]];
      for (const carts of asked) {
        const [first, ...rest] = carts.map((cart) => answerTo(cart, file, sale.available));
        const said = JSON.stringify(first);
        for (const other of rest) if (JSON.stringify(other) !== said) differing.push({ cart: i, first, other });
        if (first?.redeem.some(({ points }) => points !== '0')) offered++;
        differing.push(...(first ? slidesOtherwise(first, file) : []));
      }
    }
    expect(differing.slice(0, 3)).toEqual([]);
    expect(offered).toBeGreaterThan(CARTS / 2);
  });
});

/** What the widget's slider would offer beside what the service said: to the last step, with its worth. */
function slidesOtherwise(
  { redeem: [offer] }: ReturnType<typeof answerTo>,
  file: ReturnType<typeof programOf>,
): unknown[] {
  const [reward] = programView(spokenIn(file, 'en')).rewards;
  if (!reward || !offer || offer.points === '0') return [];
  const { most, least, step, worth } = bounds(offer, reward);
  const same = most === Number(offer.points) && worth(most) === offer.off.minor;
  return same && most % step === 0 && least % step === 0 && least <= most ? [] : [{ offer, most, least, step }];
}
