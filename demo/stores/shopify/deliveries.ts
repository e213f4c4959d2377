import type { Occurrence } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { gid, rawNumber } from './ids.js';
import { customerBody, discountBody, iso, orderBody, productBody, refundBody } from './webhook-bodies.js';

type Delivery = [topic: string, body: unknown];

/** Which webhooks Shopify sends for what happened. It knows no trash, deletes no refunds, and leaves reviews to other apps. */
export function deliveriesOf(it: Occurrence, shop: Shop): Delivery[] {
  return 'order' in it ? ofOrder(it, shop) : ofOther(it, shop);
}

function ofOrder(it: Extract<Occurrence, { order: unknown }>, shop: Shop): Delivery[] {
  switch (it.kind) {
    case 'order-created': {
      const body = orderBody(it.order, shop);
      const done = it.order.completed === null ? [] : [['orders/fulfilled', body] as Delivery];
      return [
        ['orders/create', body],
        ...(it.order.paid === null ? [] : [['orders/paid', body] as Delivery]),
        ...done,
        ['orders/updated', body],
      ];
    }
    case 'order-paid':
      return [
        ['orders/paid', orderBody(it.order, shop)],
        ['orders/updated', orderBody(it.order, shop)],
      ];
    case 'order-completed':
      return [
        ['orders/fulfilled', orderBody(it.order, shop)],
        ['orders/updated', orderBody(it.order, shop)],
      ];
    case 'order-cancelled':
      return [
        ['orders/cancelled', orderBody(it.order, shop)],
        ['orders/updated', orderBody(it.order, shop)],
      ];
    case 'order-updated':
      return [['orders/updated', orderBody(it.order, shop)]];
    case 'order-deleted':
      return [['orders/delete', { id: rawNumber(it.order.id), admin_graphql_api_id: gid('Order', it.order.id) }]];
    case 'refund-created':
      return [
        ['refunds/create', refundBody(it.order, it.refund, shop)],
        ['orders/updated', orderBody(it.order, shop)],
      ];
    case 'dispute-changed':
      return [
        [
          it.opened ? 'disputes/create' : 'disputes/update',
          {
            id: rawNumber(it.dispute),
            order_id: rawNumber(it.order.id),
            admin_graphql_api_id: gid('ShopifyPaymentsDispute', it.dispute),
          },
        ],
      ];
    default:
      return [];
  }
}

function ofOther(it: Exclude<Occurrence, { order: unknown }>, shop: Shop): Delivery[] {
  switch (it.kind) {
    case 'customer-created':
      return [['customers/create', customerBody(it.customer)]];
    case 'customer-updated':
      return [['customers/update', customerBody(it.customer)]];
    case 'customer-deleted':
      return [
        ['customers/delete', { id: rawNumber(it.customer.id), admin_graphql_api_id: gid('Customer', it.customer.id) }],
      ];
    case 'customers-merged':
      return [['customers/merge', mergeBody(it.kept.id, it.gone.id)]];
    case 'product-created':
      return [['products/create', productBody(it.product)]];
    case 'product-updated':
      return it.byReview ? [] : [['products/update', productBody(it.product)]];
    case 'discount-created':
    case 'discount-updated':
      return [[`discounts/${it.kind.slice(9, -1)}`, discountBody(it.discount)]];
    case 'discount-deleted':
      return [
        [
          'discounts/delete',
          { admin_graphql_api_id: gid('DiscountCodeNode', it.discount.id), deleted_at: iso(shop.now()) },
        ],
      ];
    default:
      return [];
  }
}

const mergeBody = (kept: string, gone: string): unknown => ({
  admin_graphql_api_customer_kept_id: gid('Customer', kept),
  admin_graphql_api_customer_deleted_id: gid('Customer', gone),
  admin_graphql_api_job_id: null,
  status: 'completed',
  errors: [],
});
