import type { Database } from '../db/database.js';
import type { InstallShopify } from '../http/shopify/install.js';
import type { Clock } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { SealingKey } from '../lib/key-file.js';
import type { ShopifyApp } from '../platforms/shopify/app.js';
import { describeShopifyShop } from '../platforms/shopify/shop.js';
import { exchangeToken } from '../platforms/shopify/tokens.js';
import { registerStore } from './register-store.js';
import { saveSecret } from './secrets.js';

export interface InstallParts {
  db: Database;
  clock: Clock;
  keys: readonly SealingKey[];
  app: ShopifyApp | null;
  /** Where a shop is found when not at its domain: the demo's stand-in. */
  standIn: (domain: string) => string | null;
  connected(store: { id: string; program: string }): Promise<void>;
}

/**
 * The app's first request inside Shopify's admin: the owner's session token becomes the shop's offline token, the shop is
 * asked who it is, and registered. The same again renews the token and changes nothing else.
 */
export function installShopify({ db, clock, keys, app, standIn, connected }: InstallParts): InstallShopify {
  return async ({ shop, sessionToken, now }) => {
    if (!app) throw new AppError('shopify_not_configured', 500, 'SHOPIFY_API_KEY and SHOPIFY_API_SECRET are not set.');
    const tokens = await exchangeToken(app, shop, sessionToken, clock);
    const about = await describeShopifyShop(app, shop, tokens, clock);
    const store = await registerStore(
      db,
      {
        platform: 'shopify',
        key: shop,
        url: standIn(shop) ?? `https://${shop}`,
        name: about.name,
        installation: about.id,
        money: about.money,
        zone: about.zone,
      },
      now,
      (tx, { id, program }) =>
        saveSecret(tx, { program, store: id, kind: 'shopify-tokens' }, JSON.stringify(tokens), keys),
    );
    await connected(store);
    return { store: store.id };
  };
}
