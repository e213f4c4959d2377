import type { CartFacts } from '../../widget/answers.js';
import { minorOf, spread } from './money.js';

/** A line as a checkout or an order's page tells it. Ids are Shopify's gids. */
export interface TellingLine {
  id: string;
  quantity: number;
  merchandise: { id: string; sku?: string; product: { id: string } };
  cost: { totalAmount: { amount: number; currencyCode: string } };
}

/** What the checkout says of the whole; decimal amounts, null = not known yet. */
export interface TellingCost {
  currency: string;
  subtotal: number;
  shipping: number | null;
  tax: number | null;
  total: number;
}

export const numberOf = (gid: string): string => /(\d+)(?:\?.*)?$/.exec(gid)?.[1] ?? gid;

/**
 * The cart as the storefront API takes it: whole minor units without tax. The platform tells discounts of lines in each
 * line, those of the order in the subtotal alone, and taxes only in one sum: both are spread over lines by what they cost.
 * Taxes are inside prices where subtotal and shipping already make the total.
 */
export function cartOf(lines: readonly TellingLine[], cost: TellingCost, channel = 'web'): CartFacts {
  const { currency } = cost;
  const own = lines.map((line) => minorOf(line.cost.totalAmount.amount, currency));
  const [subtotal, shipping, tax, total] = [cost.subtotal, cost.shipping ?? 0, cost.tax ?? 0, cost.total].map(
    (amount) => minorOf(amount, currency),
  ) as [number, number, number, number];
  const goods = spread(subtotal, own);
  const inside = tax > 0 && Math.abs(subtotal + shipping - total) < Math.abs(subtotal + shipping + tax - total);
  const taxes = spread(tax, [...goods, shipping]);
  return {
    currency,
    channel,
    lines: lines.map((line, i) => ({
      id: numberOf(line.id).slice(0, 100),
      product: numberOf(line.merchandise.product.id),
      variant: numberOf(line.merchandise.id),
      ...(line.merchandise.sku ? { sku: line.merchandise.sku } : {}),
      quantity: line.quantity,
      net: Math.max(0, (goods[i] ?? 0) - (inside ? (taxes[i] ?? 0) : 0)),
      tax: taxes[i] ?? 0,
      discount: Math.max(0, (own[i] ?? 0) - (goods[i] ?? 0)),
    })),
    shipping: { net: Math.max(0, shipping - (inside ? (taxes.at(-1) ?? 0) : 0)), tax: taxes.at(-1) ?? 0 },
  };
}
