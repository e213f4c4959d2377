import type { Customer, Discount, Minor, Order, OrderLine, Product, Refund, ShippingLine } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { gid, rawNumber } from './ids.js';
import { beyondLines, figuresOf, gatewayOf, refundedPieces, refundSubtotal, type Figures } from './money.js';

/** Bodies of webhooks, shaped as Shopify's REST resources (2026). Instants carry the offset +00:00. */

export const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

const set = (minor: Minor, { text, currency }: Figures): unknown => {
  const money = { amount: text(minor), currency_code: currency };
  return { shop_money: money, presentment_money: money };
};

function allocations(line: OrderLine | ShippingLine, order: Order, figures: Figures): unknown[] {
  return line.offs.map(({ code, off }) => ({
    amount: figures.text(off),
    amount_set: set(off, figures),
    discount_application_index: order.codes.findIndex((used) => used.code === code),
  }));
}

const taxLines = (tax: Minor, percent: number, figures: Figures): unknown[] =>
  tax === 0
    ? []
    : [
        {
          channel_liable: false,
          price: figures.text(tax),
          price_set: set(tax, figures),
          rate: percent / 100,
          title: 'VAT',
        },
      ];

function lineItem(line: OrderLine, order: Order, figures: Figures): Record<string, unknown> {
  const current = line.quantity - refundedPieces(order, line.id);
  return {
    id: rawNumber(line.id),
    admin_graphql_api_id: gid('LineItem', line.id),
    current_quantity: current,
    fulfillable_quantity: order.completed === null ? current : 0,
    fulfillment_status: order.completed === null ? null : 'fulfilled',
    gift_card: line.giftCard,
    name: line.title,
    price: figures.text(line.unitPrice),
    price_set: set(line.unitPrice, figures),
    product_exists: true,
    product_id: rawNumber(line.product),
    properties: [],
    quantity: line.quantity,
    requires_shipping: !line.giftCard,
    sku: line.sku,
    taxable: line.taxPercent > 0,
    title: line.title,
    total_discount: figures.text(0),
    total_discount_set: set(0, figures),
    variant_id: rawNumber(`${line.product}1`),
    variant_title: null,
    vendor: 'Demo',
    tax_lines: taxLines(line.after.tax, line.taxPercent, figures),
    duties: [],
    discount_allocations: allocations(line, order, figures),
  };
}

function shippingLine(line: ShippingLine, order: Order, percent: number, figures: Figures): Record<string, unknown> {
  return {
    id: rawNumber(line.id),
    code: line.title,
    title: line.title,
    price: figures.text(line.price),
    price_set: set(line.price, figures),
    // a code on the shipping is an allocation; the line keeps its own price
    discounted_price: figures.text(figures.shippingAfter),
    discounted_price_set: set(figures.shippingAfter, figures),
    current_discounted_price_set: set(figures.shippingAfter, figures),
    is_removed: false,
    source: 'shopify',
    tax_lines: taxLines(line.after.tax, percent, figures),
    discount_allocations: allocations(line, order, figures),
  };
}

function codesOf(order: Order, figures: Figures): { discount_codes: unknown[]; discount_applications: unknown[] } {
  const lines = [...order.lines, ...(order.shipping ? [order.shipping] : [])];
  const off = (code: string): Minor =>
    lines.flatMap((line) => line.offs).reduce((sum, each) => sum + (each.code === code ? each.off : 0), 0);
  const kinds = { amount: 'fixed_amount', percent: 'percentage', 'free-shipping': 'shipping' } as const;
  return {
    discount_codes: order.codes.map(({ code, kind }) => ({ code, amount: figures.text(off(code)), type: kinds[kind] })),
    discount_applications: order.codes.map(({ code, kind, nominal }) => ({
      target_type: kind === 'free-shipping' ? 'shipping_line' : 'line_item',
      type: 'discount_code',
      value: kind === 'percent' ? nominal.toFixed(1) : kind === 'amount' ? figures.text(nominal) : '100.0',
      value_type: kind === 'amount' ? 'fixed_amount' : 'percentage',
      allocation_method: kind === 'free-shipping' ? 'each' : 'across',
      target_selection: 'all',
      code,
    })),
  };
}

/** Who bought it: a shopper, or a company by terms of its own. */
const boughtBy = (order: Order) => ({
  customer_locale: 'en',
  company: order.company ? { id: 77, location_id: 78 } : null,
});
const ADDRESSES = { shipping_address: { country_code: 'NL' }, billing_address: { country_code: 'NL' } };

/** The body of orders/create, orders/paid, orders/updated, orders/cancelled. */
export function orderBody(order: Order, shop: Shop): Record<string, unknown> {
  const figures = figuresOf(order, shop);
  const customer = shop.customer(order.customer);
  const both = (name: string, minor: Minor): Record<string, unknown> => ({
    [name]: figures.text(minor),
    [`${name}_set`]: set(minor, figures),
  });
  const left = figures.total - figures.refunded;
  return {
    id: rawNumber(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    app_id: 580111,
    cancel_reason: order.cancelled === null ? null : 'customer',
    cancelled_at: isoOrNull(order.cancelled),
    checkout_token: order.key,
    closed_at: isoOrNull(order.completed),
    confirmed: true,
    contact_email: order.email || null,
    created_at: iso(order.created),
    currency: figures.currency,
    current_subtotal_price: figures.text(figures.itemsAfter),
    ...both('current_total_discounts', figures.itemsBefore - figures.itemsAfter),
    ...both('current_total_price', left),
    ...boughtBy(order),
    ...ADDRESSES,
    ...codesOf(order, figures),
    email: order.email || null,
    financial_status: figures.standing,
    fulfillment_status: order.completed === null ? null : 'fulfilled',
    fulfillments:
      order.completed === null
        ? []
        : [{ id: rawNumber(`${order.id}9`), created_at: iso(order.completed), status: 'success' }],
    name: `#${order.number}`,
    note: null,
    note_attributes: Object.entries(order.attributes).map(([name, value]) => ({ name, value })),
    number: order.number - 1000,
    order_number: order.number,
    payment_gateway_names: [gatewayOf(order)],
    phone: order.phone || null,
    presentment_currency: figures.currency,
    processed_at: iso(order.created),
    source_name: order.via,
    ...both('subtotal_price', figures.itemsAfter),
    tags: '',
    tax_exempt: false,
    tax_lines: taxLines(figures.tax, 0, figures),
    taxes_included: shop.settings.taxesIncluded,
    test: order.test,
    ...both(
      'total_discounts',
      figures.itemsBefore - figures.itemsAfter + figures.shippingBefore - figures.shippingAfter,
    ),
    ...both('total_line_items_price', figures.itemsBefore),
    total_outstanding: figures.text(figures.outstanding),
    ...both('total_price', figures.total),
    total_shipping_price_set: set(figures.shippingBefore, figures),
    ...both('total_tax', figures.tax),
    total_tip_received: figures.text(0),
    updated_at: iso(order.modified),
    user_id: null,
    customer: customer && customerBody(customer),
    line_items: order.lines.map((line) => lineItem(line, order, figures)),
    refunds: order.refunds.map((refund) => refundBody(order, refund, shop)),
    returns: [],
    shipping_lines: order.shipping
      ? [shippingLine(order.shipping, order, shop.settings.shippingTaxPercent, figures)]
      : [],
  };
}

/** The body of refunds/create, also inside orders. */
export function refundBody(order: Order, refund: Refund, shop: Shop): Record<string, unknown> {
  const figures = figuresOf(order, shop);
  const included = shop.settings.taxesIncluded;
  const beyond = beyondLines(refund);
  return {
    id: rawNumber(refund.id),
    admin_graphql_api_id: gid('Refund', refund.id),
    order_id: rawNumber(order.id),
    created_at: iso(refund.at),
    processed_at: iso(refund.at),
    note: refund.reason || null,
    user_id: null,
    restock: false,
    duties: [],
    total_duties_set: set(0, figures),
    return: null,
    refund_line_items: refund.lines.flatMap((part) => {
      const line = order.lines.find((each) => each.id === part.line);
      const subtotal = refundSubtotal(part, included);
      return line
        ? [
            {
              id: rawNumber(part.id),
              line_item_id: rawNumber(line.id),
              quantity: part.quantity,
              location_id: null,
              restock_type: 'no_restock',
              subtotal: Number(figures.text(subtotal)),
              subtotal_set: set(subtotal, figures),
              total_tax: Number(figures.text(part.tax)),
              total_tax_set: set(part.tax, figures),
              line_item: lineItem(line, order, figures),
            },
          ]
        : [];
    }),
    refund_shipping_lines:
      refund.shipping.net + refund.shipping.tax === 0
        ? []
        : [
            {
              id: rawNumber(`${refund.id}1`),
              subtotal_amount_set: set(refundSubtotal(refund.shipping, included), figures),
              tax_amount_set: set(refund.shipping.tax, figures),
            },
          ],
    order_adjustments:
      beyond === 0
        ? []
        : [
            {
              id: rawNumber(`${refund.id}2`),
              order_id: rawNumber(order.id),
              kind: 'refund_discrepancy',
              reason: 'Refund discrepancy',
              amount: figures.text(-beyond),
              amount_set: set(-beyond, figures),
              tax_amount: figures.text(0),
              tax_amount_set: set(0, figures),
            },
          ],
    transactions: refund.moneyMoved ? [refundTransaction(order, refund, figures)] : [],
  };
}

const refundTransaction = (order: Order, refund: Refund, figures: Figures): unknown => ({
  id: rawNumber(`${refund.id}3`),
  admin_graphql_api_id: gid('OrderTransaction', `${refund.id}3`),
  order_id: rawNumber(order.id),
  kind: 'refund',
  status: 'success',
  gateway: gatewayOf(order),
  amount: figures.text(refund.amount),
  currency: figures.currency,
  created_at: iso(refund.at),
  processed_at: iso(refund.at),
  test: order.test,
});

export function customerBody(customer: Customer): Record<string, unknown> {
  return {
    id: rawNumber(customer.id),
    admin_graphql_api_id: gid('Customer', customer.id),
    created_at: iso(customer.created),
    updated_at: iso(customer.modified),
    first_name: customer.firstName || null,
    last_name: customer.lastName || null,
    state: 'enabled',
    note: null,
    verified_email: customer.verified,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone || null,
    currency: null,
    default_address: null,
  };
}

/** Collections are not in it. */
export const productBody = (product: Product): Record<string, unknown> => ({
  id: rawNumber(product.id),
  admin_graphql_api_id: gid('Product', product.id),
  created_at: iso(product.created),
  updated_at: iso(product.modified),
  handle: product.title.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
  title: product.title,
  body_html: product.description,
  product_type: product.categories[0] ?? '',
  tags: product.tags.join(', '),
  status: 'active',
  vendor: '',
});

export const discountBody = (discount: Discount): Record<string, unknown> => ({
  admin_graphql_api_id: gid('DiscountCodeNode', discount.id),
  title: discount.title,
  status: discount.status === 'live' ? 'ACTIVE' : 'EXPIRED',
  created_at: iso(discount.created),
  updated_at: iso(discount.modified),
});
