import type { JwtPayload } from '@shopify/shopify-api';
import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { eachSecret, type ShopifyApp } from './app.js';
import { shopDomain } from './shop-domain.js';

/** Who is in the embedded admin (a member of the shop's staff) or in a checkout extension (a customer's gid, or nobody). */
export interface ShopifySession {
  shop: string;
  subject: string | null;
  /** Unique per token: note it where a write must not be repeated. */
  id: string;
  expires: Millis;
}

const LIFE_S = 60;
const SKEW_S = 5;

const claims = z.object({
  dest: z.string(),
  iss: z.string(),
  aud: z.string(),
  sub: z.string().nullish(),
  jti: z.string().min(1),
  exp: z.int(),
  nbf: z.int(),
  iat: z.int().optional(),
});

const invalid = (): AppError =>
  new AppError(
    'session_token_invalid',
    401,
    'The session could not be verified; reload the page inside the Shopify admin.',
  );

/**
 * Believes a session token only if it is ours (audience), of one shop in issuer and destination alike, in force now and
 * not made for longer than Shopify makes them. The signature is HS256 with our secret, whatever its header says.
 * Throws AppError `session_token_invalid` (401); the token itself is never repeated in it.
 */
export async function verifySessionToken(app: ShopifyApp, token: string, now: Millis): Promise<ShopifySession> {
  if (token.length > 4_096 || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) || claimsTwice(token)) throw invalid();
  const parsed = claims.safeParse(await decode(app, token));
  if (!parsed.success) throw invalid();
  const { dest, iss, aud, exp, nbf, iat, sub, jti } = parsed.data;
  const shop = originOf(dest, '');
  const seconds = now / 1000;
  const inForce =
    exp > seconds - SKEW_S &&
    nbf <= seconds + SKEW_S &&
    exp <= seconds + LIFE_S + SKEW_S &&
    (iat ?? nbf) <= seconds + SKEW_S;
  if (aud !== app.key || shop === null || !inForce) throw invalid();
  if (originOf(iss, '/admin') !== shop && originOf(iss, '') !== shop) throw invalid();
  return { shop, subject: sub ?? null, id: jti, expires: exp * 1000 };
}

async function decode(app: ShopifyApp, token: string): Promise<JwtPayload> {
  for (const library of eachSecret(app)) {
    try {
      return await library.session.decodeSessionToken(token);
    } catch {
      // not with this secret; the library's message holds the token, so it goes no further
    }
  }
  throw invalid();
}

/** `https://<shop>` + path exactly, as the shop's domain; null otherwise. */
function originOf(text: string, path: string): string | null {
  if (!text.startsWith('https://') || !text.endsWith(path)) return null;
  const host = text.slice('https://'.length, text.length - path.length);
  return shopDomain(host) === host ? host : null;
}

/** JSON takes the last of two equal names; which one somebody else checked cannot be known. */
function claimsTwice(token: string): boolean {
  const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const names = [...text.matchAll(/"(dest|iss|aud|sub|exp|nbf|iat|jti)"\s*:/g)].map(([, name]) => name);
  return new Set(names).size !== names.length;
}
