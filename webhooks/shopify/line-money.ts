import type { Minor, OrderLine, ShippingOff, Taxed } from '../../src/commerce/order.js';
import { cleanText } from '../shapes.js';
import { bounded, share, toMinor } from '../amounts.js';
import type { Allocation, LineFacts, OrderFacts, ShippingFacts } from './order-facts.js';

/** How amounts of one order are read: their exponent, and whether its prices contain the tax. */
export interface Prices {
  exponent: number;
  taxesIncluded: boolean;
}

/** A line as it was bought: price x quantity, less everything taken off it, less the tax that is really in it. */
export function lineMoney(line: LineFacts, prices: Prices): Taxed & { discount: Minor } {
  const gross = bounded(toMinor(line.unitPrice, prices.exponent) * line.quantity);
  const off =
    line.allocations.length > 0 ? total(line.allocations, prices) : toMinor(line.lineDiscount, prices.exponent);
  const tax = sum(line.taxes, prices);
  const net = Math.max(0, gross - off - (prices.taxesIncluded ? tax : 0));
  return { net, tax, discount: prices.taxesIncluded ? withoutTax(off, { net, tax }) : off };
}

/**
 * Units that an edit took off the order. Shopify keeps them in `quantity`, takes them out of `current_quantity`, and
 * does not always write a refund line for them.
 */
export function editedAway(line: LineFacts, refunded: number): number {
  const left = line.currentQuantity ?? line.quantity - refunded;
  return Math.min(line.quantity, Math.max(0, line.quantity - refunded - left));
}

/** The line without the units that an edit took off; null when nothing is left of it. */
export function orderLine(line: LineFacts, prices: Prices, removed: number): OrderLine | null {
  const kept = line.quantity - removed;
  if (kept === 0 && line.quantity > 0) return null;
  const money = lineMoney(line, prices);
  return {
    id: line.id,
    kind: line.giftCard ? 'gift-card' : line.tip ? 'tip' : 'product',
    product: line.product,
    categories: [],
    tags: [],
    quantity: kept,
    net: removed === 0 ? money.net : share(money.net, kept, line.quantity),
    tax: removed === 0 ? money.tax : share(money.tax, kept, line.quantity),
    discount: removed === 0 ? money.discount : share(money.discount, kept, line.quantity),
    ...(line.variant !== null && { variant: line.variant }),
    ...(line.sku !== null && { sku: line.sku }),
    ...(line.title !== null && { title: cleanText(line.title).slice(0, 200) }),
  };
}

/** All shipping lines together, after discounts. */
export function shippingMoney(lines: readonly ShippingFacts[], prices: Prices): Taxed {
  let net = 0;
  let tax = 0;
  for (const line of lines) {
    const price =
      line.allocations.length > 0
        ? toMinor(line.price, prices.exponent) - total(line.allocations, prices)
        : toMinor(line.discounted, prices.exponent);
    const lineTax = sum(line.taxes, prices);
    tax += lineTax;
    net += Math.max(0, price - (prices.taxesIncluded ? lineTax : 0));
  }
  return { net, tax };
}

/** What discounts took off it, and the code among them; a line that is dearer than it was has had nothing taken off. */
export function shippingOff({ shipping, applications }: OrderFacts, prices: Prices): ShippingOff | null {
  const amount = shipping.reduce((all, line) => {
    const told = line.allocations.length > 0;
    const off = told ? total(line.allocations, prices) : sum([line.price], prices) - sum([line.discounted], prices);
    return all + Math.max(0, off);
  }, 0);
  if (amount === 0) return null;
  const codes = shipping
    .flatMap(({ allocations }) => allocations)
    .map(({ application }) => (application === null ? null : (applications[application]?.code ?? null)));
  return { amount: bounded(amount), code: codes.find((code) => code !== null) ?? null };
}

export function sum(amounts: readonly string[], prices: Prices): Minor {
  return amounts.reduce((all, amount) => all + toMinor(amount, prices.exponent), 0);
}

export function total(allocations: readonly Allocation[], prices: Prices): Minor {
  return sum(
    allocations.map(({ amount }) => amount),
    prices,
  );
}

/** The part of an amount with tax that is not tax, in the proportion of what it was taken from. */
function withoutTax(amount: Minor, of: Taxed): Minor {
  const gross = of.net + of.tax;
  return gross === 0 ? amount : share(amount, of.net, gross);
}
