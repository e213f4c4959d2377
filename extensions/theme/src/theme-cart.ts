import type { CartFacts } from '../../../widget/answers.js';
import { exponentOf } from '../../shared/money.js';

/** As much of the theme's /cart.js as we read. Prices are in hundredths of the buyer's currency, whatever the currency. */
export interface ThemeCart {
  currency: string;
  total_price: number;
  items_subtotal_price: number;
  items: readonly {
    id: number;
    product_id: number;
    variant_id: number;
    quantity: number;
    final_line_price: number;
    gift_card: boolean;
  }[];
  discount_codes?: readonly { code: string; applicable: boolean }[];
}

/** The cart as the storefront API takes it; snippets/tally-cart.liquid says the same when a page is made. */
export function factsOf(cart: ThemeCart, taxPercent: number): CartFacts {
  const { currency, total_price: total, items_subtotal_price: subtotal } = cart;
  const digits = exponentOf(currency);
  const inMinor = (hundredths: number): number =>
    digits < 2 ? hundredths / 10 ** (2 - digits) : hundredths * 10 ** (digits - 2);
  const amounts = (price: number): { net: number; tax?: number } => {
    const own = subtotal > 0 ? (price * total) / subtotal : price;
    const net = Math.round(inMinor((own * 100) / (100 + taxPercent)));
    return taxPercent > 0 ? { net, tax: Math.round(inMinor(own)) - net } : { net };
  };
  return {
    currency,
    lines: cart.items.map((item) => ({
      id: String(item.id),
      product: String(item.product_id),
      variant: String(item.variant_id),
      quantity: item.quantity,
      ...amounts(item.final_line_price),
      kind: item.gift_card ? 'gift-card' : 'product',
    })),
  };
}

export const codesIn = (cart: ThemeCart): string[] => (cart.discount_codes ?? []).map(({ code }) => code);

export const holds = (codes: readonly string[], code: string): boolean =>
  codes.some((one) => one.toLowerCase() === code.toLowerCase());
