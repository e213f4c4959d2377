import type { OrderSnapshot } from '../../src/commerce/order.js';
import { decimal } from './shopify-order-body.js';

const gmt = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 19));

/**
 * What WooCommerce would deliver of an order that is known as a snapshot. Of refunds a body shows only that there are some,
 * and it knows no gift cards: who uses it compares what is read back.
 */
export function wooOrderBody(order: OrderSnapshot): Record<string, unknown> {
  const write = (minor: number) => decimal(minor, order.money.exponent);
  const goods = order.lines.reduce((sum, { net, tax }) => sum + net + tax, 0);
  const { net, tax } = order.shipping;
  const off = order.shippingOff?.amount;
  return {
    id: Number(order.id),
    number: order.id,
    status: order.cancelled !== null ? 'cancelled' : order.fulfilled !== null ? 'completed' : 'processing',
    currency: order.money.code,
    prices_include_tax: false,
    date_created_gmt: gmt(order.placed),
    date_modified_gmt: gmt(order.at),
    date_paid_gmt: gmt(order.paid),
    date_completed_gmt: gmt(order.fulfilled),
    created_via: order.channel === 'web' ? 'checkout' : order.channel,
    customer_id: Number(order.customer ?? 0),
    billing: { email: order.email ?? '', phone: order.phone ?? '' },
    total: write(goods + net + tax),
    shipping_total: write(net),
    shipping_tax: write(tax),
    line_items: order.lines.map((line) => ({
      id: Number(line.id),
      product_id: Number(line.product ?? 0),
      variation_id: 0,
      name: line.title ?? '',
      sku: line.sku ?? '',
      quantity: line.quantity,
      subtotal: write(line.net + line.discount),
      subtotal_tax: '0',
      total: write(line.net),
      total_tax: write(line.tax),
    })),
    fee_lines: [],
    shipping_lines: order.shippingOff ? [{ method_id: 'free_shipping', total: '0.00' }] : [],
    coupon_lines: order.codes.map(({ code, off }) => ({ code, discount: write(off), discount_tax: '0' })),
    refunds: order.refunds.map(({ id }) => ({ id: Number(id), total: '0' })),
    meta_data: [
      // beside an order that is sent for nothing our plugin notes what it would have cost
      ...(typeof off === 'number' ? [{ key: '_tallymark_shipping_off', value: write(off) }] : []),
    ],
  };
}
