import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { type Reply, type Route, route } from '../contract.js';
import type { ProveMerchant } from '../mount.js';
import { type BuiltDesk, deskPage } from '../desk/pages.js';
import { page } from '../page.js';
import { errorAnswer } from '../storefront/schemas.js';

/**
 * A session token proves that the app is installed in `shop` (Shopify-managed installation). Exchanges it for an offline
 * token, keeps that sealed, subscribes, and starts the comparison with the past; done already = refreshed. Throws
 * AppError('session_token_refused', 401) when Shopify does not take the token.
 */
export type InstallShopify = (merchant: {
  shop: string;
  sessionToken: string;
  now: Millis;
}) => Promise<{ store: string }>;

/** What Shopify adds to the app's URL; all of it but `id_token` is only claimed. */
const opening = z.looseObject({ shop: z.string().max(255), id_token: z.string().max(4096).optional() });

interface InstallParts {
  proveMerchant: ProveMerchant;
  installShopify: InstallShopify;
  builtDesk: () => BuiltDesk;
  shopifyKey: string | null;
}

/** The desk inside Shopify's admin: its first request installs the app, App Bridge's later ones may too. */
export function shopifyInstallRoutes(parts: InstallParts): Route[] {
  const { installShopify: install } = parts;
  const shared = {
    method: 'get',
    policy: {
      kind: 'open',
      why: 'proved by the id_token in the query, which a frame’s first request cannot send as a header',
    },
    limit: 'outside',
    query: opening,
    answers: { 200: null, 401: null },
    handle: ({ query, now }: { query: z.infer<typeof opening>; now: Millis }) => openInAdmin(parts, query, now),
  } as const;
  return [
    route({
      ...shared,
      path: '/shopify/app',
      name: 'openShopifyApp',
      summary: 'The desk as Shopify’s admin opens it',
    }),
    route({
      ...shared,
      path: '/shopify/app/*place',
      name: 'openShopifyAppPlace',
      summary: 'A place of the desk as Shopify’s admin opens it',
      params: z.object({}),
    }),
    route({
      method: 'post',
      path: '/shopify/install',
      name: 'installShopify',
      summary: 'Installs or refreshes the shop of the session token',
      policy: { kind: 'merchant' },
      limit: 'write',
      answers: { 200: z.strictObject({ store: z.string() }), 401: errorAnswer, 429: errorAnswer, 503: errorAnswer },
      async handle({ merchant, now }) {
        if (!merchant) throw new AppError('unauthenticated', 401, 'Send a session token.');
        const { store } = await install({ shop: merchant.shop, sessionToken: merchant.token, now });
        return { status: 200, body: { store } };
      },
    }),
  ];
}

async function openInAdmin(
  { proveMerchant, installShopify, builtDesk, shopifyKey }: InstallParts,
  query: z.infer<typeof opening>,
  now: Millis,
): Promise<Reply> {
  const proved = query.id_token === undefined ? null : await proveMerchant(query.id_token, now);
  if (!proved || query.id_token === undefined || proved.shop !== query.shop.toLowerCase())
    return page(401, 'Open Tallymark from the Apps menu of your Shopify admin.');
  await installShopify({ shop: proved.shop, sessionToken: query.id_token, now });
  return deskPage(builtDesk(), { shop: proved.shop, apiKey: shopifyKey ?? '' });
}
