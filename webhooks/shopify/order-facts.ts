import type { Dispute } from '../../src/commerce/order.js';
import type { Millis } from '../../src/lib/clock.js';

/** A decimal amount in the shop's currency, as the platform writes it ("12.50"). */
export type Amount = string;

/**
 * What Shopify says of an order, whichever way it said it: the webhook body and the GraphQL answer are both brought to
 * this shape, so that there is one translation (snapshot.ts). All ids are the numbers of the gid, as text; all amounts
 * are shop money, never presentment money (a refund of another day has another rate).
 */
export interface OrderFacts {
  id: string;
  /** "#1001", with the shop's own prefix and suffix. */
  name: string | null;
  updated: Millis;
  processed: Millis;
  cancelled: Millis | null;
  /** When the last of it was sent; null while something is left to send. */
  fulfilled: Millis | null;
  channel: string;
  test: boolean;
  customer: string | null;
  email: string | null;
  phone: string | null;
  currency: string;
  taxesIncluded: boolean;
  /** financial_status / displayFinancialStatus in lower case; null when nothing was ever to be paid. */
  standing: string | null;
  /** Successful sales and captures; null = this source does not list them (webhook bodies). */
  payments: { at: Millis; amount: Amount; giftCard: boolean }[] | null;
  /** Names of the gateways used; "gift_card" among them. */
  gateways: string[];
  country: string | null;
  language: string | null;
  /** A company of the shop's B2B bought it, not a shopper. */
  company: boolean;
  total: Amount;
  outstanding: Amount;
  tip: Amount;
  cashRoundingRefund: Amount;
  lines: LineFacts[];
  shipping: ShippingFacts[];
  codes: { code: string; amount: Amount }[];
  /** By the index that allocations point to. */
  applications: { code: string | null; title: string | null }[];
  refunds: RefundFacts[];
  /** Null = this source does not list them. */
  disputes: Dispute[] | null;
  attributes: { name: string; value: unknown }[];
}

export interface LineFacts {
  id: string;
  product: string | null;
  variant: string | null;
  sku: string | null;
  /** Of the product, with its variant's behind it where it has any. */
  title: string | null;
  giftCard: boolean;
  tip: boolean;
  quantity: number;
  /** What is left after refunds and edits; null = not said. */
  currentQuantity: number | null;
  unitPrice: Amount;
  /** Line-level discount, used only where no allocations are listed. */
  lineDiscount: Amount;
  /** All discounts, order-level ones included. */
  allocations: Allocation[];
  taxes: Amount[];
}

export interface Allocation {
  amount: Amount;
  application: number | null;
}

export interface ShippingFacts {
  price: Amount;
  /** After its own discounts; used only where no allocations are listed. */
  discounted: Amount;
  allocations: Allocation[];
  taxes: Amount[];
}

export interface RefundFacts {
  id: string;
  at: Millis;
  lines: { line: string; quantity: number; subtotal: Amount; tax: Amount }[];
  shipping: { subtotal: Amount; tax: Amount | null }[];
  /** Differences between what was computed and what was given; negative = given on top of the lines. */
  adjustments: { shipping: boolean; amount: Amount; tax: Amount }[];
  duties: Amount;
  transactions: { at: Millis; amount: Amount; status: string }[];
}
