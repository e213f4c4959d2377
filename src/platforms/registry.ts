import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import type { Clock } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Guard } from './guarded-agent.js';
import type { ShopifyApp } from './shopify/app.js';
import { shopifyPlatform } from './shopify/platform.js';
import type { TokenVault } from './shopify/tokens.js';
import type { WooAccess } from './woocommerce/client.js';
import { wooPlatform } from './woocommerce/platform.js';

/** A connected store with what opens it; the secrets come unsealed. */
export type ConnectedStore = { money: { code: string; exponent: number } } & (
  { platform: 'shopify'; shop: string; vault: TokenVault } | { platform: 'woocommerce'; access: WooAccess }
);

/** What all stores share: our app at Shopify (null = none configured), the guard of outgoing calls, the clock. */
export interface PlatformContext {
  shopify: ShopifyApp | null;
  guard: Guard;
  clock: Clock;
  timeoutMs?: number;
}

/** The outbound half of a store's platform. A new platform is a folder here and a case below. */
export function platformFor(store: ConnectedStore, context: PlatformContext): OutboundPlatform {
  switch (store.platform) {
    case 'shopify':
      if (!context.shopify)
        throw new AppError('shopify_not_configured', 500, 'SHOPIFY_API_KEY and SHOPIFY_API_SECRET are not set.');
      return shopifyPlatform(context.shopify, store, context.clock);
    case 'woocommerce': {
      const { guard, clock, timeoutMs } = context;
      return wooPlatform(store.access, store, { guard, clock, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    }
  }
}
