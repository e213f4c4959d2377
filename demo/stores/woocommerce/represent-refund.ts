import type { Order, Refund } from '../shop/model.js';
import { refundedOf, totalOf } from '../shop/orders.js';
import { dates, lineItem, links, moneyOf, refundedItem, shippingLine, type Face } from './represent.js';

/** A refund with its lines, negative as WooCommerce writes them. `withParent` for the list across orders. */
export function refundJson(order: Order, refund: Refund, face: Face, withParent = false): Record<string, unknown> {
  const full = refundedOf(order) >= totalOf(order) && order.refunds.at(-1)?.id === refund.id;
  return {
    id: Number(refund.id),
    ...(withParent ? { parent_id: Number(order.id) } : {}),
    ...dates('created', refund.at, face.shop.settings.zone),
    amount: moneyOf(face)(refund.amount),
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: [{ id: Number(refund.id) + 1, key: '_refund_type', value: full ? 'full' : 'partial' }],
    line_items: refund.lines.flatMap((part) => {
      const line = order.lines.find((each) => each.id === part.line);
      if (!line) return [];
      const negative = { ...line, id: part.id, quantity: part.quantity, before: part, after: part };
      return [{ ...lineItem(negative, -1, face), meta_data: [refundedItem(part.id, line.id)] }];
    }),
    shipping_lines:
      order.shipping && refund.shipping.net + refund.shipping.tax > 0
        ? [shippingLine(order.shipping, refund.shipping, -1, refund.id, order.shipping.id, face)]
        : [],
    tax_lines: [],
    fee_lines: [],
    _links: links(face, `orders/${order.id}/refunds/${refund.id}`),
  };
}
