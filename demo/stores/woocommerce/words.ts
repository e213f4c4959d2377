import type { RefusalReason } from '../shop/model.js';

const TEXTS: Record<RefusalReason, (code: string) => string> = {
  unknown: (code) => `Coupon "${code}" cannot be applied because it does not exist.`,
  ended: (code) => `Coupon "${code}" has expired.`,
  'not-yet': (code) => `Coupon "${code}" is not valid yet.`,
  'used-up': (code) => `Usage limit for coupon "${code}" has been reached.`,
  'other-customer': (code) => `Please enter a valid email at checkout to use coupon code "${code}".`,
  minimum: (code) => `The minimum spend for coupon "${code}" is not met.`,
  products: (code) => `Sorry, coupon "${code}" is not applicable to selected products.`,
  'no-shipping': (code) => `Coupon "${code}" is not applicable.`,
};

/** WooCommerce's own words for a coupon that it does not take. */
export const WORDS = (reason: RefusalReason, code: string): string => TEXTS[reason](code);
