import type { Cart } from './shop/model.js';

export const EMPTY_CART = (): Cart => ({ customer: null, email: null, lines: [], codes: [], attributes: {} });

/** Sets how many pieces of a product are in the cart; 0 takes it out. */
export function setQuantity(cart: Cart, product: string, quantity: number): void {
  const line = cart.lines.find((each) => each.product === product);
  if (line) line.quantity = quantity;
  else cart.lines.push({ product, quantity });
  cart.lines = cart.lines.filter((each) => each.quantity > 0);
}

export function addCode(cart: Cart, code: string): void {
  dropCode(cart, code);
  cart.codes.push(code.trim());
}

export function dropCode(cart: Cart, code: string): void {
  cart.codes = cart.codes.filter((each) => each.toLowerCase() !== code.trim().toLowerCase());
}
