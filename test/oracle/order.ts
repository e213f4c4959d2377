import type { OrderEvent, Taxed, WrittenCart, WrittenLine } from './format.js';

/** An order snapshot with the defaults of FORMAT 4 written out and instants as epoch milliseconds. */
export interface Line {
  id: string;
  kind: 'product' | 'gift-card' | 'tip' | 'fee';
  product: string | null;
  categories: string[];
  tags: string[];
  quantity: number;
  net: number;
  tax: number;
  discount: number;
  /** None or one. */
  variant: string[];
  sku: string[];
  onSale: boolean;
}
export interface Money {
  net: number;
  tax: number;
}
export interface Refund {
  at: number;
  failed: number;
  lines: { line: string; quantity: number; net: number; tax: number }[];
  shipping: Money;
  amount: number;
}
export interface Dispute {
  kind: 'inquiry' | 'chargeback';
  opened: number;
  won: number;
  lost: number;
}
export interface Order {
  id: string;
  at: number;
  store: string;
  channel: string;
  customer: string | null;
  addresses: string[];
  phone: string | null;
  placed: number;
  /** Infinity where it never happened. */
  paid: number;
  fulfilled: number;
  cancelled: number;
  test: boolean;
  money: { code: string; exponent: number };
  lines: Line[];
  shipping: Money;
  tip: number;
  outstanding: number;
  giftCardPaid: number;
  refunds: Refund[];
  disputes: Dispute[];
  redemptions: { id: string; off: number }[];
  /** What its platform tells beside; null or empty = it does not. */
  country: string | null;
  language: string | null;
  payments: string[];
  coupons: string[];
  subscription: boolean;
  company: boolean;
  /** What was taken off the shipping; Infinity = all of it, and nobody tells how much. */
  shippingOff: number;
  roles: string[];
  customerTags: string[];
}

export const instant = (written: string): number => Date.parse(written);
const instantOrNever = (written: string | null | undefined): number => (written ? instant(written) : Infinity);
const taxed = (written: Taxed | undefined): Money => ({ net: written?.net ?? 0, tax: written?.tax ?? 0 });

export const readLine = (line: WrittenLine): Line => ({
  id: line.id,
  kind: line.kind ?? 'product',
  product: line.product ?? null,
  categories: line.categories ?? [],
  tags: line.tags ?? [],
  quantity: line.quantity ?? 1,
  ...taxed(line),
  discount: line.discount ?? 0,
  variant: line.variant === undefined ? [] : [line.variant],
  sku: line.sku === undefined ? [] : [line.sku],
  onSale: line.onSale ?? false,
});

export const readOrder = (written: OrderEvent, programMoney: { code: string; exponent: number }): Order => ({
  id: written.id,
  at: instant(written.at),
  store: written.store ?? 'main',
  channel: written.channel ?? 'web',
  customer: written.customer ?? null,
  addresses: [written.guest, written.email].filter((address) => typeof address === 'string'),
  phone: written.phone ?? null,
  placed: instant(written.placed),
  paid: instantOrNever(written.paid),
  fulfilled: instantOrNever(written.fulfilled),
  cancelled: instantOrNever(written.cancelled),
  test: written.test ?? false,
  money: written.money ?? programMoney,
  lines: written.lines.map(readLine),
  shipping: taxed(written.shipping),
  tip: written.tip ?? 0,
  outstanding: written.outstanding ?? 0,
  giftCardPaid: written.giftCardPaid ?? 0,
  refunds: (written.refunds ?? []).map((refund) => ({
    at: instant(refund.at),
    failed: instantOrNever(refund.failed),
    lines: (refund.lines ?? []).map((line) => ({ line: line.line, quantity: line.quantity ?? 0, ...taxed(line) })),
    shipping: taxed(refund.shipping),
    amount: refund.amount ?? 0,
  })),
  disputes: (written.disputes ?? []).map((dispute) => ({
    kind: dispute.kind,
    opened: instant(dispute.opened),
    won: instantOrNever(dispute.won),
    lost: instantOrNever(dispute.lost),
  })),
  redemptions: written.redemptions ?? [],
  country: written.country ?? null,
  language: written.language ?? null,
  payments: written.payments ?? [],
  coupons: written.coupons ?? [],
  subscription: written.subscription ?? false,
  company: written.company ?? false,
  shippingOff: written.shippingOff ? (written.shippingOff.amount ?? Infinity) : 0,
  roles: written.roles ?? [],
  customerTags: written.customerTags ?? [],
});

/** A cart priced as the order that it would be if it were placed and paid at t (FORMAT 11, `promise`). */
export const cartAsOrder = (cart: WrittenCart, t: number, programMoney: { code: string; exponent: number }): Order =>
  readOrder(
    {
      kind: 'order',
      id: '\uffff',
      at: new Date(t).toISOString(),
      placed: new Date(t).toISOString(),
      paid: new Date(t).toISOString(),
      fulfilled: new Date(t).toISOString(),
      lines: cart.lines ?? [],
      ...(cart.shipping ? { shipping: cart.shipping } : {}),
    },
    programMoney,
  );
