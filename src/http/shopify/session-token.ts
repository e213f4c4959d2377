import { errors, jwtVerify } from 'jose';
import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';

/** The app whose secrets sign; the previous one is honoured while it rotates. */
export interface SigningApp {
  apiKey: string;
  secrets: readonly string[];
}

const SKEW_S = 5;
const LONGEST_LIFE_S = 60;
const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const CUSTOMER = /^gid:\/\/shopify\/Customer\/(\d{1,20})$/;

const claims = z.object({
  aud: z.string(),
  dest: z.string(),
  iss: z.string().optional(),
  sub: z.string().optional(),
  exp: z.int(),
  nbf: z.int(),
});
type Claims = z.infer<typeof claims> & { shop: string };

/**
 * The admin's session token (App Bridge): one of a merchant's staff (`user`) in one shop. `iss` and `dest` must name the same shop.
 * Null for everything that is not exactly that, whatever the reason.
 */
export async function proveMerchantToken(
  token: string,
  app: SigningApp,
  now: Millis,
): Promise<{ shop: string; user: string | null } | null> {
  const found = await provedClaims(token, app, now);
  return found?.iss === `https://${found?.shop}/admin` ? { shop: found.shop, user: found.sub ?? null } : null;
}

/**
 * The session token of a checkout or customer-account extension: a shopper of one shop, `sub` = the customer when signed
 * in. The admin's token is none: its `iss` ends in /admin and its `sub` is a member of staff.
 */
export async function proveShopperToken(
  token: string,
  app: SigningApp,
  now: Millis,
): Promise<{ shop: string; customer: string | null } | null> {
  const found = await provedClaims(token, app, now);
  if (!found || found.iss?.endsWith('/admin')) return null;
  if (found.sub === undefined) return { shop: found.shop, customer: null };
  const [, customer] = CUSTOMER.exec(found.sub) ?? [];
  return customer === undefined ? null : { shop: found.shop, customer };
}

async function provedClaims(token: string, { apiKey, secrets }: SigningApp, now: Millis): Promise<Claims | null> {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return null;
  for (const secret of secrets) {
    const payload = await payloadOf(token, secret, now);
    const read = claims.safeParse(payload);
    if (!read.success) continue;
    const shop = shopOf(read.data.dest);
    const tooLong = read.data.exp - Math.floor(now / 1000) > LONGEST_LIFE_S + SKEW_S;
    if (read.data.aud !== apiKey || shop === null || tooLong) return null;
    if (read.data.iss !== undefined && shopOf(read.data.iss) !== shop) return null;
    return { ...read.data, shop };
  }
  return null;
}

async function payloadOf(token: string, secret: string, now: Millis): Promise<unknown> {
  try {
    const options = { algorithms: ['HS256'], clockTolerance: SKEW_S, currentDate: new Date(now) };
    return (await jwtVerify(token, new TextEncoder().encode(secret), options)).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
    throw error;
  }
}

/** `https://x.myshopify.com`, with or without /admin behind it, or the bare domain; null for any other spelling. */
function shopOf(text: string): string | null {
  const host = text.replace(/^https:\/\//, '').replace(/\/admin$/, '');
  return SHOP.test(host) ? host : null;
}
