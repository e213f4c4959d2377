import type { CartLine, Discount, Minor, OrderLine, PricedCart, Product, ShopSettings, Taxed } from './model.js';

/** Splits `amount` over weights: each gets the floor of its share, the largest remainders get what is left. */
export function allocate(amount: Minor, weights: readonly Minor[]): Minor[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(amount) * BigInt(weight));
  const parts = exact.map((value) => Number(value / BigInt(sum)));
  let left = amount - parts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: value % BigInt(sum) }))
    .sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** Net and tax of an amount as displayed. */
export function taxed(displayed: Minor, percent: number, included: boolean): Taxed {
  if (!included) return { net: displayed, tax: Math.round((displayed * percent) / 100) };
  const tax = Math.round((displayed * percent) / (100 + percent));
  return { net: displayed - tax, tax };
}

const offOf = (line: { offs: { off: Minor }[] }): Minor => line.offs.reduce((sum, each) => sum + each.off, 0);
const displayedBefore = (line: OrderLine): Minor => line.unitPrice * line.quantity;

function newLine(product: Product, quantity: number, id: string, included: boolean): OrderLine {
  const before = taxed(product.price * quantity, product.taxPercent, included);
  return {
    id,
    product: product.id,
    title: product.title,
    sku: product.sku,
    quantity,
    unitPrice: product.price,
    taxPercent: product.taxPercent,
    giftCard: product.giftCard,
    before,
    after: before,
    offs: [],
  };
}

function takeOff(lines: OrderLine[], discount: Discount, halfDown: boolean): void {
  const eligible = lines.filter(
    (line) => !line.giftCard && (!discount.products || discount.products.includes(line.product)),
  );
  const left = eligible.map((line) => displayedBefore(line) - offOf(line));
  const sum = left.reduce((a, b) => a + b, 0);
  const exact = (sum * discount.percent) / 100;
  const part = halfDown ? Math.ceil(exact - 0.5) : Math.round(exact);
  const off = discount.kind === 'percent' ? part : Math.min(discount.off, sum);
  allocate(off, left).forEach((part, index) => {
    if (part > 0) eligible[index]?.offs.push({ code: discount.code, off: part });
  });
}

/** Prices a cart with discounts that were already found acceptable, in the order given. */
export function price(
  wanted: readonly CartLine[],
  products: ReadonlyMap<string, Product>,
  discounts: readonly Discount[],
  settings: ShopSettings,
  newId: () => string,
): PricedCart {
  const included = settings.taxesIncluded;
  const lines = wanted.flatMap((each) => {
    const product = products.get(each.product);
    return product && each.quantity > 0 ? [newLine(product, each.quantity, newId(), included)] : [];
  });
  for (const discount of discounts)
    if (discount.kind !== 'free-shipping') takeOff(lines, discount, settings.halfDown ?? false);
  for (const line of lines) line.after = taxed(displayedBefore(line) - offOf(line), line.taxPercent, included);
  const items = lines.reduce((sum, line) => sum + displayedBefore(line), 0);
  const off = lines.reduce((sum, line) => sum + offOf(line), 0);
  const ships = lines.some((line) => !line.giftCard);
  const free = settings.freeShippingFrom !== null && items - off >= settings.freeShippingFrom;
  const shippingPrice = free ? 0 : settings.shippingPrice;
  const takesCode = settings.freeShippingByCode && shippingPrice > 0;
  const freeBy = takesCode ? discounts.find((discount) => discount.kind === 'free-shipping') : undefined;
  const shipping = ships
    ? {
        id: newId(),
        title: free ? 'Free shipping' : 'Flat rate',
        price: shippingPrice,
        before: taxed(shippingPrice, settings.shippingTaxPercent, included),
        after: taxed(freeBy ? 0 : shippingPrice, settings.shippingTaxPercent, included),
        offs: freeBy ? [{ code: freeBy.code, off: shippingPrice }] : [],
      }
    : null;
  const all = [...lines.map((line) => line.after), ...(shipping ? [shipping.after] : [])];
  return {
    lines,
    shipping,
    codes: discounts.map((discount) => ({
      id: newId(),
      code: discount.code,
      discount: discount.id,
      kind: discount.kind,
      nominal: discount.kind === 'percent' ? discount.percent : discount.off,
    })),
    refused: [],
    items,
    discount: off,
    tax: all.reduce((sum, each) => sum + each.tax, 0),
    total: all.reduce((sum, each) => sum + each.net + each.tax, 0),
  };
}

/** Decimal text of minor units, e.g. 1999 with 2 = "19.99"; `digits` widens it (WooCommerce's dp=6). */
export function decimal(minor: Minor, exponent: number, digits = exponent): string {
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = text.slice(0, text.length - exponent);
  const rest = text.slice(text.length - exponent).padEnd(digits, '0');
  return digits === 0 ? sign + whole : `${sign}${whole}.${rest}`;
}

/** Minor units of decimal text or a JSON number; rounds what is finer than the currency. */
export function minor(text: string | number, exponent: number): Minor {
  const match = /^\s*(-?)(\d+)(?:\.(\d*))?\s*$/.exec(typeof text === 'number' ? text.toFixed(exponent) : text);
  if (!match) return Number.NaN;
  const fraction = (match[3] ?? '').padEnd(exponent + 1, '0');
  const scaled = Number(`${match[2]}${fraction.slice(0, exponent)}`) + (Number(fraction[exponent]) >= 5 ? 1 : 0);
  return match[1] === '-' ? -scaled : scaled;
}
