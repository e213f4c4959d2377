import * as z from 'zod';
import { exponentOf } from '../../commerce/money.js';
import type { Clock } from '../../lib/clock.js';
import type { ShopifyApp } from './app.js';
import { shopifyClient } from './client.js';
import { SHOP } from './operations.js';
import type { ShopifyTokens } from './tokens.js';

/** Who a shop says that it is. */
export interface ShopifyShop {
  /** Shopify's own id of the shop; its domain may be reused by another one day. */
  id: string;
  name: string;
  money: { code: string; exponent: number };
  /** IANA name. */
  zone: string;
}

const answer = z.object({
  shop: z.object({ id: z.string(), name: z.string(), currencyCode: z.string().length(3), ianaTimezone: z.string() }),
});

/** Asks a shop who it is with tokens that have just been given, before they are stored. */
export async function describeShopifyShop(
  app: ShopifyApp,
  shop: string,
  tokens: ShopifyTokens,
  clock: Clock,
): Promise<ShopifyShop> {
  const vault = {
    load: async () => tokens,
    save: async () => undefined,
    exclusively: <T>(work: () => Promise<T>) => work(),
  };
  const { shop: about } = await shopifyClient(app, { shop, vault }, clock).run(SHOP, {}, answer);
  const money = { code: about.currencyCode, exponent: exponentOf(about.currencyCode) };
  return { id: about.id, name: about.name, money, zone: about.ianaTimezone };
}
