import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { checkStoreUrl } from '../guarded-agent.js';
import { expect } from './answers.js';
import { wooClient, type WooAccess, type WooClientOptions } from './client.js';
import { siteIndex } from './site-index.js';

/** Unguessable and used once: it binds the shop's unsigned callback to the owner and the address that asked for it. */
export const newConnectId = (): string => randomBytes(24).toString('base64url');

/** Where the owner grants us REST keys. `callbackUrl` must be https; it gets `connectCallback`, `returnUrl` gets the browser. */
export function authorizeUrl(shop: URL, connectId: string, returnUrl: string, callbackUrl: string): string {
  const url = new URL(`${shop.href.replace(/\/$/, '')}/wc-auth/v1/authorize`);
  url.search = new URLSearchParams({
    app_name: 'Tallymark',
    scope: 'read_write',
    user_id: connectId,
    return_url: returnUrl,
    callback_url: callbackUrl,
  }).toString();
  return url.href;
}

/** What the shop posts to the callback; unsigned, so only `user_id` says that we asked. Anything but 200 deletes the key. */
export const connectCallback = z.object({
  key_id: z.int(),
  user_id: z.string().min(20).max(64),
  consumer_key: z.string().regex(/^ck_[0-9a-f]{40}$/),
  consumer_secret: z.string().regex(/^cs_[0-9a-f]{40}$/),
  key_permissions: z.literal('read_write'),
});

const status = z.object({
  environment: z.object({ store_id: z.string().nullish(), home_url: z.string(), version: z.string() }),
  settings: z.object({ currency: z.string().length(3), number_of_decimals: z.coerce.number().int().min(0).max(4) }),
});
/** Asked for whole, a shop first tries to reach PayPal and woocommerce.com, which takes it many seconds behind a firewall. */
const ASKED =
  'environment.store_id,environment.home_url,environment.version,settings.currency,settings.number_of_decimals';
const siteZone = z.object({ timezone_string: z.string() });

export interface ConnectedShop {
  /** WooCommerce's own id of the installation; a clone or a fresh install has another. */
  storeId: string | null;
  home: string;
  version: string;
  money: { code: string; exponent: number };
  /** IANA name; null = the site has only an offset, or hides its index. */
  zone: string | null;
}

/** Asks the shop at the address that *we* stored who it is, with the keys that it sent; throws when they do not work. */
export async function describeShop(access: WooAccess, options: WooClientOptions): Promise<ConnectedShop> {
  const client = wooClient(access, options);
  const answer = await client.get('system_status', { _fields: ASKED });
  if (answer.status !== 200)
    throw new AppError('store_unusable', 422, 'This address is no WooCommerce shop, or its REST API is switched off.');
  const { environment, settings: shop } = expect(status, answer.body, 'system_status');
  const index = await siteIndex(checkStoreUrl(access.url, options.guard), options.guard, options.timeoutMs).catch(
    () => null,
  );
  return {
    storeId: environment.store_id ?? null,
    home: environment.home_url,
    version: environment.version,
    money: { code: shop.currency, exponent: shop.number_of_decimals },
    zone: siteZone.safeParse(index).data?.timezone_string || null,
  };
}
