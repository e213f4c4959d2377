import * as z from 'zod';
import {
  type Allocation,
  type LineFacts,
  type OrderFacts,
  type RefundFacts,
  snapshotOf,
} from '../../../webhooks/shopify/orders.js';
import type { Dispute, OrderSnapshot } from '../../commerce/order.js';
import type { Page } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';
import { nonsense } from '../failures.js';
import type { ShopifyClient } from './client.js';
import { dateTime, gid, gidOf, pageInfo } from './gid.js';
import { DISPUTE, ORDER, ORDER_LINES, ORDERS_CHANGED, REFUND, REFUND_ORDER } from './operations.js';
import {
  disputeAnswer,
  linesAnswer,
  type LineNode,
  orderAnswer,
  type OrderNode,
  refundAnswer,
  type RefundNode,
} from './order-answer.js';

/** Parts of an order that changed between two reads do not fit together; such an order is read again. */
const TRIES = 3;

/** The whole order, read in parts that stay cheap however long it is; null = deleted. */
export async function fetchOrder(client: ShopifyClient, id: string): Promise<OrderSnapshot | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { order } = await client.run(ORDER, { id: gidOf('Order', id) }, orderAnswer);
    if (!order) return null;
    const refunds: RefundFacts[] = [];
    for (const refund of order.refunds) refunds.push(await refundFacts(client, refund.id));
    const disputes: Dispute[] = [];
    for (const dispute of order.disputes ?? []) disputes.push(...(await disputeOf(client, dispute.id)));
    const { lines, updated } = await linesOf(client, id);
    if (updated === order.updatedAt) return snapshotOf(factsOf(order, lines, refunds, disputes)).order;
  }
  throw nonsense(`Shopify ${client.shop} order ${id}`, 'it changes while it is read');
}

async function linesOf(client: ShopifyClient, id: string): Promise<{ lines: LineNode[]; updated: Millis | null }> {
  const lines: LineNode[] = [];
  for (let after: string | null = null; ;) {
    const { order }: z.output<typeof linesAnswer> = await client.run(
      ORDER_LINES,
      { id: gidOf('Order', id), after },
      linesAnswer,
    );
    lines.push(...(order?.lineItems.nodes ?? []));
    if (!order?.lineItems.pageInfo.hasNextPage) return { lines, updated: order?.updatedAt ?? null };
    after = order.lineItems.pageInfo.endCursor ?? null;
  }
}

async function refundFacts(client: ShopifyClient, id: string): Promise<RefundFacts> {
  const lines: RefundNode['refundLineItems']['nodes'] = [];
  for (let after: string | null = null; ;) {
    const { refund }: { refund: RefundNode | null } = await client.run(
      REFUND,
      { id: gidOf('Refund', id), after },
      refundAnswer,
    );
    lines.push(...(refund?.refundLineItems.nodes ?? []));
    after = refund?.refundLineItems.pageInfo.endCursor ?? null;
    if (refund && !refund.refundLineItems.pageInfo.hasNextPage) return translateRefund(refund, lines);
    if (!refund) return { id, at: 0, lines: [], shipping: [], adjustments: [], duties: '0', transactions: [] };
  }
}

function translateRefund(refund: RefundNode, lines: RefundNode['refundLineItems']['nodes']): RefundFacts {
  return {
    id: refund.id,
    at: refund.processedAt,
    lines: lines.map((line) => ({
      line: line.lineItem.id,
      quantity: line.quantity,
      subtotal: line.subtotalSet,
      tax: line.totalTaxSet,
    })),
    shipping: refund.refundShippingLines.nodes.map((line) => ({
      subtotal: line.subtotalAmountSet,
      tax: line.taxAmountSet,
    })),
    // GraphQL says shipping in its own list, so an adjustment here is never of shipping
    adjustments: refund.orderAdjustments.nodes.map((one) => ({
      shipping: false,
      amount: one.amountSet,
      tax: one.taxAmountSet,
    })),
    duties: refund.duties?.[0]?.amountSet ?? '0',
    transactions: refund.transactions.nodes
      .filter(({ kind }) => kind === 'REFUND')
      .map((one) => ({
        at: one.processedAt ?? one.createdAt,
        amount: one.amountSet,
        status: one.status.toLowerCase(),
      })),
  };
}

/** A dispute that Shopify lets us see only by name (no scope, or gone) is left out rather than guessed. */
async function disputeOf(client: ShopifyClient, id: string): Promise<Dispute[]> {
  const { dispute } = await client.run(DISPUTE, { id: gidOf('ShopifyPaymentsDispute', id) }, disputeAnswer);
  if (!dispute) return [];
  const ended = dispute.finalizedOn ?? dispute.initiatedAt;
  const won = dispute.status === 'WON' || dispute.status === 'PREVENTED';
  const lost = dispute.status === 'LOST' || dispute.status === 'ACCEPTED' || dispute.status === 'CHARGE_REFUNDED';
  const kind = dispute.type === 'INQUIRY' ? 'inquiry' : 'chargeback';
  return [{ id, kind, opened: dispute.initiatedAt, won: won ? ended : null, lost: lost ? ended : null }];
}

function factsOf(
  order: OrderNode,
  lines: readonly LineNode[],
  refunds: RefundFacts[],
  disputes: Dispute[],
): OrderFacts {
  return {
    id: order.id,
    name: order.name,
    updated: order.updatedAt,
    processed: order.processedAt,
    cancelled: order.cancelledAt,
    fulfilled: fulfilledAt(order),
    channel: order.sourceName ?? 'web',
    test: order.test,
    customer: order.customer?.id ?? null,
    email: order.email ?? null,
    phone: order.phone ?? null,
    currency: order.currencyCode,
    taxesIncluded: order.taxesIncluded,
    standing: order.displayFinancialStatus?.toLowerCase() ?? null,
    payments: order.transactions
      .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
      .map((one) => ({
        at: one.processedAt ?? one.createdAt,
        amount: one.amountSet,
        giftCard: one.gateway === 'gift_card',
      })),
    gateways: order.paymentGatewayNames,
    country: order.shippingAddress?.countryCodeV2 ?? order.billingAddress?.countryCodeV2 ?? null,
    language: order.customerLocale || null,
    company: order.purchasingEntity?.__typename === 'PurchasingCompany',
    total: order.totalPriceSet,
    outstanding: order.totalOutstandingSet,
    tip: order.totalTipReceivedSet,
    cashRoundingRefund: order.totalCashRoundingAdjustment.refundSet,
    lines: lines.map(lineFacts),
    shipping: order.shippingLines.nodes
      .filter(({ isRemoved }) => !isRemoved)
      .map((line) => ({
        price: line.originalPriceSet,
        discounted: line.discountedPriceSet,
        allocations: allocationsOf(line.discountAllocations),
        taxes: line.taxLines.map(({ priceSet }) => priceSet),
      })),
    codes: order.discountCodes.map((code) => ({ code, amount: '0' })),
    applications: applicationsOf(order),
    refunds,
    disputes,
    attributes: order.customAttributes.map(({ key, value }) => ({ name: key, value })),
  };
}

/** Allocations point to applications by index; the list is made to have each at its own place. */
function applicationsOf(order: OrderNode): OrderFacts['applications'] {
  const { nodes } = order.discountApplications;
  const most = Math.max(-1, ...nodes.map(({ index }) => index));
  return Array.from({ length: most + 1 }, (_, index) => {
    const found = nodes.find((each) => each.index === index);
    return { code: found?.code ?? null, title: found?.title ?? null };
  });
}

const lineFacts = (line: LineNode): LineFacts => ({
  id: line.id,
  product: line.product?.id ?? null,
  variant: line.variant?.id ?? null,
  sku: line.sku || null,
  title: line.name?.trim() || null,
  giftCard: line.isGiftCard,
  tip: false,
  quantity: line.quantity,
  currentQuantity: line.currentQuantity,
  unitPrice: line.originalUnitPriceSet,
  lineDiscount: line.totalDiscountSet,
  allocations: allocationsOf(line.discountAllocations),
  taxes: line.taxLines.map(({ priceSet }) => priceSet),
});

const allocationsOf = (list: LineNode['discountAllocations']): Allocation[] =>
  list.map((one) => ({ amount: one.allocatedAmountSet, application: one.discountApplication.index }));

function fulfilledAt(order: OrderNode): Millis | null {
  if (order.displayFulfillmentStatus !== 'FULFILLED') return null;
  const sent = order.fulfillments.filter(({ status }) => status === 'SUCCESS').map(({ createdAt }) => createdAt);
  return sent.length > 0 ? Math.max(...sent) : (order.closedAt ?? order.updatedAt);
}

const refundOrder = z.object({ refund: z.object({ order: z.object({ id: gid('Order') }) }).nullable() });

export async function orderOfRefund(client: ShopifyClient, refund: string): Promise<string | null> {
  const answer = await client.run(REFUND_ORDER, { id: gidOf('Refund', refund) }, refundOrder);
  return answer.refund?.order.id ?? null;
}

const changed = z.object({
  orders: z.object({ pageInfo, nodes: z.array(z.object({ id: gid('Order'), updatedAt: dateTime })) }),
});

/** A page of what changed since then, oldest change first; the cursor is Shopify's own, which stands on value and id. */
export async function ordersChangedSince(
  client: ShopifyClient,
  since: Millis,
  cursor: string | null,
): Promise<Page<OrderSnapshot>> {
  const query = `updated_at:>='${new Date(Math.floor(since / 1000) * 1000).toISOString()}'`;
  const { orders } = await client.run(ORDERS_CHANGED, { query, after: cursor }, changed);
  const items: OrderSnapshot[] = [];
  for (const { id } of orders.nodes) {
    const order = await fetchOrder(client, id);
    if (order) items.push(order);
  }
  return { items, next: orders.pageInfo.hasNextPage ? (orders.pageInfo.endCursor ?? null) : null };
}
