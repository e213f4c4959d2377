import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { type Route, route } from '../contract.js';
import { errorAnswer } from '../storefront/schemas.js';

export interface PluginArrival {
  url: string;
  /** Made by the plugin for this attempt; the site at `url` must say the same one. */
  token: string;
  keys: { consumerKey: string; consumerSecret: string };
  /**
   * The site is a store that was connected at another address: its key, and an HMAC of this attempt under its webhook secret.
   * Without it a site at another address is a store of its own, whatever installation it was copied from.
   */
  moved?: { store: string; proof: string };
  /** What the shop calls itself, which its program is then called too. */
  name?: string;
  awardHistory: boolean;
  now: Millis;
}

/** What the plugin signs with from now on, and where to. */
export interface PluginConnection {
  store: string;
  programName: string;
  webhookUrl: string;
  topics: readonly string[];
  webhookSecret: string;
  shopperSecret: string;
}

/**
 * Connects a WooCommerce store on the word of its companion plugin, which made REST keys for us. Believed are: the keys,
 * because they open the site; the address, because the site there says this attempt's one-time token and is at home there.
 * Throws AppError `store_url_refused` (400), `store_unusable`, `plugin_absent`, `store_mismatch`, `move_unproved` (422).
 */
export type ConnectPlugin = (arrival: PluginArrival) => Promise<PluginConnection>;

const unguessable = z.string().regex(/^[\w-]{20,64}$/);

const body = z.strictObject({
  url: z.string().max(500).meta({ description: 'the site’s home address' }),
  token: unguessable.meta({ description: 'of this attempt; the site tells it to whoever has the keys, once' }),
  consumerKey: z.string().regex(/^ck_[0-9a-f]{40}$/),
  consumerSecret: z.string().regex(/^cs_[0-9a-f]{40}$/),
  moved: z.strictObject({ store: unguessable, proof: z.string().regex(/^[\w-]{43}$/) }).optional(),
  name: z.string().trim().min(1).max(100).optional().meta({ description: 'the shop’s title; names a new program' }),
  history: z.enum(['know', 'award']).default('know').meta({
    description: 'what becomes of orders from before: known only, or counted for whoever joins',
  }),
});

const answer = z.strictObject({
  store: z.string().meta({ description: 'what the store’s tokens and deliveries name it' }),
  programName: z.string(),
  webhookUrl: z.string().meta({ description: 'where deliveries go' }),
  topics: z.array(z.string()).readonly().meta({ description: 'what is to be subscribed' }),
  webhookSecret: z.string().meta({ description: 'signs deliveries' }),
  shopperSecret: z.string().meta({ description: 'signs who a shopper is' }),
});

export function connectPluginRoute(verbs: { fromPlugin: ConnectPlugin }): Route {
  return route({
    method: 'post',
    path: '/woocommerce/plugin',
    name: 'connectWooCommercePlugin',
    summary: 'A shop’s companion plugin connects it with REST keys that it made',
    policy: { kind: 'open', why: 'the keys are tried on the site itself, which must say the same one-time token' },
    limit: 'outside',
    body,
    answers: { 200: answer, 400: errorAnswer, 422: errorAnswer, 429: errorAnswer, 503: errorAnswer },
    async handle({ body: { consumerKey, consumerSecret, history, moved, name, ...said }, now }) {
      const keys = { consumerKey, consumerSecret };
      const optional = { ...(moved ? { moved } : {}), ...(name ? { name } : {}) };
      const arrival = { ...said, ...optional, keys, awardHistory: history === 'award', now };
      return { status: 200, body: await verbs.fromPlugin(arrival) };
    },
  });
}
