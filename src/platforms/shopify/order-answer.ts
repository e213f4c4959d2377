import * as z from 'zod';
import { dateTime, gid, money, pageInfo } from './gid.js';

/** What ORDER, ORDER_LINES and REFUND answer. Unknown enum values are text here: the translation decides on those it knows. */
const allocation = z.object({ allocatedAmountSet: money, discountApplication: z.object({ index: z.int() }) });
const taxLine = z.object({ priceSet: money });
const nodes = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node) });
const transaction = z.object({
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullish(),
  createdAt: dateTime,
  processedAt: dateTime.nullish(),
  amountSet: money,
});

const address = z.object({ countryCodeV2: z.string().nullish() }).nullish();

export const orderAnswer = z.object({
  order: z
    .object({
      id: gid('Order'),
      name: z.string(),
      updatedAt: dateTime,
      processedAt: dateTime,
      cancelledAt: dateTime.nullable(),
      closedAt: dateTime.nullable(),
      sourceName: z.string().nullable(),
      test: z.boolean(),
      email: z.string().nullish(),
      phone: z.string().nullish(),
      currencyCode: z.string().length(3),
      taxesIncluded: z.boolean(),
      displayFinancialStatus: z.string().nullable(),
      displayFulfillmentStatus: z.string(),
      paymentGatewayNames: z.array(z.string()),
      discountCodes: z.array(z.string()),
      customer: z.object({ id: gid('Customer') }).nullish(),
      purchasingEntity: z.object({ __typename: z.string() }).nullish(),
      customerLocale: z.string().nullish(),
      shippingAddress: address,
      billingAddress: address,
      totalPriceSet: money,
      totalOutstandingSet: money,
      totalTipReceivedSet: money,
      totalCashRoundingAdjustment: z.object({ refundSet: money }),
      customAttributes: z.array(z.object({ key: z.string(), value: z.string().nullish() })),
      fulfillments: z.array(z.object({ createdAt: dateTime, status: z.string() })),
      transactions: z.array(transaction),
      disputes: z
        .array(z.object({ id: gid('ShopifyPaymentsDispute'), initiatedAs: z.string(), status: z.string() }))
        .nullish(),
      refunds: z.array(z.object({ id: gid('Refund') })),
      discountApplications: nodes(
        z.object({ index: z.int(), code: z.string().optional(), title: z.string().optional() }),
      ),
      shippingLines: nodes(
        z.object({
          isRemoved: z.boolean(),
          originalPriceSet: money,
          discountedPriceSet: money,
          discountAllocations: z.array(allocation),
          taxLines: z.array(taxLine),
        }),
      ),
    })
    .nullable(),
});

export const linesAnswer = z.object({
  order: z
    .object({
      updatedAt: dateTime,
      lineItems: nodes(
        z.object({
          id: gid('LineItem'),
          quantity: z.int().nonnegative(),
          currentQuantity: z.int().nonnegative(),
          isGiftCard: z.boolean(),
          product: z.object({ id: gid('Product') }).nullish(),
          variant: z.object({ id: gid('ProductVariant') }).nullish(),
          sku: z.string().nullish(),
          name: z.string().nullish(),
          originalUnitPriceSet: money,
          totalDiscountSet: money,
          discountAllocations: z.array(allocation),
          taxLines: z.array(taxLine),
        }),
      ).extend({ pageInfo }),
    })
    .nullable(),
});

export const refundAnswer = z.object({
  refund: z
    .object({
      id: gid('Refund'),
      processedAt: dateTime,
      order: z.object({ id: gid('Order') }),
      duties: z.array(z.object({ amountSet: money })).nullish(),
      refundLineItems: nodes(
        z.object({
          quantity: z.int(),
          lineItem: z.object({ id: gid('LineItem') }),
          subtotalSet: money,
          totalTaxSet: money,
        }),
      ).extend({ pageInfo }),
      refundShippingLines: nodes(z.object({ subtotalAmountSet: money, taxAmountSet: money })),
      orderAdjustments: nodes(z.object({ reason: z.string().nullish(), amountSet: money, taxAmountSet: money })),
      transactions: nodes(transaction.omit({ gateway: true })),
    })
    .nullable(),
});

export const disputeAnswer = z.object({
  dispute: z
    .object({ type: z.string(), status: z.string(), initiatedAt: dateTime, finalizedOn: dateTime.nullish() })
    .nullable(),
});

export type OrderNode = NonNullable<z.output<typeof orderAnswer>['order']>;
export type LineNode = NonNullable<z.output<typeof linesAnswer>['order']>['lineItems']['nodes'][number];
export type RefundNode = NonNullable<z.output<typeof refundAnswer>['refund']>;
