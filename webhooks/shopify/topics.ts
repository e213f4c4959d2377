import type { KnownStore, Reading } from '../../src/commerce/inbound-platform.js';
import { readDataRequest, readRedactCustomer, readRedactShop } from './compliance.js';
import { readCustomer, readCustomerPoke, readCustomerRemoved, readMerge } from './customers.js';
import { readOrder } from './orders.js';
import { readDispute, readEdit, readOfOrder, readOrderRemoved, readProduct, readReturn, readRisk } from './pokes.js';
import { readDiscountRemoved, readScopes, readShop, readUninstalled } from './shop.js';

type Reader = (body: unknown, store: KnownStore) => Reading;

/** Every topic that says something to us, and who reads it. */
export const READERS: Readonly<Record<string, Reader>> = {
  'orders/create': readOrder,
  'orders/updated': readOrder,
  'orders/paid': readOrder,
  'orders/cancelled': readOrder,
  'orders/fulfilled': readOrder,
  'orders/partially_fulfilled': readOrder,
  'orders/edited': readEdit,
  'orders/delete': readOrderRemoved,
  'orders/risk_assessment_changed': readRisk,
  'refunds/create': readOfOrder,
  'order_transactions/create': readOfOrder,
  'tender_transactions/create': readOfOrder,
  'fulfillments/create': readOfOrder,
  'fulfillments/update': readOfOrder,
  'returns/request': readReturn,
  'returns/approve': readReturn,
  'returns/update': readReturn,
  'returns/process': readReturn,
  'returns/cancel': readReturn,
  'returns/close': readReturn,
  'returns/decline': readReturn,
  'returns/reopen': readReturn,
  'disputes/create': readDispute,
  'disputes/update': readDispute,
  'customers/create': readCustomer,
  'customers/update': readCustomer,
  'customers/enable': readCustomer,
  'customers/disable': readCustomer,
  'customers/delete': readCustomerRemoved,
  'customers/merge': readMerge,
  'customer.joined_segment': readCustomerPoke,
  'customer.tags_added': readCustomerPoke,
  'customer.tags_removed': readCustomerPoke,
  'customers/purchasing_summary': readCustomerPoke,
  'customers/data_request': readDataRequest,
  'customers/redact': readRedactCustomer,
  'shop/redact': readRedactShop,
  'shop/update': readShop,
  'app/uninstalled': readUninstalled,
  'app/scopes_update': readScopes,
  'discounts/delete': readDiscountRemoved,
  'products/create': readProduct,
  'products/update': readProduct,
};

/** Topics that a shop may send and of which nothing is kept, each with its reason. */
const UNHEARD: readonly [RegExp, string][] = [
  [/^draft_orders\//, 'a draft earns nothing; its order comes when it is completed'],
  [/^products\/delete$/, 'orders of it may still come: what it was stays known'],
  [/^(carts|checkouts)\//, 'a cart is no order'],
  [/^discounts\//, 'a discount that is still there changes nothing'],
  [/^subscription_/, 'the orders of a subscription come as orders'],
  [/^customers_email_marketing_consent\//, 'consent is asked for by the program itself'],
];

export function whyUnheard(topic: string): string {
  return UNHEARD.find(([pattern]) => pattern.test(topic))?.[1] ?? `nothing is kept of ${topic}`;
}
