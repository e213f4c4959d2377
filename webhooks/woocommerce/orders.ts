import type { KnownStore, Reading } from '../../src/commerce/inbound-platform.js';
import type { OrderLine, OrderSnapshot, Refund, RefundLine } from '../../src/commerce/order.js';
import { giftAmong } from '../../src/commerce/gift-attributes.js';
import { referralAmong } from '../../src/commerce/referral-attribute.js';
import type { Millis } from '../../src/lib/clock.js';
import { decimalsOf, toMinor } from '../amounts.js';
import { orderBody, refundBody, type OrderBody, type RefundBody } from './order-body.js';
import { shownName } from './shown-name.js';

type Money = Pick<KnownStore, 'money'>;
type ToMinor = (amount: string) => number;

/** Not orders yet: a checkout that is being filled in, a page that an administrator has opened. */
const DRAFTS = new Set(['checkout-draft', 'auto-draft']);
const DEAD = new Set(['cancelled', 'failed', 'trash']);
/** The storefront's own checkouts, classic and block; every other way keeps its name. */
const WEB = new Set(['checkout', 'store-api']);

/**
 * The body of `order.created`, `order.updated`, `order.restored`. Of its refunds it shows only id and total, so an
 * order that has any is read again through the API, together with them.
 */
export function readOrder(body: unknown, store: KnownStore): Reading {
  const order = orderBody.parse(body);
  if (DRAFTS.has(order.status)) return { kind: 'nothing', why: `a draft (${order.status}) is no order yet` };
  if (order.status === 'trash') return { kind: 'order-removed', id: order.id };
  if ((order.refunds ?? []).length > 0) return { kind: 'poke', what: 'order', id: order.id };
  return { kind: 'order', order: translate(order, [], store), untold: [] };
}

/**
 * An order of `GET orders/<id>` with all of `GET orders/<id>/refunds`, as a snapshot; null for a draft. Both must be
 * read with the store's own decimals (no `dp`), or they differ from the deliveries. Throws zod's error.
 */
export function toSnapshot(restOrder: unknown, refunds: readonly unknown[], store: Money): OrderSnapshot | null {
  const order = orderBody.parse(restOrder);
  if (DRAFTS.has(order.status)) return null;
  return translate(
    order,
    refunds.map((refund) => refundBody.parse(refund)),
    store,
  );
}

function translate(order: OrderBody, refunds: readonly RefundBody[], store: Money): OrderSnapshot {
  const exponent = decimalsOf(order.currency, amountsOf(order, refunds), store.money);
  const minor: ToMinor = (amount) => toMinor(amount, exponent);
  const at = order.date_modified_gmt ?? order.date_created_gmt;
  const attributes = (order.meta_data ?? []).map(({ key, value }) => ({ name: key ?? '', value }));
  return {
    id: order.id,
    name: order.number ? `#${order.number}` : null,
    at,
    channel: order.created_via === null || WEB.has(order.created_via) ? 'web' : order.created_via,
    customer: order.customer_id,
    email: order.billing?.email ?? null,
    phone: order.billing?.phone ?? null,
    placed: order.date_created_gmt,
    paid: paidAt(order, at),
    fulfilled: order.date_completed_gmt ?? (order.status === 'completed' ? at : null),
    cancelled: DEAD.has(order.status) ? at : null,
    test: false,
    money: { code: order.currency, exponent },
    lines: linesOf(order, minor),
    shipping: { net: minor(order.shipping_total), tax: minor(order.shipping_tax) },
    ...shippingOff(order, attributes, exponent),
    tip: 0,
    outstanding: 0,
    giftCardPaid: (order.gift_cards ?? []).reduce((all, card) => all + Math.max(0, minor(card.amount)), 0),
    refunds: refunds.map((refund) => refundOf(refund, minor)).sort((a, b) => a.at - b.at || a.id.localeCompare(b.id)),
    disputes: [],
    codes: codesOf(order, minor),
    referral: referralAmong(attributes),
    ...giftAmong(attributes),
    ...circumstancesOf(order),
  };
}

/** What our plugin takes off by itself for a member: as a coupon in WooCommerce's books, but nobody brought a code. */
const STANDING = /^tallymark-member-[\d.]+$/i;

function codesOf(order: OrderBody, minor: ToMinor): OrderSnapshot['codes'] {
  const brought = (order.coupon_lines ?? []).filter(({ code }) => !STANDING.test(code));
  return brought.map(({ code, discount, discount_tax }) => ({
    code,
    off: minor(discount) + (order.prices_include_tax ? minor(discount_tax) : 0),
  }));
}

/** As our plugin writes it beside an order that is sent for nothing: what the cheapest paid delivery would have cost. */
const WOULD_HAVE_COST = '_tallymark_shipping_off';

/**
 * Shipping that is free by the shop's method for it, by a coupon that opens that method, or by a member's standing (then our plugin
 * says so): WooCommerce itself does not say what it would have cost.
 */
function shippingOff(
  order: OrderBody,
  attributes: readonly { name: string; value: unknown }[],
  exponent: number,
): Pick<OrderSnapshot, 'shippingOff'> {
  const coupon = order.coupon_lines?.find(({ free_shipping }) => free_shipping === true);
  const told = attributes.find(({ name }) => name === WOULD_HAVE_COST)?.value;
  const isFree =
    told !== undefined || order.shipping_lines?.some(({ method_id }) => method_id === 'free_shipping') === true;
  if (Number(order.shipping_total) !== 0 || !isFree) return {};
  const amount = typeof told === 'string' && /^\d{1,12}(\.\d{1,8})?$/.test(told) ? toMinor(told, exponent) : null;
  return { shippingOff: { amount, code: coupon?.code ?? null } };
}

type Circumstances = Pick<OrderSnapshot, 'country' | 'language' | 'payments' | 'subscription'>;

/** WooCommerce itself knows no language of an order; WPML, which shops in several use, writes it beside. */
function circumstancesOf(order: OrderBody): Circumstances {
  const meta = (name: string): unknown => order.meta_data?.find(({ key }) => key === name)?.value;
  const country = order.shipping?.country ?? order.billing?.country ?? null;
  const language = meta('wpml_language');
  const renews = order.created_via === 'subscription' || meta('_subscription_renewal') !== undefined;
  return {
    ...(country !== null && { country: country.toUpperCase() }),
    ...(typeof language === 'string' && language !== '' && { language: language.slice(0, 20) }),
    ...(order.payment_method !== null && { payments: [order.payment_method] }),
    ...(renews && { subscription: true }),
  };
}

/**
 * `processing` alone is not paid: cash on delivery and bank transfers have it without a payment. A plugin's own status
 * says neither paid nor cancelled; only its dates do.
 */
function paidAt(order: OrderBody, at: Millis): Millis | null {
  if (order.date_paid_gmt !== null && order.date_paid_gmt !== undefined) return order.date_paid_gmt;
  return order.status === 'completed' ? (order.date_completed_gmt ?? at) : null;
}

/** `total` is what was paid for the line, whatever its quantity says; a discount that another plugin made a fee is a fee. */
function linesOf(order: OrderBody, minor: ToMinor): OrderLine[] {
  const goods = order.line_items.map((line): OrderLine => ({
    ...lineOf(line, 'product', minor),
    product: line.product_id,
    quantity: Math.max(0, line.quantity),
    discount: Math.max(0, minor(line.subtotal) - minor(line.total)),
    ...(line.variation_id !== null && { variant: line.variation_id }),
    ...(line.sku !== null && { sku: line.sku }),
  }));
  return [...goods, ...(order.fee_lines ?? []).map((fee) => lineOf(fee, 'fee', minor))];
}

function lineOf(
  line: { id: string; name: string | null; total: string; total_tax: string },
  kind: OrderLine['kind'],
  minor: ToMinor,
): OrderLine {
  const title = shownName(line.name);
  return {
    id: line.id,
    kind,
    product: null,
    categories: [],
    tags: [],
    quantity: 1,
    net: minor(line.total),
    tax: minor(line.total_tax),
    discount: 0,
    ...(title !== null && { title }),
  };
}

/** What a refund names is counted line by line; the rest of its amount, tax included, was given back without naming lines. */
function refundOf(refund: RefundBody, minor: ToMinor): Refund {
  const lines: RefundLine[] = [];
  let unnamed = 0;
  for (const line of [...refund.line_items, ...(refund.fee_lines ?? []).map((fee) => ({ ...fee, quantity: -1 }))]) {
    const original = line.meta_data?.find(({ key }) => key === '_refunded_item_id')?.value;
    const money = { net: -minor(line.total) || 0, tax: -minor(line.total_tax) || 0 };
    if (typeof original === 'string' || typeof original === 'number') {
      lines.push({ line: String(original), quantity: Math.abs(line.quantity), ...money });
    } else unnamed += money.net + money.tax;
  }
  const shipping = { net: 0, tax: 0 };
  for (const line of refund.shipping_lines ?? []) {
    shipping.net += -minor(line.total) || 0;
    shipping.tax += -minor(line.total_tax) || 0;
  }
  const named = lines.reduce((all, { net, tax }) => all + net + tax, unnamed + shipping.net + shipping.tax);
  const beyond = minor(refund.amount) - named;
  // one minor unit beside named lines is WooCommerce's own rounding of their taxes
  const rounding = named > 0 && beyond <= 1;
  return {
    id: refund.id,
    at: refund.date_created_gmt,
    lines,
    shipping,
    amount: unnamed + (rounding ? 0 : Math.max(0, beyond)),
    failed: null,
  };
}

function amountsOf(order: OrderBody, refunds: readonly RefundBody[]): string[] {
  const money = (line: { total: string; total_tax: string }): string[] => [line.total, line.total_tax];
  return [
    order.total,
    order.shipping_total,
    order.shipping_tax,
    ...order.line_items.flatMap((line) => [...money(line), line.subtotal]),
    ...(order.fee_lines ?? []).flatMap(money),
    ...refunds.flatMap((refund) => [refund.amount, ...refund.line_items.flatMap(money)]),
  ];
}
