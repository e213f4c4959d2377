import type { Minor, Order, OrderLine, Refund, ShippingLine } from '../shop/model.js';
import { refundedOf, totalOf } from '../shop/orders.js';
import { decimal } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';

/** What both faces of an order (webhook body and GraphQL) say of its money, so that they cannot disagree. */
export interface Figures {
  text(minor: Minor): string;
  currency: string;
  total: Minor;
  refunded: Minor;
  received: Minor;
  outstanding: Minor;
  /** As displayed, before and after codes. */
  itemsBefore: Minor;
  itemsAfter: Minor;
  shippingBefore: Minor;
  shippingAfter: Minor;
  tax: Minor;
  standing: 'pending' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';
}

export const offOf = (line: OrderLine | ShippingLine): Minor => line.offs.reduce((sum, each) => sum + each.off, 0);
export const refundedPieces = (order: Order, line: string): number =>
  order.refunds
    .flatMap((refund) => refund.lines)
    .reduce((sum, each) => sum + (each.line === line ? each.quantity : 0), 0);

export function figuresOf(order: Order, shop: Shop): Figures {
  const { exponent, currency } = shop.settings;
  const total = totalOf(order);
  const refunded = refundedOf(order);
  const paid = order.paid !== null;
  const itemsBefore = order.lines.reduce((sum, line) => sum + line.unitPrice * line.quantity, 0);
  const off = order.lines.reduce((sum, line) => sum + offOf(line), 0);
  const shippingBefore = order.shipping?.price ?? 0;
  const standing = !paid
    ? order.cancelled === null
      ? 'pending'
      : 'voided'
    : refunded === 0
      ? 'paid'
      : refunded >= total
        ? 'refunded'
        : 'partially_refunded';
  return {
    text: (minor) => decimal(minor, exponent),
    currency,
    total,
    refunded,
    received: paid ? total : 0,
    outstanding: paid || order.cancelled !== null ? 0 : total,
    itemsBefore,
    itemsAfter: itemsBefore - off,
    shippingBefore,
    shippingAfter: shippingBefore - (order.shipping ? offOf(order.shipping) : 0),
    tax: [...order.lines, ...(order.shipping ? [order.shipping] : [])].reduce((sum, line) => sum + line.after.tax, 0),
    standing,
  };
}

/** A refunded line's subtotal, which contains the tax where the shop's prices do. */
export const refundSubtotal = (part: { net: Minor; tax: Minor }, included: boolean): Minor =>
  part.net + (included ? part.tax : 0);

export const gatewayOf = (order: Order): string =>
  ({ card: 'shopify_payments', bank: 'Bank Deposit', cod: 'Cash on Delivery (COD)' })[order.payment];

/** What a refund gave beyond its lines and shipping; Shopify records it as an adjustment. */
export function beyondLines(refund: Refund): Minor {
  const named = [...refund.lines, refund.shipping].reduce((sum, part) => sum + part.net + part.tax, 0);
  return refund.amount - named;
}
