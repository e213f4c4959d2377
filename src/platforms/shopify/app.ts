import '@shopify/shopify-api/adapters/node';
import { type ApiVersion, LogSeverity, type Shopify, shopifyApi } from '@shopify/shopify-api';
import { installShopifyFetch, type ShopifyFetchOptions } from './fetch.js';
import { API_VERSION } from '../../commerce/shopify-api-version.js';

export interface ShopifyCredentials {
  apiKey: string;
  apiSecret: string;
  /** Still honoured for an hour after a rotation. */
  previousSecret: string | null;
  /** True = webhooks are declared in the app's toml (shopify.app.toml); else each shop is subscribed through the API. */
  declaresWebhooks?: boolean;
}

/** Our app at Shopify: the library, set up once a process. `previous` knows the secret before the last rotation. */
export interface ShopifyApp {
  key: string;
  current: Shopify;
  previous: Shopify | null;
  declaresWebhooks: boolean;
}

/** Sets the library up; its logs stay silent, since at their levels they write tokens. */
export function shopifyApp(
  credentials: ShopifyCredentials,
  hostName: string,
  fetching: ShopifyFetchOptions = {},
): ShopifyApp {
  const libraryWith = (secret: string): Shopify =>
    shopifyApi({
      apiKey: credentials.apiKey,
      apiSecretKey: secret,
      hostName,
      hostScheme: 'https',
      // newer than the library's list; it takes any version as text
      apiVersion: API_VERSION as ApiVersion,
      isEmbeddedApp: true,
      logger: { level: LogSeverity.Error, httpRequests: false, timestamps: false, log: () => undefined },
    });
  const app = {
    key: credentials.apiKey,
    current: libraryWith(credentials.apiSecret),
    previous: credentials.previousSecret === null ? null : libraryWith(credentials.previousSecret),
    declaresWebhooks: credentials.declaresWebhooks ?? false,
  };
  installShopifyFetch(fetching);
  return app;
}

/** The library with the current secret first. */
export const eachSecret = (app: ShopifyApp): Shopify[] => (app.previous ? [app.current, app.previous] : [app.current]);
