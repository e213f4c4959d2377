import { createHmac, timingSafeEqual } from 'node:crypto';
import { systemClock, type Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { eachSecret, type ShopifyApp } from './app.js';
import { shopDomain } from './shop-domain.js';

/** Who Shopify says is looking at the shop's page; `customer` null = nobody is logged in. */
export interface ProxyVisitor {
  shop: string;
  customer: string | null;
  at: Millis;
}

const ONCE = ['shop', 'signature', 'timestamp', 'logged_in_customer_id', 'path_prefix'] as const;
const WINDOW_S = 90;

const invalid = (why: string): AppError =>
  new AppError('proxy_signature_invalid', 401, `The shop did not sign this request (${why}).`);

/**
 * Verifies a request that came through the shop's app proxy by its raw query string: repeated or missing names, a timestamp
 * that is no whole number, a shop that is none are refused. Age is judged by our own clock, so not by the library, which
 * has the machine's. Throws AppError `proxy_signature_invalid` (401).
 */
export async function verifyAppProxy(
  app: ShopifyApp,
  search: string,
  now: Millis = systemClock.now(),
): Promise<ProxyVisitor> {
  const query = new URLSearchParams(search);
  for (const name of ONCE) if (query.getAll(name).length > 1) throw invalid(`${name} is there twice`);
  const [shop, timestamp, signature] = [query.get('shop'), query.get('timestamp'), query.get('signature')];
  const customer = query.get('logged_in_customer_id');
  if (shop === null || shopDomain(shop) !== shop) throw invalid('no shop');
  if (timestamp === null || !/^\d{10}$/.test(timestamp)) throw invalid('no timestamp');
  if (signature === null || !/^[0-9a-f]{64}$/.test(signature)) throw invalid('no signature');
  if (customer === null || !/^\d{0,20}$/.test(customer)) throw invalid('no customer field');
  if (Math.abs(now / 1000 - Number(timestamp)) > WINDOW_S) throw invalid('too old or from the future');
  if (!isSignedBy(app, query, signature)) throw invalid('the signature does not fit');
  return { shop, customer: customer === '' ? null : customer, at: Number(timestamp) * 1000 };
}

/** HMAC over the sorted `name=value` joined by nothing, values of one name joined by commas; one secret or another. */
function isSignedBy(app: ShopifyApp, query: URLSearchParams, signature: string): boolean {
  const names = [...new Set(query.keys())].filter((name) => name !== 'signature').sort();
  const message = names.map((name) => `${name}=${query.getAll(name).join(',')}`).join('');
  const given = Buffer.from(signature, 'hex');
  return eachSecret(app).some(({ config }) =>
    timingSafeEqual(createHmac('sha256', config.apiSecretKey).update(message).digest(), given),
  );
}
