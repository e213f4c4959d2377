import type { Millis } from '../lib/clock.js';

/**
 * Money is a safe integer of minor units (|x| <= 10^15) of the currency that stands beside it; arithmetic on it is
 * done in exact fractions of bigint (src/rules/fraction.ts), never in floats.
 */
export type Minor = number;

/** ISO 4217 code with the exponent that *this* snapshot's amounts are written in (0, 2, 3 or 4). */
export interface Currency {
  code: string;
  exponent: number;
}

/** An amount without tax, and the tax on it. */
export interface Taxed {
  net: Minor;
  tax: Minor;
}

export type LineKind = 'product' | 'gift-card' | 'tip' | 'fee';

/** `net` = the whole line after all discounts, without tax, before refunds; `discount` = what was taken off it, without tax. */
export interface OrderLine extends Taxed {
  id: string;
  kind: LineKind;
  product: string | null;
  categories: string[];
  tags: string[];
  quantity: number;
  discount: Minor;
  /** Absent where the product has none, or the platform does not say. */
  variant?: string;
  sku?: string;
  /** What the shop called it when it was ordered, in the order's language. */
  title?: string;
  /** Whether the shop sold the product at less than its regular price; from its products, like categories and tags. */
  onSale?: boolean;
}

export interface RefundLine extends Taxed {
  line: string;
  quantity: number;
}

/** `amount` = money given back without naming lines, tax included; `failed` = the instant from which it no longer counts. */
export interface Refund {
  id: string;
  at: Millis;
  lines: RefundLine[];
  shipping: Taxed;
  amount: Minor;
  failed: Millis | null;
}

export interface Dispute {
  id: string;
  kind: 'inquiry' | 'chargeback';
  opened: Millis;
  won: Millis | null;
  lost: Millis | null;
}

/**
 * A discount code that the order carries, as the platform spells it, and what it took off, counted as the shop counts
 * its prices: with tax where they contain it. So it compares with the code's own value.
 */
export interface UsedCode {
  code: string;
  off: Minor;
}

/**
 * What discounts took off the shipping, counted as the shop counts its prices; absent = nothing. `amount` null = all of it, and
 * nothing tells what it would have cost. `code` = the discount code that did it; null = nobody typed one.
 */
export interface ShippingOff {
  amount: Minor | null;
  code: string | null;
}

/**
 * What a platform says an order *is*: always the whole of it, never an event. `at` is the platform's version of it
 * (updated_at / date_modified_gmt). What was true earlier is read from the instants inside (FORMAT 4.2).
 * `id` is the platform's id within the store, `name` what shopper and shop call the order by ("#1001"); null where the
 * platform did not say. `email` and `phone` are as typed; they are replaced by opaque tokens
 * before anything is stored (src/loyalty).
 */
export interface OrderSnapshot {
  id: string;
  name: string | null;
  at: Millis;
  channel: string;
  customer: string | null;
  email: string | null;
  phone: string | null;
  placed: Millis;
  paid: Millis | null;
  fulfilled: Millis | null;
  cancelled: Millis | null;
  test: boolean;
  money: Currency;
  lines: OrderLine[];
  shipping: Taxed;
  tip: Minor;
  outstanding: Minor;
  giftCardPaid: Minor;
  refunds: Refund[];
  disputes: Dispute[];
  codes: UsedCode[];
  /** The referral code that the shop attached (cart attribute, order meta), if any. */
  referral: string | null;
  shippingOff?: ShippingOff;
  /**
   * The membership in it is for somebody else; `starts` = the local day (YYYY-MM-DD) that the buyer named for it. `giftTo` = the
   * e-mail that it is for, as typed; like `email` it is never stored. Absent = it is the buyer's own.
   */
  gift?: { starts?: string };
  giftTo?: string;
  /** Where it is sent to, else where the bill goes (ISO 3166, two letters). This and what follows: absent = not told. */
  country?: string;
  /** Of the checkout ("nl", "zh-TW"). */
  language?: string;
  /** The ways it was paid in, as the platform names them ("shopify_payments", "bacs"). */
  payments?: string[];
  /** A subscription made it, not the shopper. */
  subscription?: true;
  /** A company bought it, by the shop's terms for businesses. */
  company?: true;
  /** Of the customer, when the order was first seen. */
  roles?: string[];
  customerTags?: string[];
}
