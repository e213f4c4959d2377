import { spawnSync } from 'node:child_process';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { cartOf as checkoutCart } from '../../extensions/shared/checkout-cart.js';
import { cartAtTill } from '../../extensions/pos/src/till-cart.js';
import { factsOf } from '../../extensions/theme/src/theme-cart.js';
import { programFile } from '../../src/programs/program-file.js';
import { findOrSay } from '../support/machine.js';

/** Carts of a shop, and how each way of telling them to the service tells them: by that channel's own code. */
export const php = findOrSay('php', 'carts as WooCommerce’s server tells them are', 'php-cli');

/** Prices are in tens of cents, so that shares of ten are whole; the taxes are those whose share never ends in half a cent. */
const item = fc.record({
  product: fc.integer({ min: 1, max: 9_999 }),
  tens: fc.integer({ min: 1, max: 9_000 }),
  quantity: fc.integer({ min: 1, max: 9 }),
  gift: fc.boolean(),
});
export const aCart = fc.record({
  items: fc.uniqueArray(item, { selector: ({ product }) => product, minLength: 1, maxLength: 6 }),
  taxPercent: fc.constantFrom(0, 7, 19, 21, 23, 25),
  included: fc.boolean(),
  offPercent: fc.constantFrom(0, 10, 50),
  available: fc.bigInt({ min: 0n, max: 20_000n }),
});
export const rules = fc.record({
  points: fc.constantFrom('1', '3/2', '1/7'),
  per: fc.constantFrom(50, 100, 700),
  step: fc.constantFrom(1, 20, 100),
  off: fc.constantFrom(1, 100, 250),
  min: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
  max: fc.option(fc.integer({ min: 100, max: 5_000 }), { nil: undefined }),
  share: fc.constantFrom(undefined, '1/2', '1/3', '1'),
  minCart: fc.constantFrom(undefined, 2_000, 10_000),
});
export type Sale = typeof aCart extends fc.Arbitrary<infer T> ? T : never;
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

export function programOf({ points, per, step, off, min, max, share, minCart }: Rules) {
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
export const pageCart = (sale: Sale) => ({
  currency: 'EUR',
  coupons: ownCodes(sale),
  lines: linesOf(sale).map(({ product, quantity, net, tax, gift }) => {
    const kind = gift ? ('gift-card' as const) : ('product' as const);
    return { id: product, product, quantity, net, tax, kind };
  }),
});

/** As Shopify's theme reads it from /cart.js, which knows prices as displayed and a discount of the whole. */
export function themeCart(sale: Sale) {
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
export function tellingCart(sale: Sale, till: boolean) {
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
export function wooCarts(sales: readonly Sale[]): unknown[] {
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
