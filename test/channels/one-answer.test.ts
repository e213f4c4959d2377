import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cartOf, redeemView } from '../../src/http/storefront/preview-view.js';
import { programView } from '../../src/http/storefront/program-view.js';
import { cart as wireCart, type Cart as WireCart } from '../../src/http/storefront/schemas.js';
import { spokenIn } from '../../src/http/storefront/spoken.js';
import type { MemberState } from '../../src/loyalty/member-state.js';
import { NOBODY } from '../../src/loyalty/nobodys-orders.js';
import { promise } from '../../src/rules/promise.js';
import { NO_STANDING } from '../../src/rules/standing.js';
import { bounds } from '../../widget/bounds.js';
import { aCart, pageCart, php, programOf, rules, tellingCart, themeCart, wooCarts } from './told-carts.js';

/**
 * T13, T15: a cart of a shop, told to the service in each way that it is told: by the page (widget), by Shopify's theme, its
 * checkout and its till, by WooCommerce's server (one for both of its checkouts), and straight to the API. All get one answer.
 */
const CARTS = 2_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');

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
