import type { Minor, OrderLine } from '../commerce/order.js';
import type { Millis } from '../lib/clock.js';
import { prepareWhere } from './conditions/index.js';
import { fraction, times, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { KnownOrder } from './known.js';
import type { ProgramRules, Where } from './program-rules.js';
import { scaleOf } from './remains.js';

/** What a shopper has in the cart; amounts are minor units of `money`. */
export interface Cart {
  store: string;
  channel: string;
  money: { code: string; exponent: number };
  lines: OrderLine[];
  shipping: { net: Minor; tax: Minor };
  /** As an order would tell it; absent = not told. */
  country?: string;
  language?: string;
  payments?: string[];
  /** What of it gift cards would pay; absent = nothing, or not told. */
  giftCardPaid?: Minor;
  coupons?: string[];
  roles?: string[];
  customerTags?: string[];
}

/** One item of a product of which nothing else is known. */
export function plainLine(product: string): OrderLine {
  const of = { kind: 'product' as const, product, categories: [], tags: [], quantity: 1 };
  return { id: '1', ...of, net: 0, tax: 0, discount: 0 };
}

/** Worth of a cart for rewards, in the program's minor units: net and tax of goods (FORMAT 9.1). */
export interface CartWorth {
  all: Fraction;
  /** Of the lines that match the reward's `where`. */
  eligible: Fraction;
  shipping: Fraction;
}

export function cartWorth(rules: ProgramRules, cart: Cart, where: Where | undefined): CartWorth {
  const scale = scaleOf(rules, cart.money) ?? ZERO;
  const test = prepareWhere(where);
  let all = 0;
  let eligible = 0;
  for (const line of cart.lines) {
    if (line.kind !== 'product') continue;
    all += line.net + line.tax;
    if (test === null || test(line, { items: line.quantity, scale })) eligible += line.net + line.tax;
  }
  const sent = cart.shipping.net + cart.shipping.tax;
  return {
    all: times(fraction(all), scale),
    eligible: times(fraction(eligible), scale),
    shipping: times(fraction(sent), scale),
  };
}

/** The cart as the order that it would be if it were placed and paid at `at`. */
export function orderOfCart(cart: Cart, at: Millis, customer: string | null): KnownOrder {
  return {
    ...cart,
    id: '\uffffcart',
    at,
    customer,
    placed: at,
    paid: at,
    fulfilled: at,
    cancelled: null,
    test: false,
    tip: 0,
    outstanding: 0,
    giftCardPaid: cart.giftCardPaid ?? 0,
    refunds: [],
    disputes: [],
    redemptions: [],
    mailbox: null,
    phone: null,
    grants: {},
  };
}
