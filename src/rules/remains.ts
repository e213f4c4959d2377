import type { Millis } from '../lib/clock.js';
import { fraction, ONE, parseFraction, plus, times, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { KnownOrder } from './known.js';
import type { BaseRules, ProgramRules } from './program-rules.js';

/** What is left of an order after the refunds that counted at an instant (FORMAT 4.5), in the order's own minor units. */
export interface Remains {
  /** Whole minor units after refund lines, beside the order's lines; `share` of them is left after amounts without lines. */
  net: number[];
  tax: number[];
  items: number[];
  share: Fraction;
  shipping: { net: number; tax: number; share: Fraction };
  /** Some net or tax of a line that can count is left. */
  some: boolean;
}

/** Net, tax and items that are left at an instant, and the shares that amounts without lines leave of them. */
export function remainsOf(order: KnownOrder, at: Millis): Remains {
  const net = order.lines.map((line) => Math.max(0, line.net));
  const tax = order.lines.map((line) => Math.max(0, line.tax));
  const items = order.lines.map((line) => Math.max(0, line.quantity));
  const shipping = { net: Math.max(0, order.shipping.net), tax: Math.max(0, order.shipping.tax), share: ONE };
  const amount = lowerByRefunds(order, at, { net, tax, items, shipping });
  let worth = 0;
  for (let i = 0; i < net.length; i++) worth += (net[i] ?? 0) + (tax[i] ?? 0);
  let share = ONE;
  if (amount > 0) {
    share = amount >= worth ? ZERO : fraction(worth - amount, worth);
    const sent = shipping.net + shipping.tax;
    const excess = amount - worth;
    if (excess > 0 && sent > 0) shipping.share = excess >= sent ? ZERO : fraction(sent - excess, sent);
  }
  const some =
    share.n > 0n && order.lines.some((line, i) => line.kind === 'product' && (net[i] ?? 0) + (tax[i] ?? 0) > 0);
  return { net, tax, items, share, shipping, some };
}

type Lowered = Pick<Remains, 'net' | 'tax' | 'items'> & { shipping: { net: number; tax: number } };

/** Takes the refund lines off, and returns the sum of the amounts that name no lines. */
function lowerByRefunds(order: KnownOrder, at: Millis, left: Lowered): number {
  let amount = 0;
  for (const refund of order.refunds) {
    if (refund.at > at || (refund.failed !== null && refund.failed <= at)) continue;
    amount += refund.amount;
    left.shipping.net -= refund.shipping.net;
    left.shipping.tax -= refund.shipping.tax;
    for (const back of refund.lines) {
      const i = order.lines.findIndex((line) => line.id === back.line);
      if (i < 0) continue;
      left.net[i] = (left.net[i] ?? 0) - back.net;
      left.tax[i] = (left.tax[i] ?? 0) - back.tax;
      left.items[i] = (left.items[i] ?? 0) - back.quantity;
    }
  }
  for (const list of [left.net, left.tax, left.items]) {
    for (let i = 0; i < list.length; i++) if ((list[i] ?? 0) < 0) list[i] = 0;
  }
  left.shipping.net = Math.max(0, left.shipping.net);
  left.shipping.tax = Math.max(0, left.shipping.tax);
  return amount;
}

/** The factor from the order's minor units to the program's; null for a currency without a booked rate (FORMAT 4.4). */
export function scaleOf(rules: ProgramRules, money: { code: string; exponent: number }): Fraction | null {
  let rate = ONE;
  if (money.code !== rules.money.code) {
    const booked = rules.currencies[money.code];
    if (booked === undefined) return null;
    rate = parseFraction(booked);
  }
  const shift = rules.money.exponent - money.exponent;
  if (shift === 0) return rate;
  const power = 10n ** BigInt(Math.abs(shift));
  return times(rate, shift > 0 ? { n: power, d: 1n } : { n: 1n, d: power });
}

/** max(0, 1 - (outstanding + gift card payment when it is out) / total); an order of no worth is paid (FORMAT 4.7). */
export function paidShare(order: KnownOrder, base: BaseRules): Fraction {
  const open = order.outstanding + (base.giftCardPaid === 'out' ? order.giftCardPaid : 0);
  if (open <= 0) return ONE;
  let total = order.shipping.net + order.shipping.tax + order.tip;
  for (const line of order.lines) total += line.net + line.tax;
  if (total <= 0) return ONE;
  return open >= total ? ZERO : fraction(total - open, total);
}

/** What a line, or the shipping (line null), is worth to the base, in the program's minor units. */
export interface BaseLine {
  line: number | null;
  base: Fraction;
  /** Whole items left. */
  items: number;
}

/**
 * The base that counts, line by line: goods only (no gift cards, tips, fees), then the shipping when it is in the base.
 * `scale` is that of `scaleOf`.
 */
export function baseLines(order: KnownOrder, remains: Remains, base: BaseRules, scale: Fraction): BaseLine[] {
  const common = times(paidShare(order, base), scale);
  const ofLines = times(remains.share, common);
  const out: BaseLine[] = [];
  order.lines.forEach((line, i) => {
    if (line.kind !== 'product') return;
    const net = remains.net[i] ?? 0;
    const items = remains.items[i] ?? 0;
    let worth = times({ n: BigInt(net + (base.tax ? (remains.tax[i] ?? 0) : 0)), d: 1n }, ofLines);
    if (base.discounts === 'before' && line.discount > 0) {
      const discount = { n: BigInt(line.discount), d: 1n };
      worth = plus(
        worth,
        line.net > 0
          ? times(times(discount, fraction(net, line.net)), ofLines)
          : times(times(discount, partOf(items, line.quantity)), common),
      );
    }
    out.push({ line: i, base: worth, items: Math.floor(items) });
  });
  if (base.shipping) {
    const sent = remains.shipping.net + (base.tax ? remains.shipping.tax : 0);
    if (sent > 0)
      out.push({ line: null, base: times(times(fraction(sent), remains.shipping.share), common), items: 0 });
  }
  return out;
}

/** items / quantity for quantities that need not be whole (1.5 kg), exact to the thousandth. */
function partOf(items: number, quantity: number): Fraction {
  if (quantity <= 0) return ONE;
  return Number.isInteger(items) && Number.isInteger(quantity)
    ? fraction(items, quantity)
    : fraction(Math.round(items * 1000), Math.max(1, Math.round(quantity * 1000)));
}

export function sumOf(lines: readonly BaseLine[]): Fraction {
  let sum = ZERO;
  for (const line of lines) sum = plus(sum, line.base);
  return sum;
}
