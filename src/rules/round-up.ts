import type { Minor } from '../commerce/order.js';
import type { Cart } from './cart.js';
import type { ProgramRules } from './program-rules.js';

/** A cart with what it is rounded up by. */
export interface RoundedUp {
  cart: Cart;
  product: string;
  add: Minor;
  /** What is paid then, taxes and shipping included. */
  total: Minor;
}

/**
 * The cart with the product that stands for the difference to the next whole amount; null = there is nothing to round: it is whole,
 * is rounded up already, or is paid in another currency than the rules speak of.
 */
export function roundedUp({ roundUp, money }: ProgramRules, cart: Cart): RoundedUp | null {
  if (!roundUp || cart.money.code !== money.code || cart.money.exponent !== money.exponent) return null;
  const { product, to } = roundUp;
  if (cart.lines.some((line) => line.product === product)) return null;
  const paid = cart.lines.reduce((sum, { net, tax }) => sum + net + tax, cart.shipping.net + cart.shipping.tax);
  const over = paid % to;
  if (paid <= 0 || over === 0) return null;
  const add = to - over;
  const line = { id: 'round-up', kind: 'product' as const, product, categories: [], tags: [], quantity: 1 };
  const lines = [...cart.lines, { ...line, net: add, tax: 0, discount: 0 }];
  return { cart: { ...cart, lines }, product, add, total: paid + add };
}
