import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Arrival, Claim, InboundPlatform, KnownStore, Reading } from '../../src/commerce/inbound-platform.js';
import { isSameSite } from '../../src/commerce/same-site.js';
import { headerOf, isAnyDoubled, isPlain } from '../headers.js';
import { isSigned } from '../hmac.js';
import { id } from '../shapes.js';
import { readAction } from './actions.js';
import { toCustomer } from './customers.js';
import { readOrder } from './orders.js';
import { toProduct } from './products.js';

const ALL = [
  'x-wc-webhook-signature',
  'x-wc-webhook-source',
  'x-wc-webhook-topic',
  'x-wc-webhook-resource',
  'x-wc-webhook-event',
  'x-wc-webhook-id',
  'x-wc-webhook-delivery-id',
];
const TOPIC = /^(order|customer|product|coupon|action)\.[A-Za-z0-9_]{1,100}$/;
const PING = /^webhook_id=\d{1,20}$/;
/** Bodies that are the same each time their thing happens: never told apart by what they say. */
const REPEATS = /^action\.|\.deleted$/;

/**
 * WooCommerce. The path's token says whose it is, each store has its own secret. `X-WC-Webhook-Delivery-ID` is no key:
 * all deliveries of a webhook within a second share it. A snapshot is known by its body, pokes are never repetitions.
 */
export const woocommerce: InboundPlatform = {
  name: 'woocommerce',
  sharesSecret: false,
  claim,
  isGenuine,
  isElsewhere,
  hears: () => true,
  read,
};

function claim({ headers, body, token }: Arrival): Claim {
  if (token === null || token === '') return { kind: 'malformed', why: 'the path names no store' };
  const topic = headerOf(headers, 'x-wc-webhook-topic');
  const webhook = headerOf(headers, 'x-wc-webhook-id');
  if (topic === null && webhook === null && body.length < 64 && PING.test(body.toString('latin1')))
    return { kind: 'ping' };
  if (topic === null || webhook === null)
    return { kind: 'malformed', why: 'no header X-WC-Webhook-Topic or X-WC-Webhook-ID' };
  if (!TOPIC.test(topic) || !isPlain(webhook, 20))
    return { kind: 'malformed', why: 'the topic or the webhook id is none' };
  const resource = /^\s*\{\s*"id"\s*:\s*(\d{1,20})[,}]/.exec(body.toString('latin1', 0, 64))?.[1];
  const hash = createHash('sha256').update(body).digest('hex');
  return {
    kind: 'delivery',
    store: token,
    topic,
    key: REPEATS.test(topic) ? null : `${webhook}:${topic}:${resource ?? ''}:${hash}`,
    subject: subjectOf(topic, resource, body),
    triggered: null,
  };
}

function isGenuine({ headers, body }: Arrival, secrets: readonly string[]): boolean {
  if (isAnyDoubled(headers, ALL)) return false;
  const signature = headerOf(headers, 'x-wc-webhook-signature');
  return signature !== null && isSigned(body, signature, 'base64', secrets);
}

/** A copy of the site (staging, a move that nobody told us of) signs with the same secret, but calls itself something else. */
function isElsewhere({ headers }: Arrival, store: KnownStore): string | null {
  if (store.source === null) return null;
  const source = headerOf(headers, 'x-wc-webhook-source');
  return source !== null && isSameSite(source, store.source)
    ? null
    : 'the site that sent it is not the one that was connected';
}

function read(topic: string, body: unknown, store: KnownStore): Reading {
  if (topic.startsWith('action.')) return readAction(topic, body);
  const error = errorBodyOf(body);
  if (error !== null) return { kind: 'nothing', why: whyAnError(error) };
  switch (topic) {
    case 'order.created':
    case 'order.updated':
    case 'order.restored':
      return readOrder(body, store);
    case 'order.deleted':
      return { kind: 'order-removed', id: idOf(body) };
    case 'customer.created':
    case 'customer.updated':
      return { kind: 'customer', customer: toCustomer(body) };
    case 'customer.deleted':
      return { kind: 'customer-removed', id: idOf(body) };
    case 'product.created':
    case 'product.updated':
    case 'product.restored':
      return { kind: 'product', product: toProduct(body) };
    case 'coupon.deleted':
      return { kind: 'discount-removed', ref: idOf(body) };
    case 'coupon.updated':
      return readCoupon(body);
    default:
      return { kind: 'nothing', why: `nothing is kept of ${topic}` };
  }
}

const errorBody = z.object({
  code: z.string(),
  message: z.string(),
  data: z.object({ status: z.number().nullish() }).nullish(),
});

/** What REST would have answered with 404 or 401 is sent, signed, in place of the resource. */
function errorBodyOf(body: unknown): z.output<typeof errorBody> | null {
  const error = errorBody.safeParse(body);
  return error.success && !resourceBody.safeParse(body).success ? error.data : null;
}

/** A webhook reads with the rights of the person who made it: without them each of its bodies is this error. */
function whyAnError({ data }: z.output<typeof errorBody>): string {
  return data?.status === 401 || data?.status === 403
    ? 'an error instead of the resource: who made the webhook lost the right to read it, connect the shop again'
    : 'an error instead of the resource: it was gone before the queue ran';
}

const resourceBody = z.object({ id });

function idOf(body: unknown): string {
  return resourceBody.parse(body).id;
}

/** A coupon that the owner drafted or threw away can no longer be used. */
function readCoupon(body: unknown): Reading {
  const coupon = z.object({ id, status: z.string().nullish() }).parse(body);
  if (coupon.status === 'publish' || coupon.status === null || coupon.status === undefined) {
    return { kind: 'nothing', why: 'the coupon can still be used' };
  }
  return { kind: 'discount-removed', ref: coupon.id };
}

function subjectOf(topic: string, resource: string | undefined, body: Buffer): string | null {
  const [kind] = topic.split('.');
  if (kind !== 'action') return resource === undefined ? null : `${kind}:${resource}`;
  const arg = /"arg"\s*:\s*(\d{1,20})\s*\}\s*$/.exec(body.toString('latin1', Math.max(0, body.length - 64)))?.[1];
  if (arg === undefined) return null;
  return topic.startsWith('action.woocommerce_refund') ? `refund:${arg}` : `order:${arg}`;
}
