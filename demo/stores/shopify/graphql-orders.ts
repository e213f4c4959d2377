import type { Minor, Order, OrderLine, Refund, ShippingLine } from '../shop/model.js';
import { refundedOf } from '../shop/orders.js';
import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import { creditAccounts } from './graphql-credits.js';
import { gid } from './ids.js';
import { beyondLines, figuresOf, gatewayOf, refundedPieces, refundSubtotal, type Figures } from './money.js';

/** Objects that the schema's fields resolve to. Instants as GraphQL's DateTime: whole seconds, Z. */
export const dateTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
const dateTimeOrNull = (at: number | null): string | null => (at === null ? null : dateTime(at));

const bag = (minor: Minor, { text, currency }: Figures): unknown => {
  const money = { amount: text(minor), currencyCode: currency };
  return { shopMoney: money, presentmentMoney: money };
};

const taxLines = (tax: Minor, figures: Figures): unknown[] =>
  tax === 0 ? [] : [{ title: 'VAT', price: figures.text(tax), priceSet: bag(tax, figures) }];

const applicationsOf = (order: Order): { __typename: string; index: number; code: string }[] =>
  order.codes.map(({ code }, index) => ({ __typename: 'DiscountCodeApplication', index, code }));

const allocations = (line: OrderLine | ShippingLine, order: Order, figures: Figures): unknown[] =>
  line.offs.map(({ code, off }) => ({
    allocatedAmountSet: bag(off, figures),
    discountApplication: applicationsOf(order).find((each) => each.code === code),
  }));

function lineNode(line: OrderLine, order: Order, figures: Figures): unknown {
  return {
    id: gid('LineItem', line.id),
    title: line.title,
    name: line.title,
    quantity: line.quantity,
    currentQuantity: line.quantity - refundedPieces(order, line.id),
    isGiftCard: line.giftCard,
    product: { id: gid('Product', line.product), title: line.title },
    variant: { id: gid('ProductVariant', `${line.product}1`) },
    sku: line.sku,
    originalUnitPriceSet: bag(line.unitPrice, figures),
    totalDiscountSet: bag(0, figures),
    discountAllocations: allocations(line, order, figures),
    taxLines: taxLines(line.after.tax, figures),
  };
}

const shippingNode = (line: ShippingLine, order: Order, figures: Figures): unknown => ({
  id: gid('ShippingLine', line.id),
  title: line.title,
  isRemoved: false,
  originalPriceSet: bag(line.price, figures),
  discountedPriceSet: bag(figures.shippingAfter, figures),
  discountAllocations: allocations(line, order, figures),
  taxLines: taxLines(line.after.tax, figures),
});

export function orderNode(order: Order, shop: Shop): Record<string, unknown> {
  const figures = figuresOf(order, shop);
  const sale = { kind: 'SALE', status: 'SUCCESS', gateway: gatewayOf(order), amountSet: bag(figures.total, figures) };
  const paid =
    order.paid === null ? [] : [{ ...sale, createdAt: dateTime(order.paid), processedAt: dateTime(order.paid) }];
  return {
    id: gid('Order', order.id),
    name: `#${order.number}`,
    createdAt: dateTime(order.created),
    processedAt: dateTime(order.created),
    updatedAt: dateTime(order.modified),
    cancelledAt: dateTimeOrNull(order.cancelled),
    closedAt: dateTimeOrNull(order.completed),
    sourceName: order.via,
    test: order.test,
    email: order.email || null,
    phone: order.phone || null,
    currencyCode: figures.currency,
    taxesIncluded: shop.settings.taxesIncluded,
    displayFinancialStatus: figures.standing.toUpperCase(),
    displayFulfillmentStatus: order.completed === null ? 'UNFULFILLED' : 'FULFILLED',
    paymentGatewayNames: [gatewayOf(order)],
    discountCodes: order.codes.map(({ code }) => code),
    customer: () => customerNode(order.customer, shop),
    purchasingEntity: { __typename: order.company ? 'PurchasingCompany' : 'Customer' },
    customerLocale: 'en',
    shippingAddress: { countryCodeV2: 'NL' },
    billingAddress: { countryCodeV2: 'NL' },
    totalPriceSet: bag(figures.total, figures),
    totalOutstandingSet: bag(figures.outstanding, figures),
    totalTipReceivedSet: bag(0, figures),
    totalCashRoundingAdjustment: { refundSet: bag(0, figures), paymentSet: bag(0, figures) },
    customAttributes: Object.entries(order.attributes).map(([key, value]) => ({ key, value })),
    fulfillments: order.completed === null ? [] : [{ createdAt: dateTime(order.completed), status: 'SUCCESS' }],
    transactions: [...paid, ...order.refunds.flatMap((refund) => refundTransactions(order, refund, figures))],
    disputes: order.disputes.map(({ id, kind, status }) => ({
      id: gid('ShopifyPaymentsDispute', id),
      initiatedAs: kind,
      status,
    })),
    refunds: ({ first }: { first?: number }) =>
      order.refunds.slice(0, first).map((refund) => refundNode(order, refund, shop)),
    discountApplications: (args: Paged) => connection(applicationsOf(order), args),
    shippingLines: (args: Paged) =>
      connection(order.shipping ? [shippingNode(order.shipping, order, figures)] : [], args),
    lineItems: (args: Paged) =>
      connection(
        order.lines.map((line) => lineNode(line, order, figures)),
        args,
      ),
    totalRefundedSet: bag(refundedOf(order), figures),
  };
}

function refundTransactions(order: Order, refund: Refund, figures: Figures): unknown[] {
  if (!refund.moneyMoved) return [];
  const at = dateTime(refund.at);
  return [
    {
      kind: 'REFUND',
      status: 'SUCCESS',
      gateway: gatewayOf(order),
      createdAt: at,
      processedAt: at,
      amountSet: bag(refund.amount, figures),
    },
  ];
}

export function refundNode(order: Order, refund: Refund, shop: Shop): Record<string, unknown> {
  const figures = figuresOf(order, shop);
  const included = shop.settings.taxesIncluded;
  const lines = refund.lines.map((part) => ({
    quantity: part.quantity,
    lineItem: { id: gid('LineItem', part.line) },
    subtotalSet: bag(refundSubtotal(part, included), figures),
    totalTaxSet: bag(part.tax, figures),
  }));
  const { shipping } = refund;
  const shipped =
    shipping.net + shipping.tax > 0
      ? [
          {
            subtotalAmountSet: bag(refundSubtotal(shipping, included), figures),
            taxAmountSet: bag(shipping.tax, figures),
          },
        ]
      : [];
  const beyond = beyondLines(refund);
  const adjusted =
    beyond === 0
      ? []
      : [{ reason: 'REFUND_DISCREPANCY', amountSet: bag(-beyond, figures), taxAmountSet: bag(0, figures) }];
  return {
    id: gid('Refund', refund.id),
    createdAt: dateTime(refund.at),
    processedAt: dateTime(refund.at),
    order: () => orderNode(order, shop),
    duties: [],
    refundLineItems: (args: Paged) => connection(lines, args),
    refundShippingLines: (args: Paged) => connection(shipped, args),
    orderAdjustments: (args: Paged) => connection(adjusted, args),
    transactions: (args: Paged) => connection(refundTransactions(order, refund, figures), args),
  };
}

export function customerNode(id: string | null, shop: Shop): Record<string, unknown> | null {
  const customer = shop.customer(id);
  if (!customer) return null;
  return {
    __typename: 'Customer',
    id: gid('Customer', customer.id),
    createdAt: dateTime(customer.created),
    updatedAt: dateTime(customer.modified),
    firstName: customer.firstName || null,
    lastName: customer.lastName || null,
    verifiedEmail: customer.verified,
    tags: customer.tags ?? [],
    defaultEmailAddress: { emailAddress: customer.email },
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    metafield: ({ namespace, key }: { namespace?: string; key: string }) => {
      const found = customer.meta[`${namespace ?? 'app'}.${key}`];
      return found
        ? { id: gid('Metafield', found.id), value: found.value, type: found.type, compareDigest: digestOf(found.value) }
        : null;
    },
    storeCreditAccounts: creditAccounts(customer, shop),
  };
}

/** Changes whenever the value does. */
export const digestOf = (value: string): string => Buffer.from(value).toString('base64url');
