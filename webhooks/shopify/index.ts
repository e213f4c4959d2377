import type { Arrival, Claim, InboundPlatform } from '../../src/commerce/inbound-platform.js';
import { parseInstant } from '../../src/lib/instant.js';
import { headerOf, isAnyDoubled, isPlain } from '../headers.js';
import { isSigned } from '../hmac.js';
import { API_VERSION } from '../../src/commerce/shopify-api-version.js';
import { READERS, whyUnheard } from './topics.js';

/** Each header under both of its names: webhook subscriptions send `X-Shopify-*`, event subscriptions `shopify-*`. */
const named = (name: string) => [`x-shopify-${name}`, `shopify-${name}`] as const;
const SIGNATURE = named('hmac-sha256');
const SHOP = named('shop-domain');
const TOPIC = named('topic');
const KEY = named('webhook-id');
const TRIGGERED = named('triggered-at');
const VERSION = named('api-version');
const ALL = [...SIGNATURE, ...SHOP, ...TOPIC, ...KEY, ...TRIGGERED];

const DOMAIN = /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.(myshopify\.com|shopify\.com|myshopify\.io|shop\.dev)$/;
const NAME = /^[a-z0-9_./]{1,100}$/;

/**
 * Shopify. The signature covers the body and nothing else, and one secret serves every shop: the shop and the topic of
 * the headers are claims, cross-checked with the body where it names them; a body that was seen under another shop is refused.
 */
export const shopify: InboundPlatform = {
  name: 'shopify',
  sharesSecret: true,
  claim,
  isGenuine,
  otherVersion,
  hears: (topic) => topic in READERS,
  read: (topic, body, store) => READERS[topic]?.(body, store) ?? { kind: 'nothing', why: whyUnheard(topic) },
};

function claim({ headers, body }: Arrival): Claim {
  const store = headerOf(headers, ...SHOP)?.toLowerCase() ?? null;
  const topic = headerOf(headers, ...TOPIC)?.toLowerCase() ?? null;
  const key = headerOf(headers, ...KEY);
  const missing = [store ?? 'shop-domain', topic ?? 'topic', key ?? 'webhook-id'].filter(
    (_, i) => [store, topic, key][i] === null,
  );
  if (store === null || topic === null || key === null)
    return { kind: 'malformed', why: `no header ${missing.join(', ')}` };
  if (!DOMAIN.test(store)) return { kind: 'malformed', why: 'the shop domain is none' };
  if (!NAME.test(topic)) return { kind: 'malformed', why: 'the topic is none' };
  if (!isPlain(key)) return { kind: 'malformed', why: 'the webhook id is none' };
  const triggered = headerOf(headers, ...TRIGGERED);
  return {
    kind: 'delivery',
    store,
    topic,
    key,
    subject: subjectOf(topic, body),
    triggered: triggered === null ? null : parseInstant(triggered),
  };
}

function isGenuine({ headers, body }: Arrival, secrets: readonly string[]): boolean {
  if (isAnyDoubled(headers, ALL)) return false;
  // both spellings at once could disagree
  if (ALL.some((name) => name.startsWith('x-') && headers[name] !== undefined && headers[name.slice(2)] !== undefined))
    return false;
  const signature = headerOf(headers, ...SIGNATURE);
  return signature !== null && isSigned(body, signature, 'base64', secrets);
}

/** Shopify falls forward to the next version by itself when ours ends: then a body may say things in another way. */
function otherVersion({ headers }: Arrival): string | null {
  const version = headerOf(headers, ...VERSION);
  return version === null || version === API_VERSION ? null : version.slice(0, 20);
}

/** `order:<id>` where the topic is an order's and its body begins with the id, for a look at the table; never relied upon. */
function subjectOf(topic: string, body: Buffer): string | null {
  if (!topic.startsWith('orders/')) return null;
  const id = /^\s*\{\s*"id"\s*:\s*(\d{1,20})[,}\s]/.exec(body.toString('latin1', 0, 64))?.[1];
  return id === undefined ? null : `order:${id}`;
}
