import type { RefusalReason } from '../shop/model.js';

const TEXTS: Record<RefusalReason, (code: string) => string> = {
  unknown: () => 'Enter a valid discount code',
  ended: (code) => `${code.toUpperCase()} discount code has expired`,
  'not-yet': (code) => `${code.toUpperCase()} discount code isn't valid yet`,
  'used-up': (code) => `${code.toUpperCase()} discount code has reached its usage limit`,
  'other-customer': (code) => `${code.toUpperCase()} discount code isn't available to you right now`,
  minimum: (code) => `${code.toUpperCase()} needs a larger order`,
  products: (code) => `${code.toUpperCase()} discount code isn't valid for the items in your cart`,
  'no-shipping': (code) => `${code.toUpperCase()} discount code isn't valid for your shipping`,
};

/** Shopify's way to refuse a code. */
export const WORDS = (reason: RefusalReason, code: string): string => TEXTS[reason](code);
