import type { Host } from './host.js';

/** What App Bridge, loaded by the page itself, gives to an app inside Shopify's admin. */
export interface AppBridge {
  idToken(): Promise<string>;
}

declare global {
  interface Window {
    shopify?: AppBridge;
  }
}

/** Inside Shopify's admin: each request carries a session token that lives a minute. */
export function shopifyHost(bridge: AppBridge): Host {
  return {
    embedded: true,
    base: '/shopify/app',
    token: () => bridge.idToken(),
    leave: null,
  };
}
