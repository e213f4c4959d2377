const DOMAIN = /^[a-z0-9][a-z0-9-]{0,59}\.myshopify\.com$/;

/** A shop's permanent domain in lower case, or null for anything that is not exactly one. */
export function shopDomain(given: string): string | null {
  const domain = given.toLowerCase();
  return DOMAIN.test(domain) ? domain : null;
}
