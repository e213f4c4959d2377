import { AppError } from '../../lib/errors.js';

const DOMAIN = /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/;

/** A shop's permanent domain in lower case, or null for anything that is not exactly one. */
export function shopDomain(given: string): string | null {
  const domain = given.toLowerCase();
  return DOMAIN.test(domain) ? domain : null;
}

export function checkShopDomain(given: string): string {
  const domain = shopDomain(given);
  if (domain === null)
    throw new AppError('shop_domain_invalid', 400, 'A Shopify shop is named like my-shop.myshopify.com.');
  return domain;
}
