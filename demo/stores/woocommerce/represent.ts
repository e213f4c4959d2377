import { createHash } from 'node:crypto';
import type { Order, Refund, Taxed } from '../shop/model.js';
import { totalOf } from '../shop/orders.js';
import { decimal } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';

/** WooCommerce's REST representations (wc/v3, as 11.0 answers them). `dp` = decimals of money, the shop's own when absent. */
export interface Face {
  shop: Shop;
  home: string;
  dp?: number;
}

export const WOO_VERSION = '11.0.1';

const ZERO: Taxed = { net: 0, tax: 0 };
const sum = (parts: readonly Taxed[]): Taxed =>
  parts.reduce((total, part) => ({ net: total.net + part.net, tax: total.tax + part.tax }), ZERO);

export function moneyOf({ shop, dp }: Face): (minor: number) => string {
  return (minor) => decimal(minor, shop.settings.exponent, Math.max(dp ?? 0, shop.settings.exponent));
}

/** `YYYY-MM-DDTHH:MM:SS` of the site and of UTC, whole seconds as WooCommerce keeps them. */
export function dates(name: string, at: number | null, zone: string): Record<string, string | null> {
  if (at === null) return { [`date_${name}`]: null, [`date_${name}_gmt`]: null };
  return { [`date_${name}`]: siteTime(at, zone), [`date_${name}_gmt`]: gmt(at) };
}
export const gmt = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19);
const siteTime = (at: number, zone: string): string =>
  new Date(Math.floor(at / 1000) * 1000).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T');

export const links = (face: Face, path: string): unknown => ({
  self: [{ href: `${face.home}/wp-json/wc/v3/${path}` }],
  collection: [{ href: `${face.home}/wp-json/wc/v3/${path.split('/').slice(0, -1).join('/')}` }],
});

export const ADDRESS = { company: '', address_1: '', address_2: '', city: '', state: '', postcode: '', country: '' };

export function lineItem(line: Order['lines'][number], sign: 1 | -1, face: Face): Record<string, unknown> {
  const money = moneyOf(face);
  const each = line.quantity === 0 ? 0 : line.after.net / Math.abs(line.quantity);
  return {
    id: Number(line.id),
    name: line.title,
    product_id: Number(line.product),
    variation_id: 0,
    quantity: sign * line.quantity,
    tax_class: '',
    subtotal: money(sign * line.before.net),
    subtotal_tax: money(sign * line.before.tax),
    total: money(sign * line.after.net),
    total_tax: money(sign * line.after.tax),
    taxes: line.after.tax
      ? [{ id: 1, total: money(sign * line.after.tax), subtotal: money(sign * line.before.tax) }]
      : [],
    meta_data: [],
    sku: line.sku,
    global_unique_id: '',
    price: each / 10 ** face.shop.settings.exponent,
    image: { id: '', src: '' },
    parent_name: null,
  };
}

function couponLines(order: Order, face: Face): unknown[] {
  const included = face.shop.settings.taxesIncluded;
  const plain = (minor: number): string => String(minor / 10 ** face.shop.settings.exponent);
  return order.codes.map((used) => {
    const parts = order.lines.flatMap((line) =>
      line.offs
        .filter((off) => off.code === used.code)
        .map(({ off }) => {
          const tax = included ? Math.round((off * line.taxPercent) / (100 + line.taxPercent)) : 0;
          return { net: off - tax, tax };
        }),
    );
    const off = sum(parts);
    const isPercent = used.kind === 'percent';
    const nominal = isPercent ? used.nominal : used.nominal / 10 ** face.shop.settings.exponent;
    const info = JSON.stringify([Number(used.discount), used.code, isPercent ? 'percent' : null, nominal]);
    return {
      id: Number(used.id),
      code: used.code,
      discount: plain(off.net),
      discount_tax: plain(off.tax),
      meta_data: [
        { id: Number(used.id), key: 'coupon_info', value: info, display_key: 'coupon_info', display_value: info },
      ],
      discount_type: isPercent ? 'percent' : 'fixed_cart',
      nominal_amount: nominal,
      free_shipping: used.kind === 'free-shipping',
    };
  });
}

/** The order as GET orders/{id} and every order webhook show it: refunds by id and total only. */
export function orderJson(order: Order, face: Face): Record<string, unknown> {
  const { settings } = face.shop;
  const money = moneyOf(face);
  const before = sum(order.lines.map((line) => line.before));
  const after = sum(order.lines.map((line) => line.after));
  const shipping = order.shipping?.after ?? ZERO;
  const person = { first_name: order.firstName, last_name: order.lastName, ...ADDRESS };
  const address = order.firstName
    ? { ...person, address_1: '1 Main St', city: 'Utrecht', country: 'NL', postcode: '3511 AA' }
    : person;
  const pay = { card: ['demo_card', 'Card'], bank: ['bacs', 'Direct bank transfer'], cod: ['cod', 'Cash on delivery'] }[
    order.payment
  ];
  return {
    id: Number(order.id),
    parent_id: 0,
    status: order.status,
    currency: settings.currency,
    version: WOO_VERSION,
    prices_include_tax: settings.taxesIncluded,
    discount_total: money(before.net - after.net),
    discount_tax: money(before.tax - after.tax),
    shipping_total: money(shipping.net),
    shipping_tax: money(shipping.tax),
    cart_tax: money(after.tax),
    total: money(totalOf(order)),
    total_tax: money(after.tax + shipping.tax),
    customer_id: order.customer ? Number(order.customer) : 0,
    order_key: order.key,
    billing: { ...address, email: order.email, phone: order.phone },
    shipping: { ...address, phone: '' },
    payment_method: pay[0],
    payment_method_title: pay[1],
    transaction_id: '',
    customer_ip_address: '127.0.0.1',
    customer_user_agent: 'demo',
    created_via: order.via === 'web' ? 'store-api' : order.via,
    customer_note: '',
    cart_hash: createHash('md5').update(order.id).digest('hex'),
    // as a plugin for order numbers says it: in WooCommerce alone it is the id
    number: String(order.number),
    meta_data: Object.entries(order.attributes).map(([key, value], index) => ({
      id: Number(order.id) * 100 + index,
      key,
      value,
    })),
    line_items: order.lines.map((line) => lineItem(line, 1, face)),
    tax_lines: [],
    shipping_lines: order.shipping
      ? [shippingLine(order.shipping, order.shipping.after, 1, order.shipping.id, null, face)]
      : [],
    fee_lines: [],
    coupon_lines: couponLines(order, face),
    refunds: [...order.refunds].reverse().map((refund) => ({
      id: Number(refund.id),
      reason: refund.reason,
      total: money(-refund.amount),
      total_tax: money(-taxOf(refund)),
    })),
    payment_url: `${face.home}/checkout/order-pay/${order.id}/?pay_for_order=true&key=${order.key}`,
    is_editable: order.status === 'pending' || order.status === 'on-hold',
    needs_payment: order.paid === null && order.status === 'pending',
    needs_processing: true,
    ...dates('created', order.created, settings.zone),
    ...dates('modified', order.modified, settings.zone),
    ...dates('completed', order.completed, settings.zone),
    ...dates('paid', order.paid, settings.zone),
    currency_symbol: settings.currency,
    _links: links(face, `orders/${order.id}`),
  };
}

const taxOf = (refund: Refund): number => sum([...refund.lines, refund.shipping]).tax;

export function shippingLine(
  from: { title: string },
  part: Taxed,
  sign: 1 | -1,
  id: string,
  of: string | null,
  face: Face,
): unknown {
  const money = moneyOf(face);
  return {
    id: Number(id),
    method_title: from.title,
    method_id: 'flat_rate',
    instance_id: '1',
    total: money(sign * part.net),
    total_tax: money(sign * part.tax),
    taxes: part.tax ? [{ id: 1, total: money(sign * part.tax), subtotal: '' }] : [],
    tax_status: 'taxable',
    meta_data: of ? [refundedItem(id, of)] : [],
  };
}

export const refundedItem = (id: string, of: string): unknown => ({
  id: Number(id) + 1,
  key: '_refunded_item_id',
  value: of,
  display_key: '_refunded_item_id',
  display_value: of,
});
