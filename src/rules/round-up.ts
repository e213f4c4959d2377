import type { Minor } from '../commerce/order.js';
import type { Millis } from '../lib/clock.js';
import { Calendar, dayNumber } from './calendar.js';
import type { Cart } from './cart.js';
import { orderOfCart } from './cart.js';
import { plainPins, prepareWhen } from './conditions/index.js';
import { floor, fraction, ONE, times, ZERO } from './fraction.js';
import type { KnownOrder } from './known.js';
import type { ProgramRules } from './program-rules.js';
import { remainsOf } from './remains.js';

/** A cart with what it is rounded up by. */
export interface RoundedUp {
  cart: Cart;
  product: string;
  add: Minor;
  /** What is paid then, taxes and shipping included. */
  total: Minor;
}

type RoundUp = NonNullable<ProgramRules['roundUp']>;

/** The products that are bought by rounding up: one, or one for each cause. */
export function roundUpProducts({ product, causes = [] }: RoundUp): string[] {
  return [...new Set([product, ...causes.map((cause) => cause.product)])];
}

/**
 * The cart of an instant with the product that stands for the difference to the next whole amount; null = there is nothing to round: it is whole,
 * is rounded up already, is paid in another currency than the rules speak of, the rules ask it of other carts, or the difference is more than `room`, what the
 * member's limits leave: a part of it would make no whole amount.
 */
export function roundedUp(
  { roundUp, money, zone }: ProgramRules,
  cart: Cart,
  now: Millis,
  room: Minor = Infinity,
): RoundedUp | null {
  if (!roundUp || cart.money.code !== money.code || cart.money.exponent !== money.exponent) return null;
  const { product, to, when } = roundUp;
  if (isAskedNot(cart, when, zone, now)) return null;
  const products = new Set<string | null>(roundUpProducts(roundUp));
  if (cart.lines.some((line) => products.has(line.product))) return null;
  const paid = cart.lines.reduce((sum, { net, tax }) => sum + net + tax, cart.shipping.net + cart.shipping.tax);
  const over = paid % to;
  if (paid <= 0 || over === 0) return null;
  const add = to - over;
  if (add > room) return null;
  const line = { id: 'round-up', kind: 'product' as const, product, categories: [], tags: [], quantity: 1 };
  const lines = [...cart.lines, { ...line, net: add, tax: 0, discount: 0 }];
  return { cart: { ...cart, lines }, product, add, total: paid + add };
}

function isAskedNot(cart: Cart, when: RoundUp['when'], zone: string, now: Millis): boolean {
  const order = orderOfCart(cart, now, null);
  const facts = { order, pins: plainPins(now, null), scale: ONE, remains: remainsOf(order, now), base: ZERO };
  return (prepareWhen(when, zone)?.(facts) ?? null) !== null;
}

/** From when orders bear on what a member may still be asked for; null = the rules set no limit. */
export function roundUpSince({ roundUp, zone }: ProgramRules, now: Millis): Millis | null {
  const { month, year } = roundUp?.limits ?? {};
  if (month === undefined && year === undefined) return null;
  const calendar = Calendar.of(zone);
  const today = calendar.wallClock(now);
  return calendar.startOf(dayNumber(today.year, year === undefined ? today.month : 1, 1));
}

/**
 * What the limits leave one member to be asked for, by all their orders since `roundUpSince`: what was bought by rounding up counts
 * from when it was ordered, and no more once it is given back or the order is cancelled.
 */
export function roomToRoundUp(rules: ProgramRules, orders: readonly KnownOrder[], now: Millis): Minor {
  const { roundUp, zone } = rules;
  if (!roundUp?.limits) return Infinity;
  const calendar = Calendar.of(zone);
  const products = new Set<string | null>(roundUpProducts(roundUp));
  const today = calendar.wallClock(now);
  const used = { month: 0, year: 0 };
  for (const order of orders) {
    const then = calendar.wallClock(order.placed);
    if (then.year !== today.year || order.money.code !== rules.money.code) continue;
    const kept = keptOf(order, products, now);
    used.year += kept;
    if (then.month === today.month) used.month += kept;
  }
  const { month = Infinity, year = Infinity } = roundUp.limits;
  return Math.max(0, Math.min(month - used.month, year - used.year));
}

function keptOf(order: KnownOrder, products: ReadonlySet<string | null>, now: Millis): Minor {
  if (order.test || (order.cancelled !== null && order.cancelled <= now)) return 0;
  const { net, tax, share } = remainsOf(order, now);
  let paid = 0;
  order.lines.forEach((line, i) => {
    if (products.has(line.product)) paid += (net[i] ?? 0) + (tax[i] ?? 0);
  });
  return Number(floor(times(fraction(paid), share)));
}
