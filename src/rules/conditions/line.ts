import type { OrderLine } from '../../commerce/order.js';
import { compare, fraction, times } from '../fraction.js';
import type { Where } from '../rule-parts.js';
import type { LineAt, LineTest, WhereKind, WhereKinds, WhereWord } from './kind.js';

type Names = (line: OrderLine) => readonly string[];

const one = (name: string | null | undefined): string[] => (name === null || name === undefined ? [] : [name]);
const productOf: Names = (line) => one(line.product);
const variantOf: Names = (line) => one(line.variant);
const skuOf: Names = (line) => one(line.sku);

function anyOf(names: Names): WhereKind<string[]> {
  return { prepare: (wanted) => (line) => names(line).some((name) => wanted.includes(name)) };
}

function noneOf(names: Names): WhereKind<string[]> {
  return { prepare: (unwanted) => (line) => !names(line).some((name) => unwanted.includes(name)) };
}

/** The price of an item as it was bought, in thousandths of items, so that 1.5 kg has one as well. */
function costs({ net, tax, quantity }: OrderLine, { scale }: LineAt, than: number): number {
  const price = times(fraction((Math.max(0, net) + Math.max(0, tax)) * 1000), scale);
  return compare(price, fraction(BigInt(than) * BigInt(Math.round(quantity * 1000))));
}

export const WHERE: WhereKinds = {
  products: anyOf(productOf),
  variants: anyOf(variantOf),
  skus: anyOf(skuOf),
  categories: { ofProduct: true, ...anyOf((line) => line.categories) },
  tags: { ofProduct: true, ...anyOf((line) => line.tags) },
  notProducts: noneOf(productOf),
  notVariants: noneOf(variantOf),
  notSkus: noneOf(skuOf),
  notCategories: { ofProduct: true, ...noneOf((line) => line.categories) },
  notTags: { ofProduct: true, ...noneOf((line) => line.tags) },
  /** What an item cost the shopper, after discounts, with tax, in the program's money. */
  price: {
    prepare:
      ({ min, max }) =>
      (line, at) =>
        (min === undefined || costs(line, at, min) >= 0) && (max === undefined || costs(line, at, max) <= 0),
  },
  /** Whether the shop sold the product at less than its regular price when it was bought. */
  onSale: { ofProduct: true, prepare: (wanted) => (line) => (line.onSale ?? false) === wanted },
  /** At least so many left, at most so many bought (a refund must not raise the points). */
  quantity: {
    prepare:
      ({ min, max }) =>
      (line, { items }) =>
        (min === undefined || items >= min) && (max === undefined || line.quantity <= max),
  },
};

export const whereWords = Object.keys(WHERE) as WhereWord[];

/** Whether a line matches: all that is asked holds; null = nothing is asked. */
export function prepareWhere(where: Where | undefined): LineTest | null {
  if (!where) return null;
  const tests = whereWords.flatMap((word) => {
    const wanted = where[word];
    const { prepare } = WHERE[word] as WhereKind<unknown>;
    return wanted === undefined ? [] : [prepare(wanted)];
  });
  return (line, at) => tests.every((passes) => passes(line, at));
}

/** Whether it asks for what only the store's products tell. */
export function asksOfProduct(where: Where | undefined): boolean {
  return whereWords.some((word) => where?.[word] !== undefined && WHERE[word].ofProduct);
}
