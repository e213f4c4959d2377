import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from '../serve.js';
import { Refusal } from '../shop/model.js';

export interface RestKey {
  key: string;
  secret: string;
  permissions: 'read' | 'write' | 'read_write';
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Over https WooCommerce takes Basic or the key in the query; over plain http (as on loopback here) only
 * one-legged OAuth 1.0a. Throws WooCommerce's own refusals.
 */
export function authenticate(request: Request, keys: readonly RestKey[], home: string): RestKey {
  const named = request.query.get('oauth_consumer_key');
  const found = keys.find((each) => each.key === named);
  if (!found) throw new Refusal('woocommerce_rest_cannot_view', 401, 'Sorry, you cannot list resources.');
  const given = request.query.get('oauth_signature') ?? '';
  // PHP keeps the last of equal names
  const sent = [...new Map(request.query)].filter(([name]) => name !== 'oauth_signature');
  const pairs = sent.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const base = [request.method, encode(home + request.path), encode(pairs.sort().join('&'))].join('&');
  const expected = createHmac('sha256', `${found.secret}&`).update(base).digest('base64');
  if (!same(given, expected))
    throw new Refusal('woocommerce_rest_authentication_error', 401, 'Consumer secret is invalid.');
  const age = Math.abs(Date.now() / 1000 - Number(request.query.get('oauth_timestamp')));
  if (!(age < 900)) throw new Refusal('woocommerce_rest_authentication_error', 401, 'Invalid timestamp.');
  if (request.method !== 'GET' && found.permissions === 'read') {
    throw new Refusal(
      'woocommerce_rest_authentication_error',
      401,
      'The API key provided does not have write permissions.',
    );
  }
  return found;
}
