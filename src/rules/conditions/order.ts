import type { WhenKinds } from './kind.js';

type Words =
  'currencies' | 'channels' | 'stores' | 'countries' | 'languages' | 'payments' | 'giftCard' | 'coupon' | 'coupons';

/** "nl" stands for every kind of Dutch ("nl-BE"), "nl-BE" for that one alone; letter case and _ or - do not matter. */
function speaks(wanted: readonly string[], language: string | undefined): boolean {
  if (language === undefined) return false;
  const spoken = language.toLowerCase().replace('_', '-');
  return wanted.some((one) => {
    const asked = one.toLowerCase().replace('_', '-');
    return spoken === asked || spoken.startsWith(`${asked}-`);
  });
}

const upper = (names: readonly string[]): string[] => names.map((name) => name.toUpperCase());

/** What the order says of itself. What a platform does not tell is not held: the condition fails. */
export const ORDER: WhenKinds<Words | 'subscription'> = {
  currencies: { prepare: (names) => (asked) => names.includes(asked.order.money.code) },
  channels: { prepare: (names) => (asked) => names.includes(asked.order.channel) },
  stores: { prepare: (names) => (asked) => names.includes(asked.order.store) },
  /** Where it is sent to, else where the bill goes; ISO 3166 codes of two letters. */
  countries: {
    prepare(names) {
      const countries = upper(names);
      return ({ order }) => order.country !== undefined && countries.includes(order.country);
    },
  },
  /** Of the checkout. */
  languages: { prepare: (names) => (asked) => speaks(names, asked.order.language) },
  /** Any of the ways it was paid in is one of these, as the platform names them. */
  payments: {
    prepare: (names) => (asked) => (asked.order.payments ?? []).some((payment) => names.includes(payment)),
  },
  /** Whether gift cards paid any of it, however little. */
  giftCard: { prepare: (wanted) => (asked) => wanted === asked.order.giftCardPaid > 0 },
  /** Whether the order carries a code of the shop's own; rewards of the program are none. */
  coupon: { prepare: (wanted) => (asked) => wanted === (asked.order.coupons ?? []).length > 0 },
  /** Any of these codes; letter case does not matter. */
  coupons: {
    prepare(names) {
      const codes = upper(names);
      return ({ order }) => (order.coupons ?? []).some((code) => codes.includes(code));
    },
  },
  /** Whether a subscription made the order; the one that began the subscription was made by the shopper. */
  subscription: { prepare: (wanted) => (asked) => wanted === (asked.order.subscription ?? false) },
};
