import type { Fraction } from './fraction.js';
import { fraction, isPositive, larger, minus, ONE, over, plus, read, sum, times, whole, ZERO } from './fraction.js';
import type { Worth } from './conditions.js';
import type { Base } from './format.js';
import type { Line, Order } from './order.js';
import { remembered } from './remembered.js';
import type { Rules } from './versions.js';

/** What is left of an order after the refunds that count at an instant, in the snapshot's own minor units (FORMAT 4.5). */
export interface LineLeft {
  line: Line;
  net: Fraction;
  tax: Fraction;
  items: number;
}
export interface Remains {
  lines: LineLeft[];
  shipping: { net: Fraction; tax: Fraction };
}

export const countable = (line: Line): boolean => line.kind === 'product';

export const remainsOf = remembered((order: Order, t: number): Remains => {
  const refunds = order.refunds.filter((refund) => refund.at <= t && t < refund.failed);
  const lines = order.lines.map((line) => {
    const back = refunds.flatMap((refund) => refund.lines).filter((part) => part.line === line.id);
    const less = (from: number, parts: number[]) => Math.max(0, from - parts.reduce((a, b) => a + b, 0));
    return {
      line,
      net: less(
        line.net,
        back.map((part) => part.net),
      ),
      tax: less(
        line.tax,
        back.map((part) => part.tax),
      ),
      items: less(
        line.quantity,
        back.map((part) => part.quantity),
      ),
    };
  });
  const shippingNet = Math.max(0, order.shipping.net - refunds.reduce((all, refund) => all + refund.shipping.net, 0));
  const shippingTax = Math.max(0, order.shipping.tax - refunds.reduce((all, refund) => all + refund.shipping.tax, 0));
  const amount = refunds.reduce((all, refund) => all + refund.amount, 0);
  const goods = lines.reduce((all, line) => all + line.net + line.tax, 0);
  const ofGoods = keptShare(amount, goods);
  const ofShipping = keptShare(Math.max(0, amount - goods), shippingNet + shippingTax);
  return {
    lines: lines.map((line) => ({
      ...line,
      net: times(whole(line.net), ofGoods),
      tax: times(whole(line.tax), ofGoods),
    })),
    shipping: { net: times(whole(shippingNet), ofShipping), tax: times(whole(shippingTax), ofShipping) },
  };
});

/** The share of `of` that is kept when `amount` of it goes back: an exact fraction, never below 0. */
const keptShare = (amount: number, of: number): Fraction =>
  amount === 0 ? ONE : amount >= of ? ZERO : fraction(BigInt(of - amount), BigInt(of));

export const somethingLeft = (remains: Remains): boolean =>
  remains.lines.some((left) => countable(left.line) && (isPositive(left.net) || isPositive(left.tax)));

/** FORMAT 4.4: program minor units per minor unit of the snapshot; null = a currency without a booked rate. */
export function scaleOf(order: Order, rules: Rules): Fraction | null {
  const booked = order.money.code === rules.money.code ? '1' : rules.currencies[order.money.code];
  if (booked === undefined) return null;
  const ten = (power: number): Fraction => (power >= 0 ? whole(10 ** power) : fraction(1n, 10n ** BigInt(-power)));
  return times(read(booked), ten(rules.money.exponent - order.money.exponent));
}

/** FORMAT 4.7. An order without a total is wholly paid. */
function paidShare(order: Order, base: Base): Fraction {
  const total = [...order.lines, order.shipping].reduce((all, part) => all + part.net + part.tax, 0) + order.tip;
  const unpaid = order.outstanding + (base.giftCardPaid === 'out' ? order.giftCardPaid : 0);
  return total === 0 ? ONE : larger(ZERO, minus(ONE, fraction(BigInt(unpaid), BigInt(total))));
}

/** A line, or shipping (line null), with what of it counts, in program minor units. */
export interface BasePart {
  line: Line | null;
  base: Fraction;
  items: number;
}

/** FORMAT 4.3-4.7 and 3.2: the countable lines, and shipping when it is in the base. */
export function basePartsOf(order: Order, remains: Remains, rules: Rules, base: Base): BasePart[] {
  const scale = scaleOf(order, rules);
  const share = scale ? times(paidShare(order, base), scale) : ZERO;
  const parts: BasePart[] = remains.lines
    .filter((left) => countable(left.line))
    .map((left) => {
      const goods = plus(left.net, base.tax ? left.tax : ZERO);
      const discount = base.discounts === 'before' ? discountLeft(left) : ZERO;
      return { line: left.line, items: left.items, base: times(plus(goods, discount), share) };
    });
  if (base.shipping) {
    const shipping = plus(remains.shipping.net, base.tax ? remains.shipping.tax : ZERO);
    parts.push({ line: null, items: 0, base: times(shipping, share) });
  }
  return parts;
}

/** FORMAT 4.6. */
function discountLeft({ line, net, items }: LineLeft): Fraction {
  if (line.discount === 0) return ZERO;
  if (line.net > 0) return times(whole(line.discount), over(net, whole(line.net)));
  return line.quantity > 0 ? times(whole(line.discount), fraction(BigInt(items), BigInt(line.quantity))) : ZERO;
}

export const baseLeft = (order: Order, t: number, rules: Rules, base: Base): Fraction =>
  sum(basePartsOf(order, remainsOf(order, t), rules, base).map((part) => part.base));

/** FORMAT 9.6: the share of the lines' net and tax that went back; of the discounts, by quantity, if all lines were free. */
export function shareGoneBack(order: Order, t: number): Fraction {
  const left = remainsOf(order, t).lines;
  const worth = order.lines.reduce((all, line) => all + line.net + line.tax, 0);
  if (worth > 0) {
    const kept = sum(left.map((part) => plus(part.net, part.tax)));
    return minus(ONE, over(kept, whole(worth)));
  }
  const discounts = order.lines.reduce((all, line) => all + line.discount, 0);
  if (discounts === 0) return ZERO;
  const kept = sum(
    left.map(({ line, items }) =>
      line.quantity > 0 ? times(whole(line.discount), fraction(BigInt(items), BigInt(line.quantity))) : ZERO,
    ),
  );
  return minus(ONE, over(kept, whole(discounts)));
}

/** What is there of an order, and what was bought, as conditions ask: what the shopper pays, in program minor units. */
export function worthOf(order: Order, remains: Remains, rules: Rules, base: Fraction): Worth {
  const scale = scaleOf(order, rules) ?? ZERO;
  const kept = remains.lines.filter(({ line, items }) => line.kind === 'product' && items > 0);
  const goods = (kind: Line['kind']): boolean => kind === 'product';
  const left = (counts: (kind: Line['kind']) => boolean): Fraction =>
    sum(remains.lines.filter((part) => counts(part.line.kind)).map((part) => plus(part.net, part.tax)));
  const bought = (counts: (kind: Line['kind']) => boolean): Fraction =>
    whole(order.lines.filter((line) => counts(line.kind)).reduce((all, line) => all + line.net + line.tax, 0));
  const sent = whole(order.shipping.net + order.shipping.tax + order.tip);
  const keptSent = plus(plus(remains.shipping.net, remains.shipping.tax), whole(order.tip));
  const items = (all: { kind: Line['kind']; items: number }[]): Fraction =>
    whole(all.filter(({ kind }) => goods(kind)).reduce((count, line) => count + Math.floor(line.items), 0));
  return {
    base,
    cart: { left: times(left(goods), scale), bought: times(bought(goods), scale) },
    total: {
      left: times(
        plus(
          left(() => true),
          keptSent,
        ),
        scale,
      ),
      bought: times(
        plus(
          bought(() => true),
          sent,
        ),
        scale,
      ),
    },
    items: {
      left: items(remains.lines.map((part) => ({ kind: part.line.kind, items: part.items }))),
      bought: items(order.lines.map((line) => ({ kind: line.kind, items: line.quantity }))),
    },
    goods: kept.map(({ line, items: left }) => ({ line, now: { items: left, scale } })),
  };
}
