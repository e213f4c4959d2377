import { type Percent, type Perks, readPerks } from './perks.js';

/** What both queries ask. Amounts are decimal text in the buyer's currency. */
export interface Asked {
  cart: {
    buyerIdentity?: { customer?: { id: string; perks?: { value: string } | null } | null } | null;
    cost: { subtotalAmount: { amount: string } };
  };
  discount: { discountClasses: readonly string[]; key?: { value: string } | null };
  presentmentCurrencyRate: string;
  shop: { localTime: { date: string } };
}

export interface LinesInput extends Asked {
  cart: Asked['cart'] & {
    lines: readonly {
      id: string;
      merchandise: { __typename: string; product?: Product };
    }[];
  };
}

/** `tags` = of those that the discount's metafield `perks-tags` names, which it has. */
interface Product {
  id: string;
  isGiftCard: boolean;
  tags?: readonly { tag: string; hasTag: boolean }[];
}

export interface DeliveryInput extends Asked {
  cart: Asked['cart'] & { deliveryGroups: readonly { id: string }[] };
}

interface Candidate {
  targets: { cartLine: { id: string } }[];
  value: { percentage: { value: number } };
}
export interface LinesResult {
  operations: { productDiscountsAdd: { selectionStrategy: 'ALL'; candidates: Candidate[] } }[];
}
export interface DeliveryResult {
  operations: {
    deliveryDiscountsAdd: {
      selectionStrategy: 'ALL';
      candidates: { targets: { deliveryGroup: { id: string } }[]; value: { percentage: { value: number } } }[];
    };
  }[];
}

/**
 * The best percentage of those that hold, line by line: never two on one line, none on a gift card. Lines of one
 * percentage are one candidate, so that what is answered stays small.
 */
export function discountLines(input: LinesInput): LinesResult {
  const perks = input.discount.discountClasses.includes('PRODUCT') ? perksIn(input) : null;
  const holding = perks?.percents.filter(({ least }) => reaches(input, perks, least)) ?? [];
  const byPercent = new Map<number, string[]>();
  for (const { id, merchandise } of input.cart.lines) {
    const { product } = merchandise;
    if (!product || product.isGiftCard) continue;
    const fits = holding.filter((perk) => isFor(perk, product));
    const best = Math.max(0, ...fits.map(({ hundredths }) => hundredths));
    if (best > 0) byPercent.set(best, [...(byPercent.get(best) ?? []), id]);
  }
  if (byPercent.size === 0) return { operations: [] };
  const candidates = [...byPercent].map(([hundredths, ids]) => ({
    targets: ids.map((id) => ({ cartLine: { id } })),
    value: { percentage: { value: hundredths / 100 } },
  }));
  return { operations: [{ productDiscountsAdd: { selectionStrategy: 'ALL', candidates } }] };
}

/** A tag that was not asked about is not known: then nothing comes off. */
function isFor({ products, asks }: Percent, { id, tags = [] }: Product): boolean {
  const has = (asked: string) => tags.find(({ tag }) => tag === asked)?.hasTag;
  return (
    (products === null || products.includes(numberOf(id))) &&
    (!asks?.tags || asks.tags.some((tag) => has(tag) === true)) &&
    (!asks?.notTags || asks.notTags.every((tag) => has(tag) === false))
  );
}

/** Shipping for nothing, where a perk gives it and the cart reaches what it asks. */
export function discountDelivery(input: DeliveryInput): DeliveryResult {
  const perks = input.discount.discountClasses.includes('SHIPPING') ? perksIn(input) : null;
  const free = perks?.shipping.some(({ least }) => reaches(input, perks, least)) ?? false;
  const targets = input.cart.deliveryGroups.map(({ id }) => ({ deliveryGroup: { id } }));
  if (!free || targets.length === 0) return { operations: [] };
  const candidates = [{ targets, value: { percentage: { value: 100 } } }];
  return { operations: [{ deliveryDiscountsAdd: { selectionStrategy: 'ALL', candidates } }] };
}

function perksIn({ cart, discount, shop }: Asked): Perks | null {
  const customer = cart.buyerIdentity?.customer;
  if (!customer?.perks || !discount.key) return null;
  return readPerks(customer.perks.value, discount.key.value, numberOf(customer.id), shop.localTime.date);
}

/** The least cart is in the shop's currency, the cart in the buyer's. */
function reaches({ cart, presentmentCurrencyRate }: Asked, { exponent }: Perks, least: number): boolean {
  const wanted = (least / 10 ** exponent) * Number(presentmentCurrencyRate);
  return Number(cart.cost.subtotalAmount.amount) >= wanted - 1e-9;
}

const numberOf = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1);
