import type { Millis } from '../../../src/lib/clock.js';

/** Whole minor units of the shop's currency. */
export type Minor = number;

export interface Taxed {
  net: Minor;
  tax: Minor;
}

export interface Product {
  id: string;
  title: string;
  description: string;
  image: string;
  /** As displayed: with tax when the shop's prices include it. */
  price: Minor;
  /** Above the price while it is on sale. */
  regularPrice?: Minor;
  taxPercent: number;
  categories: string[];
  tags: string[];
  sku: string;
  giftCard: boolean;
  created: Millis;
  modified: Millis;
}

export interface Customer {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  phone: string;
  password: string;
  verified: boolean;
  /** WooCommerce's role, Shopify's tags. */
  role?: string;
  tags?: string[];
  created: Millis;
  modified: Millis;
  /** WooCommerce meta_data / Shopify metafields by `namespace.key`. */
  meta: Record<string, MetaValue>;
  /** Shopify's store credit, oldest first; what was spent of each, and what ended of it. */
  credits?: { id: string; off: Minor; expiresAt: Millis | null; at: Millis; spent?: Minor; ended?: Minor }[];
}

export interface MetaValue {
  id: string;
  value: string;
  type: string;
}

/** A discount code, whichever platform calls it coupon or discount. */
export interface Discount {
  id: string;
  code: string;
  title: string;
  kind: 'amount' | 'percent' | 'free-shipping';
  off: Minor;
  percent: number;
  /** Shopify binds to customers, WooCommerce to e-mail addresses (`*@x` allowed); null / empty = anybody. */
  customers: string[] | null;
  emails: string[];
  minimum: Minor;
  products: string[] | null;
  startsAt: Millis;
  endsAt: Millis | null;
  limit: number | null;
  limitPerCustomer: number | null;
  uses: number;
  usedBy: string[];
  status: 'live' | 'ended' | 'trash';
  meta: { id: string; key: string; value: string }[];
  created: Millis;
  modified: Millis;
}

export interface OrderLine {
  id: string;
  product: string;
  title: string;
  sku: string;
  quantity: number;
  unitPrice: Minor;
  taxPercent: number;
  giftCard: boolean;
  /** Before and after discounts. */
  before: Taxed;
  after: Taxed;
  /** What each code took off this line, as displayed (with tax when prices include it). */
  offs: { code: string; off: Minor }[];
}

export interface ShippingLine {
  id: string;
  title: string;
  price: Minor;
  before: Taxed;
  after: Taxed;
  offs: { code: string; off: Minor }[];
}

export interface UsedCode {
  id: string;
  code: string;
  discount: string;
  kind: Discount['kind'];
  nominal: number;
}

export interface RefundedLine extends Taxed {
  id: string;
  line: string;
  quantity: number;
}

/** `amount` = all that went back, with tax; what the lines and the shipping do not explain was given without naming lines. */
export interface Refund {
  id: string;
  at: Millis;
  reason: string;
  amount: Minor;
  lines: RefundedLine[];
  shipping: Taxed;
  moneyMoved: boolean;
}

export type OrderStatus =
  'pending' | 'on-hold' | 'processing' | 'completed' | 'cancelled' | 'refunded' | 'failed' | 'trash';

export interface Order {
  id: string;
  number: number;
  key: string;
  status: OrderStatus;
  before: OrderStatus | null;
  created: Millis;
  modified: Millis;
  paid: Millis | null;
  completed: Millis | null;
  cancelled: Millis | null;
  customer: string | null;
  email: string;
  phone: string;
  firstName: string;
  lastName: string;
  via: string;
  test: boolean;
  /** A company bought it, by terms of its own. */
  company: boolean;
  /** The way of paying: 'card' is paid at once, 'bank' and 'cod' are not. */
  payment: 'card' | 'bank' | 'cod';
  lines: OrderLine[];
  shipping: ShippingLine | null;
  codes: UsedCode[];
  refunds: Refund[];
  attributes: Record<string, string>;
  disputes: {
    id: string;
    kind: 'INQUIRY' | 'CHARGEBACK';
    status: 'NEEDS_RESPONSE' | 'WON' | 'LOST';
    at: Millis;
    finalised: Millis | null;
  }[];
}

export type ReviewStatus = 'approved' | 'hold' | 'spam' | 'trash';

export interface Review {
  id: string;
  product: string;
  customer: string | null;
  name: string;
  email: string;
  rating: number;
  text: string;
  status: ReviewStatus;
  created: Millis;
}

export interface CartLine {
  product: string;
  quantity: number;
}

/** What a shopper has in hand; `email` is what a guest typed. */
export interface Cart {
  customer: string | null;
  email: string | null;
  lines: CartLine[];
  codes: string[];
  attributes: Record<string, string>;
}

export interface PricedCart {
  lines: OrderLine[];
  shipping: ShippingLine | null;
  codes: UsedCode[];
  /** Codes that the shop does not take (any longer), with its own words. */
  refused: { code: string; reason: RefusalReason; message: string }[];
  items: Minor;
  discount: Minor;
  tax: Minor;
  total: Minor;
  /** What the platform writes beside an order of this cart. */
  notes?: Record<string, string>;
}

/** What a member's standing takes off by itself: discounts that nobody typed, and delivery for nothing. */
export interface Standing {
  discounts: Discount[];
  sendsFree: boolean;
  notes: Record<string, string>;
}

export type RefusalReason =
  'unknown' | 'ended' | 'not-yet' | 'used-up' | 'other-customer' | 'minimum' | 'products' | 'no-shipping';

/** The shop says no to a shopper or to its owner. */
export class Refusal extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface ShopSettings {
  name: string;
  currency: string;
  exponent: number;
  taxesIncluded: boolean;
  shippingPrice: Minor;
  freeShippingFrom: Minor | null;
  /** A delivery method takes codes for free shipping: without one they take nothing off. */
  freeShippingByCode: boolean;
  shippingTaxPercent: number;
  zone: string;
  /** Half a cent of a percentage is not taken off (WooCommerce). */
  halfDown?: boolean;
  /** Shopify's switch for store credit; on unless it says no. */
  storeCredit?: boolean;
}

/** Something happened in the shop: what a platform makes webhooks of. */
export type Occurrence =
  | {
      kind: 'order-created' | 'order-updated' | 'order-paid' | 'order-completed' | 'order-cancelled';
      order: Order;
      via: string;
    }
  | { kind: 'order-trashed' | 'order-restored' | 'order-deleted'; order: Order }
  | { kind: 'refund-created' | 'refund-deleted'; order: Order; refund: Refund; byStatus: boolean }
  | { kind: 'dispute-changed'; order: Order; dispute: string; opened: boolean }
  | { kind: 'customer-created' | 'customer-updated' | 'customer-deleted'; customer: Customer }
  | { kind: 'customers-merged'; kept: Customer; gone: Customer }
  /** `byReview`: nothing about the product itself, but its rating. */
  | { kind: 'product-created' | 'product-updated'; product: Product; byReview?: true }
  | { kind: 'review-changed'; review: Review; byRest: boolean; deleted: boolean }
  | { kind: 'discount-created' | 'discount-updated' | 'discount-deleted'; discount: Discount };
