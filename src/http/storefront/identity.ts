import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import type { Language, Shopper, StoreRef } from './verbs.js';

/** What a platform signed: which store, and which of its customers (null = a guest). */
export interface Signed {
  platform: string;
  /** The store's key: its domain (Shopify) or path token (WooCommerce). */
  store: string;
  customer: string | null;
}

/** Null = not genuine, expired, or not of this kind. Constant time over secrets; never throws for what a stranger sent. */
export type Proof<Evidence> = (evidence: Evidence, now: Millis) => Signed | null | Promise<Signed | null>;

/**
 * The only ways to be somebody here. `query` = a query string that the platform's proxy signed (Shopify app proxy);
 * `bearer` = a short-lived token that the platform, or the store's own side, signed.
 */
export interface IdentityProofs {
  query: readonly Proof<URLSearchParams>[];
  bearer: readonly Proof<string>[];
}

/** An active store by platform and key; null when there is none, or it is suspended or uninstalled. */
export type FindStore = (platform: string, key: string) => Promise<StoreRef | null>;

/** Added by Shopify's proxy; part of the proof, none of a route's own parameters. */
export const PROXY_PARAMETERS = ['shop', 'logged_in_customer_id', 'path_prefix', 'timestamp', 'signature'];

export interface IdentityRequest {
  authorization: string | undefined;
  search: URLSearchParams;
  now: Millis;
}

/**
 * Who asks. Throws AppError('unauthenticated', 401), the same for every reason: nothing signed, badly signed, expired, two
 * proofs at once, a store that is not here.
 */
export async function identify(
  request: IdentityRequest,
  proofs: IdentityProofs,
  findStore: FindStore,
): Promise<Shopper> {
  const signed = await provedBy(request, proofs);
  const store = signed && (await findStore(signed.platform, signed.store));
  if (!store) throw unauthenticated();
  return { store, customer: signed.customer, language: languageOf(request.search.get('lang')), now: request.now };
}

export function unauthenticated(): AppError {
  return new AppError(
    'unauthenticated',
    401,
    'This request is not signed by a store that is connected here, or its signature is too old. Get a new one and try again.',
    { headers: { 'www-authenticate': 'Bearer' } },
  );
}

async function provedBy(
  { authorization, search, now }: IdentityRequest,
  proofs: IdentityProofs,
): Promise<Signed | null> {
  if (search.has('signature')) return authorization === undefined ? first(proofs.query, search, now) : null;
  const [, token] = /^Bearer ([\w.~+/=-]{1,4096})$/.exec(authorization ?? '') ?? [];
  return token === undefined ? null : first(proofs.bearer, token, now);
}

async function first<E>(proofs: readonly Proof<E>[], evidence: E, now: Millis): Promise<Signed | null> {
  for (const prove of proofs) {
    const signed = await prove(evidence, now);
    if (signed) return signed;
  }
  return null;
}

/** `nb-NO`, `no` and `nn` are Norwegian; what we do not speak is English. */
export function languageOf(tag: string | null): Language {
  const primary = (tag ?? '').toLowerCase().split(/[-_]/)[0];
  if (primary === 'nl' || primary === 'pl') return primary;
  return primary === 'nb' || primary === 'no' || primary === 'nn' ? 'nb' : 'en';
}
