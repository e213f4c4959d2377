import { AppError } from '../../lib/errors.js';
import type { ShopifyApp } from '../../platforms/shopify/app.js';
import { verifyAppProxy } from '../../platforms/shopify/app-proxy.js';
import { claimedStore, verifyShopper } from '../../platforms/woocommerce/shopper-token.js';
import { proveShopperToken, type SigningApp } from '../shopify/session-token.js';
import type { Proof } from './identity.js';

/** The live secrets with which a WooCommerce store signs who is looking at its pages; empty when there is no such store. */
export type ShopperSecrets = (store: string) => Promise<readonly string[]>;

/** A checkout or customer-account extension of Shopify. */
export function shopifySessionToken(app: SigningApp): Proof<string> {
  return async (token, now) => {
    const proved = await proveShopperToken(token, app, now);
    return proved && { platform: 'shopify', store: proved.shop, customer: proved.customer };
  };
}

/** The short-lived token of a WooCommerce store's own side. */
export function wooCommerceToken(secretsOf: ShopperSecrets): Proof<string> {
  return async (token, now) => {
    const store = claimedStore(token);
    if (store === null) return null;
    const secrets = await secretsOf(store);
    try {
      return { platform: 'woocommerce', store, customer: verifyShopper(token, store, secrets, now).customer };
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  };
}

/** A page of a Shopify shop, through the shop's app proxy: the whole query is signed. */
export function shopifyProxy(app: ShopifyApp): Proof<URLSearchParams> {
  return async (search, now) => {
    if (!search.has('signature')) return null;
    try {
      const { shop, customer } = await verifyAppProxy(app, search.toString(), now);
      return { platform: 'shopify', store: shop, customer };
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  };
}
