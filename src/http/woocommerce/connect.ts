import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { type Reply, type Route, route } from '../contract.js';
import { page } from '../page.js';
import { errorAnswer } from '../storefront/schemas.js';
import { type ConnectPlugin, connectPluginRoute } from './connect-plugin.js';
import { type OpenDesk, openDeskRoute } from './open-desk.js';

export interface StoreKeys {
  consumerKey: string;
  consumerSecret: string;
}

/**
 * Connecting a WooCommerce store through its own /wc-auth page. The keys arrive unsigned: what makes them believable is the
 * one-time `id` that only we and the owner's browser know, and that they open the very site that `begin` checked.
 */
export interface ConnectWooCommerce {
  /**
   * Checks the address (public, https, a shop), remembers the intention for 10 minutes under an unguessable id, and gives
   * the address of the store's consent page. Throws AppError('store_url_refused', 422).
   */
  begin(wish: { url: string; awardHistory?: boolean; now: Millis }): Promise<{ id: string; authorizeUrl: string }>;
  /** Takes the keys once: opens the store with them, keeps them sealed, subscribes. False = unknown, used or too old. */
  accept(arrival: { id: string; keys: StoreKeys; now: Millis }): Promise<boolean>;
  /** How the intention of the owner's browser stands. */
  outcome(id: string): Promise<'connected' | 'waiting' | 'refused'>;
  /** The other way: the companion plugin made the keys, and the owner never leaves their own pages. */
  fromPlugin: ConnectPlugin;
  /** From the connected shop's admin to the desk. */
  openDesk: OpenDesk;
}

const COOKIE = 'tallymark_connect';
/** Where the store's server hands over its keys, and where it sends the owner's browser afterwards. */
export const CONNECT_PATHS = { callback: '/woocommerce/callback', back: '/woocommerce/return' } as const;
const id = z.string().regex(/^[\w-]{16,64}$/);
const keys = z.object({
  user_id: z.union([id, z.int().transform(String)]),
  consumer_key: z.string().regex(/^ck_[0-9a-f]{40}$/),
  consumer_secret: z.string().regex(/^cs_[0-9a-f]{40}$/),
  key_permissions: z.literal('read_write'),
});

export function woocommerceConnectRoutes(verbs: ConnectWooCommerce, secure: boolean): Route[] {
  return [
    startRoute(verbs, secure),
    callbackRoute(verbs),
    returnRoute(verbs),
    connectPluginRoute(verbs),
    openDeskRoute(verbs),
  ];
}

function startRoute(verbs: ConnectWooCommerce, secure: boolean): Route {
  return route({
    method: 'get',
    path: '/woocommerce/connect',
    name: 'connectWooCommerce',
    summary: 'Sends a shop’s owner to the consent page of their own store',
    policy: { kind: 'open', why: 'gives nothing away: only the store’s own owner can consent there' },
    limit: 'outside',
    query: z.strictObject({
      store: z.string().max(500),
      history: z.enum(['know', 'award']).default('know').meta({
        description: 'what becomes of orders from before: known only, or counted for whoever joins',
      }),
    }),
    answers: { 302: null, 422: errorAnswer },
    async handle({ query, now }) {
      const { id, authorizeUrl } = await verbs.begin({
        url: query.store,
        awardHistory: query.history === 'award',
        now,
      });
      return { status: 302, headers: { location: authorizeUrl, 'set-cookie': cookie(id, secure) } };
    },
  });
}

function callbackRoute(verbs: ConnectWooCommerce): Route {
  return route({
    method: 'post',
    path: CONNECT_PATHS.callback,
    name: 'wooCommerceKeys',
    summary: 'The store hands over its keys (WooCommerce deletes them unless this answers 200)',
    policy: { kind: 'open', why: 'WooCommerce signs nothing here; the one-time id in the body is the proof' },
    limit: 'outside',
    body: keys,
    answers: { 200: z.strictObject({ connected: z.literal(true) }), 403: errorAnswer },
    async handle({ body, now }): Promise<Reply> {
      const given = { consumerKey: body.consumer_key, consumerSecret: body.consumer_secret };
      if (await verbs.accept({ id: body.user_id, keys: given, now })) return { status: 200, body: { connected: true } };
      const message = 'This connection was not asked for, is used up or too old. Start again from the beginning.';
      return { status: 403, body: { error: { code: 'connection_unknown', message } } };
    },
  });
}

function returnRoute(verbs: ConnectWooCommerce): Route {
  return route({
    method: 'get',
    path: CONNECT_PATHS.back,
    name: 'wooCommerceReturn',
    summary: 'Where the owner’s browser comes back to',
    policy: { kind: 'open', why: 'shows only how the connection of this very browser stands' },
    limit: 'outside',
    query: z.looseObject({ user_id: id.optional(), success: z.string().optional() }),
    answers: { 200: null, 400: null },
    async handle({ query, header }) {
      const own = cookieOf(header('cookie'));
      if (own === null || (query.user_id !== undefined && query.user_id !== own))
        return page(400, 'This browser did not start a connection. Start again from the beginning.');
      const outcome = await verbs.outcome(own);
      if (outcome === 'connected') return page(200, 'Your store is connected. You can close this page.');
      // 0 = the owner declined: no keys will come
      if (outcome === 'waiting' && query.success !== '0')
        return page(200, 'Your store is being connected; reload this page in a moment.');
      return page(
        200,
        'Your store was not connected: access was not granted, or its keys did not open it. Start again.',
      );
    },
  });
}

const cookie = (id: string, secure: boolean) =>
  `${COOKIE}=${id}; Path=/woocommerce; HttpOnly; SameSite=Lax; Max-Age=600${secure ? '; Secure' : ''}`;

function cookieOf(header: string | undefined): string | null {
  const [, value] = new RegExp(`(?:^|; )${COOKIE}=([\\w-]{16,64})(?:;|$)`).exec(header ?? '') ?? [];
  return value ?? null;
}
