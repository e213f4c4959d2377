import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { expect } from './answers.js';
import type { WooClient } from './client.js';

/** What a method of "Free shipping" may ask for, where a coupon is (part of) the answer. */
const BY_COUPON = new Set(['coupon', 'either', 'both']);

const zones = z.array(z.object({ id: z.int() }));
const methods = z.array(
  z.object({
    enabled: z.boolean(),
    method_id: z.string(),
    settings: z.object({ requires: z.object({ value: z.unknown() }).optional() }).catch({}),
  }),
);

/**
 * A coupon for free shipping takes nothing off by itself: it opens delivery methods that the owner has set up to ask for
 * one. Null = a zone has such a method, or we may not look: zones are settings, and a key that is good for orders and coupons
 * may be refused there without having been revoked. Else what the owner should do.
 */
export async function freeShippingObstacle(client: WooClient): Promise<string | null> {
  try {
    return (await opensSomeMethod(client)) ? null : WHAT_TO_DO;
  } catch (error) {
    if (error instanceof AppError && error.code === 'platform_revoked') return null;
    throw error;
  }
}

const WHAT_TO_DO =
  'no delivery method of this shop takes a free-shipping coupon. In WooCommerce > Settings > Shipping, add "Free shipping" to your zone and let it require "A valid free shipping coupon".';

/** With shipping switched off there are no zones (404). */
async function opensSomeMethod(client: WooClient): Promise<boolean> {
  const listed = await client.get('shipping/zones', { _fields: 'id' });
  for (const zone of listed.status === 404 ? [] : expect(zones, listed.body, 'shipping zones')) {
    const answer = await client.get(`shipping/zones/${zone.id}/methods`, { _fields: 'enabled,method_id,settings' });
    if (answer.status === 404) continue;
    const offered = expect(methods, answer.body, 'shipping methods').filter(({ enabled }) => enabled);
    if (offered.some(({ method_id, settings }) => method_id === 'free_shipping' && opensByCoupon(settings)))
      return true;
  }
  return false;
}

const opensByCoupon = ({ requires }: z.output<typeof methods>[number]['settings']): boolean =>
  typeof requires?.value === 'string' && BY_COUPON.has(requires.value);
