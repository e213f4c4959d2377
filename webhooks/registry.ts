import type { InboundPlatform } from '../src/commerce/inbound-platform.js';
import { asPlatform, REVIEW_PROVIDERS } from './reviews/index.js';
import { shopify } from './shopify/index.js';
import { woocommerce } from './woocommerce/index.js';

/** Every platform that may speak to us, by the name under which its path and its rows have it. */
export const PLATFORMS: ReadonlyMap<string, InboundPlatform> = new Map(
  [shopify, woocommerce, ...REVIEW_PROVIDERS.map(asPlatform)].map((platform) => [platform.name, platform]),
);

export interface Endpoint {
  platform: InboundPlatform;
  token: string | null;
}

const PREFIX = '/webhooks/';

/** True for every path that is the receiver's, known or not. */
export function isIntakePath(path: string): boolean {
  return path.startsWith(PREFIX);
}

/** `/webhooks/<platform>` or `/webhooks/<platform>/<token>`; null when no platform has that name. */
export function endpointOf(path: string): Endpoint | null {
  const rest = path.slice(PREFIX.length).replace(/\/$/, '');
  const whole = PLATFORMS.get(rest);
  if (whole) return { platform: whole, token: null };
  const cut = rest.lastIndexOf('/');
  const platform = cut < 0 ? undefined : PLATFORMS.get(rest.slice(0, cut));
  const token = rest.slice(cut + 1);
  return platform && /^[A-Za-z0-9_-]{1,200}$/.test(token) ? { platform, token } : null;
}
