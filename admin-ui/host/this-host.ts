import type { Host } from './host.js';
import { shopifyHost } from './shopify-host.js';
import { standaloneHost } from './standalone-host.js';

/** The page says where it stands (data-embedded); App Bridge is there before the desk's own script. */
export function thisHost(): Host {
  const bridge = window.shopify;
  return document.body.hasAttribute('data-embedded') && bridge ? shopifyHost(bridge) : standaloneHost;
}
