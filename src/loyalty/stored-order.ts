import type { OrderSnapshot } from '../commerce/order.js';
import type { IdentityTokens } from '../lib/identity-token.js';
import type { KnownOrder } from '../rules/known.js';

/** An order as it is kept: the snapshot with e-mail and phone replaced by opaque tokens. */
export type StoredOrder = Omit<OrderSnapshot, 'email' | 'phone' | 'name' | 'giftTo'> & {
  /** Absent in what was kept before names were. */
  name?: string | null;
  mailbox: string | null;
  phone: string | null;
  /** Its lines say of their products what was known when they were first seen, and keep saying it. */
  described?: true;
};

export function toStored(order: OrderSnapshot, tokens: IdentityTokens, described = false): StoredOrder {
  const { email, phone, giftTo: _giftTo, ...rest } = order;
  const stored = { ...rest, mailbox: tokens.mailbox(email), phone: tokens.phone(phone) };
  return described ? { ...stored, described } : stored;
}

/** The key of an order in the engine, in causes of transfers and in decisions. */
export function orderKey(store: string, order: string): string {
  return `${store}/${order}`;
}

/** The key of a customer in the engine: unique in the program. */
export function customerKey(store: string, customer: string): string {
  return `${store}/${customer}`;
}

/** The store and the platform's own id inside an engine key. */
export function splitKey(key: string): { store: string; id: string } {
  const slash = key.indexOf('/');
  return { store: key.slice(0, slash), id: key.slice(slash + 1) };
}

const ERASED = 'redacted:';

/** Under what an erased customer is kept: nobody finds the customer from it without our key, the same customer always gets it. */
export function aliasOf(codeOf: (program: string, text: string) => string, program: string, customer: string): string {
  return `${ERASED}${codeOf(program, customer)}`;
}

export function isAlias(customer: string | null): boolean {
  return customer?.startsWith(ERASED) ?? false;
}

/** What an order has of ceilings as it is stored (order_state.grants): by promotion, in points, the part and what it is a part of. */
export type StoredGrants = Record<string, { gain: number; part: number }>;

/** The parts alone: what the rules judge an order with. */
export function partsOf(grants: StoredGrants): Record<string, number> {
  return Object.fromEntries(Object.entries(grants).map(([promotion, { part }]) => [promotion, part]));
}

/** Finds the redemption that a discount code (in upper case) belongs to, if it is one of ours. */
export type RedemptionOf = (store: string, code: string) => string | undefined;

/** The engine's view of a stored order. Codes are compared in upper case: WooCommerce stores them in lower case. */
export function toKnown(
  store: string,
  stored: StoredOrder,
  grants: StoredGrants,
  redemptionOf: RedemptionOf,
): KnownOrder {
  // a copy of the whole is a tenth of the price of one without the parts that the engine does not look at
  const redemptions: KnownOrder['redemptions'] = [];
  const coupons: string[] = [];
  for (const used of stored.codes) {
    const code = used.code.toUpperCase();
    const redemption = redemptionOf(store, code);
    if (redemption === undefined) coupons.push(code);
    else redemptions.push({ id: redemption, off: used.off });
  }
  const { shippingOff: waived, ...told } = stored;
  // what points paid for is no perk
  const bought = waived?.code != null && redemptionOf(store, waived.code.toUpperCase()) !== undefined;
  return {
    ...told,
    ...(waived && !bought && { shippingOff: waived }),
    id: orderKey(store, stored.id),
    store,
    customer: stored.customer === null ? null : customerKey(store, stored.customer),
    redemptions,
    coupons,
    grants: partsOf(grants),
  };
}
