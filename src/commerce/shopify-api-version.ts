/** The version of Shopify's Admin API that we ask in and whose bodies we read. Shopify ends one after a year. */
export const API_VERSION = '2026-10';
