import type { CartFacts } from '../../../widget/answers.js';
import { cartOf } from '../../shared/checkout-cart.js';

/** As much of a till's cart as the program asks about. Prices are of one piece, sums are decimal text. */
export interface TillCart {
  subtotal: string;
  taxTotal: string;
  grandTotal: string;
  lineItems: readonly {
    uuid: string;
    price?: number;
    quantity: number;
    variantId?: number;
    productId?: number;
    sku?: string;
    isGiftCard: boolean;
  }[];
}

/** The sale at hand as the API takes it. Gift cards stay gift cards: they earn nothing. */
export function cartAtTill({ subtotal, taxTotal, grandTotal, lineItems }: TillCart, currency: string): CartFacts {
  const lines = lineItems.map(({ uuid, price = 0, quantity, variantId, productId, sku }) => ({
    id: uuid,
    quantity,
    merchandise: { id: String(variantId ?? 0), product: { id: String(productId ?? 0) }, ...(sku ? { sku } : {}) },
    cost: { totalAmount: { amount: price * quantity, currencyCode: currency } },
  }));
  const [goods, tax, total] = [subtotal, taxTotal, grandTotal].map(Number) as [number, number, number];
  const cart = cartOf(lines, { currency, subtotal: goods, shipping: null, tax, total }, 'pos');
  return {
    ...cart,
    lines: cart.lines.map((line, i) => {
      const { isGiftCard, productId, uuid } = lineItems[i] ?? { isGiftCard: false, uuid: line.id };
      const { variant, ...rest } = {
        ...line,
        id: uuid.slice(0, 100),
        kind: isGiftCard ? 'gift-card' : 'product',
      } as const;
      return productId === undefined ? { ...rest, product: null } : { ...rest, ...(variant ? { variant } : {}) };
    }),
  };
}
