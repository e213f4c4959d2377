import type { OrderSnapshot, Refund } from '../../src/commerce/order.js';
import { GIFT_FROM, GIFT_TO } from '../../src/commerce/gift-attributes.js';
import { REFERRAL_ATTRIBUTE } from '../../src/commerce/referral-attribute.js';

const iso = (at: number) => new Date(at).toISOString();

/** Whole minor units as Shopify writes them. */
export function decimal(minor: number, exponent: number): string {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const point = digits.length - exponent;
  return `${minor < 0 ? '-' : ''}${digits.slice(0, point)}${exponent > 0 ? `.${digits.slice(point)}` : ''}`;
}

type Writes = (minor: number) => string;

/**
 * What Shopify would deliver of an order that is known as a snapshot. The body cannot say everything (when a late payment
 * came, categories, disputes, how much of it a gift card paid): who uses it compares what is read back.
 */
export function shopifyOrderBody(order: OrderSnapshot): Record<string, unknown> {
  const write: Writes = (minor) => decimal(minor, order.money.exponent);
  const set = (minor: number) => ({
    shop_money: { amount: write(minor), currency_code: order.money.code },
    // of no account: a body whose presentment money were read would be off by seven
    presentment_money: { amount: write(minor * 7), currency_code: 'XXX' },
  });
  const total = totalOf(order);
  const id = Number(order.id);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: order.name,
    created_at: iso(order.placed),
    processed_at: iso(order.placed),
    updated_at: iso(order.at),
    cancelled_at: order.cancelled === null ? null : iso(order.cancelled),
    closed_at: null,
    test: order.test,
    source_name: order.channel,
    currency: order.money.code,
    presentment_currency: 'XXX',
    taxes_included: false,
    customer: order.customer === null ? null : { id: Number(order.customer), email: order.email, phone: null },
    email: order.email,
    phone: order.phone,
    ...paymentOf(order, total, write),
    ...fulfilmentOf(order),
    total_price: write(total),
    total_price_set: set(total),
    total_tip_received: write(order.tip + tipsIn(order)),
    line_items: order.lines.map((line) => lineOf(line, set)),
    shipping_lines: shippingOf(order, set),
    discount_codes: order.codes.map(({ code, off }) => ({ code, amount: write(off), type: 'fixed_amount' })),
    discount_applications: [{ type: 'automatic', title: 'Reduced' }],
    refunds: order.refunds.map((refund) => refundOf(refund, order, write, set)),
    note_attributes: [
      ...(order.referral === null ? [] : [{ name: `_${REFERRAL_ATTRIBUTE}`, value: order.referral }]),
      ...(order.giftTo === undefined ? [] : [{ name: GIFT_TO, value: order.giftTo }]),
      ...(order.gift?.starts === undefined ? [] : [{ name: GIFT_FROM, value: order.gift.starts }]),
    ],
  };
}

type Set = (minor: number) => object;

function totalOf({ lines, shipping, tip }: OrderSnapshot): number {
  return lines.reduce((sum, line) => sum + line.net + line.tax, 0) + shipping.net + shipping.tax + tip;
}

const tipsIn = ({ lines }: OrderSnapshot) =>
  lines.filter((line) => line.kind === 'tip').reduce((sum, line) => sum + line.net + line.tax, 0);

function paymentOf(order: OrderSnapshot, total: number, write: Writes): Record<string, unknown> {
  const back = order.refunds.some((refund) => refund.failed === null);
  const standing =
    order.paid === null ? 'pending' : order.outstanding > 0 ? 'partially_paid' : back ? 'partially_refunded' : 'paid';
  const gateways = [
    ...(order.giftCardPaid > 0 ? ['gift_card'] : []),
    ...(order.giftCardPaid < total - order.outstanding || total === 0 ? ['bogus'] : []),
  ];
  return {
    financial_status: standing,
    payment_gateway_names: gateways,
    total_outstanding: write(order.paid === null ? total : order.outstanding),
  };
}

function fulfilmentOf({ fulfilled }: OrderSnapshot): Record<string, unknown> {
  if (fulfilled === null) return { fulfillment_status: null, fulfillments: [] };
  return { fulfillment_status: 'fulfilled', fulfillments: [{ created_at: iso(fulfilled), status: 'success' }] };
}

/** Where the whole line is no multiple of its quantity, the odd cents are a discount. */
function lineOf(line: OrderSnapshot['lines'][number], set: Set): Record<string, unknown> {
  const gross = line.net + line.discount;
  const each = line.quantity === 0 ? 0 : Math.ceil(gross / line.quantity);
  const off = each * line.quantity - line.net;
  const unit = set(each);
  return {
    id: Number(line.id),
    product_id: line.product === null ? null : Number(line.product),
    name: line.title ?? '',
    sku: line.sku ?? '',
    quantity: line.quantity,
    gift_card: line.kind === 'gift-card',
    ...(line.kind === 'tip' ? { tip_payment_gateway: 'bogus' } : {}),
    price_set: unit,
    price: amountIn(unit),
    discount_allocations:
      off === 0 ? [] : [{ amount: amountIn(set(off)), amount_set: set(off), discount_application_index: 0 }],
    tax_lines: line.tax === 0 ? [] : [{ price: amountIn(set(line.tax)), price_set: set(line.tax) }],
  };
}

const amountIn = (set: object) => (set as { shop_money: { amount: string } }).shop_money.amount;

function shippingOf({ shipping, shippingOff }: OrderSnapshot, set: Set): object[] {
  const off = shippingOff?.amount ?? 0;
  if (shipping.net === 0 && shipping.tax === 0 && off === 0) return [];
  const taxes = shipping.tax === 0 ? [] : [{ price: amountIn(set(shipping.tax)), price_set: set(shipping.tax) }];
  const before = { price: amountIn(set(shipping.net + off)), price_set: set(shipping.net + off) };
  const after = { discounted_price: amountIn(set(shipping.net)), discounted_price_set: set(shipping.net) };
  const allocation = { amount: amountIn(set(off)), amount_set: set(off), discount_application_index: 0 };
  return [{ ...before, ...after, tax_lines: taxes, discount_allocations: off === 0 ? [] : [allocation] }];
}

function refundOf(refund: Refund, order: OrderSnapshot, write: Writes, set: Set): Record<string, unknown> {
  const goods = refund.lines.reduce((sum, line) => sum + line.net + line.tax, 0);
  const given = goods + refund.shipping.net + refund.shipping.tax + refund.amount;
  const shipped = refund.shipping.net !== 0 || refund.shipping.tax !== 0;
  return {
    id: Number(refund.id),
    order_id: Number(order.id),
    created_at: iso(refund.at),
    processed_at: iso(refund.at),
    refund_line_items: refund.lines.map((line) => ({
      line_item_id: Number(line.line),
      quantity: line.quantity,
      subtotal: Number(write(line.net)),
      subtotal_set: set(line.net),
      total_tax: Number(write(line.tax)),
      total_tax_set: set(line.tax),
    })),
    refund_shipping_lines: shipped
      ? [{ subtotal_amount_set: set(refund.shipping.net), tax_amount_set: set(refund.shipping.tax) }]
      : [],
    order_adjustments: [],
    transactions: [
      {
        kind: 'refund',
        status: refund.failed === null ? 'success' : 'failure',
        amount: write(given),
        created_at: iso(refund.failed ?? refund.at),
        processed_at: iso(refund.failed ?? refund.at),
      },
    ],
  };
}
