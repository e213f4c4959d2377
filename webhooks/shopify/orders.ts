import type { z } from 'zod';
import type { Reading } from '../../src/commerce/inbound-platform.js';
import { idOf } from './ids.js';
import { orderBody, type lineBody, type OrderBody, type refundBody } from './order-body.js';
import type { LineFacts, OrderFacts, RefundFacts } from './order-facts.js';
import { snapshotOf } from './snapshot.js';

export type { LineFacts, OrderFacts, RefundFacts, ShippingFacts, Allocation, Amount } from './order-facts.js';
export { snapshotOf } from './snapshot.js';

type Set = { shop_money: { amount: string } } | null | undefined;

/**
 * The body of any order topic as a snapshot. Throws zod's error when it is no order. One whose money went back in the buyer's
 * currency does not say how much of the shop's that was: it is read through the API, which does.
 */
export function readOrder(body: unknown): Reading {
  const order = orderBody.parse(body);
  const id = idOf(order);
  if (id === null) return { kind: 'nothing', why: 'the order says no id' };
  if (isRefundedAbroad(order)) return { kind: 'poke', what: 'order', id };
  return { kind: 'order', ...snapshotOf(factsOf(order, id)) };
}

/** Transactions of a body have one amount, in the currency that was paid in; all else in it is told in the shop's money too. */
function isRefundedAbroad({ currency, refunds }: OrderBody): boolean {
  const moved = (refunds ?? []).flatMap(({ transactions }) => transactions ?? []);
  return moved.some((one) => one.kind === 'refund' && (one.currency ?? currency) !== currency);
}

function factsOf(order: OrderBody, id: string): OrderFacts {
  return {
    id,
    name: order.name,
    updated: order.updated_at,
    processed: order.processed_at ?? order.created_at,
    cancelled: order.cancelled_at ?? null,
    fulfilled: fulfilledAt(order),
    channel: order.source_name ?? 'web',
    test: order.test ?? false,
    customer: order.customer ? idOf(order.customer) : null,
    email: order.email ?? order.contact_email ?? order.customer?.email ?? null,
    phone: order.phone ?? order.customer?.phone ?? null,
    currency: order.currency,
    taxesIncluded: order.taxes_included ?? false,
    standing: order.financial_status ?? null,
    payments: null,
    gateways: order.payment_gateway_names ?? [],
    country: order.shipping_address?.country_code ?? order.billing_address?.country_code ?? null,
    language: order.customer_locale,
    company: order.company != null,
    total: shopMoney(order.total_price_set, order.total_price),
    outstanding: order.total_outstanding ?? '0',
    tip: order.total_tip_received ?? '0',
    cashRoundingRefund: shopMoney(order.total_cash_rounding_refund_adjustment_set),
    lines: order.line_items.map(lineFacts),
    shipping: (order.shipping_lines ?? [])
      .filter(({ is_removed }) => is_removed !== true)
      .map((line) => ({
        price: shopMoney(line.price_set, line.price),
        discounted: shopMoney(
          line.discounted_price_set,
          line.discounted_price ?? shopMoney(line.price_set, line.price),
        ),
        allocations: allocationsOf(line.discount_allocations),
        taxes: taxesOf(line.tax_lines),
      })),
    codes: order.discount_codes ?? [],
    applications: order.discount_applications ?? [],
    refunds: (order.refunds ?? []).map(refundFacts),
    disputes: null,
    attributes: order.note_attributes ?? [],
  };
}

function lineFacts(line: z.output<typeof lineBody>, index: number): LineFacts {
  return {
    id: idOf(line) ?? `#${index + 1}`,
    product: line.product_id ?? null,
    variant: line.variant_id ?? null,
    sku: line.sku,
    title: line.name ?? line.title,
    giftCard: line.gift_card ?? false,
    tip: typeof line.tip_payment_gateway === 'string' || typeof line.tip_payment_method === 'string',
    quantity: line.quantity,
    currentQuantity: line.current_quantity ?? null,
    unitPrice: shopMoney(line.price_set, line.price),
    lineDiscount: shopMoney(line.total_discount_set, line.total_discount),
    allocations: allocationsOf(line.discount_allocations),
    taxes: taxesOf(line.tax_lines),
  };
}

function refundFacts(refund: z.output<typeof refundBody>, index: number): RefundFacts {
  const at = refund.processed_at ?? refund.created_at ?? 0;
  return {
    id: idOf(refund) ?? `#${index + 1}`,
    at,
    lines: (refund.refund_line_items ?? []).map((line) => ({
      line: line.line_item?.admin_graphql_api_id ?? line.line_item_id,
      quantity: line.quantity,
      subtotal: shopMoney(line.subtotal_set, line.subtotal),
      tax: shopMoney(line.total_tax_set, line.total_tax),
    })),
    shipping: (refund.refund_shipping_lines ?? []).map((line) => ({
      subtotal: shopMoney(line.subtotal_amount_set),
      tax: line.tax_amount_set?.shop_money.amount ?? null,
    })),
    adjustments: (refund.order_adjustments ?? []).map((one) => ({
      shipping: one.kind === 'shipping_refund',
      amount: shopMoney(one.amount_set, one.amount),
      tax: shopMoney(one.tax_amount_set, one.tax_amount),
    })),
    duties: shopMoney(refund.total_duties_set),
    transactions: (refund.transactions ?? [])
      .filter(({ kind }) => kind === 'refund')
      .map((one) => ({ at: one.processed_at ?? one.created_at ?? at, amount: one.amount, status: one.status })),
  };
}

/** When the last parcel was made, once nothing is left to send. */
function fulfilledAt(order: OrderBody): number | null {
  if (order.fulfillment_status !== 'fulfilled') return null;
  const sent = (order.fulfillments ?? []).filter(
    ({ status }) => status === 'success' || status === null || status === undefined,
  );
  const instants = sent.flatMap(({ created_at }) => created_at ?? []);
  return instants.length > 0 ? Math.max(...instants) : (order.closed_at ?? order.updated_at);
}

function shopMoney(set: Set, plain?: string | null): string {
  return set?.shop_money.amount ?? plain ?? '0';
}

function allocationsOf(list: z.output<typeof lineBody>['discount_allocations']): LineFacts['allocations'] {
  return (list ?? []).map((one) => ({
    amount: shopMoney(one.amount_set, one.amount),
    application: one.discount_application_index ?? null,
  }));
}

function taxesOf(list: z.output<typeof lineBody>['tax_lines']): string[] {
  return (list ?? []).map((one) => shopMoney(one.price_set, one.price));
}
