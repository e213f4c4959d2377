import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';

/** Who the shop says is looking at its page; `customer` null = a guest. */
export interface Shopper {
  store: string;
  customer: string | null;
  nonce: string;
  expires: Millis;
}

const LIFE_MS = 5 * 60_000;
const SKEW_MS = 5_000;
const LONGEST = 1024;

const claims = z.strictObject({
  store: z.string().min(1).max(200),
  customer: z
    .string()
    .regex(/^[1-9]\d{0,19}$/)
    .nullable(),
  exp: z.int(),
  nonce: z.string().min(16).max(64),
});

const mac = (payload: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`tallymark-shopper.${payload}`).digest();

/**
 * Signs who the shopper is, on the shop's own server, with the secret that only this shop and we have.
 * Text: `<base64url of JSON>.<base64url of HMAC-SHA256>`; `exp` is in whole seconds.
 */
export function signShopper(
  shopper: { store: string; customer: string | null },
  secret: string,
  now: Millis,
  lifeMs = LIFE_MS,
): string {
  const exp = Math.floor((now + lifeMs) / 1000);
  const payload = Buffer.from(JSON.stringify({ ...shopper, exp, nonce: randomBytes(12).toString('hex') })).toString(
    'base64url',
  );
  return `${payload}.${mac(payload, secret).toString('base64url')}`;
}

/** The store that a token claims, unverified: good only for finding the secrets to verify it with. */
export function claimedStore(token: string): string | null {
  return open(token)?.store ?? null;
}

/**
 * Believes a token only when one of the store's live secrets signed it, for this store, not too long ago and not for
 * longer than the signer may. Throws AppError `shopper_token_invalid` or `shopper_token_expired` (401).
 */
export function verifyShopper(token: string, store: string, secrets: readonly string[], now: Millis): Shopper {
  const read = open(token);
  const [payload = '', given = ''] = token.split('.');
  const signature = Buffer.from(given, 'base64url');
  const genuine = secrets.some((secret) => {
    const expected = mac(payload, secret);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  if (!read || !genuine || read.store !== store) {
    throw new AppError('shopper_token_invalid', 401, 'The shop did not sign this; reload the page.');
  }
  const expires = read.exp * 1000;
  if (now > expires + SKEW_MS || expires > now + LIFE_MS + SKEW_MS) {
    throw new AppError(
      'shopper_token_expired',
      401,
      'The page was open for too long; ask the shop for a fresh token and try again.',
    );
  }
  return { store, customer: read.customer, nonce: read.nonce, expires };
}

function open(token: string): z.infer<typeof claims> | null {
  if (token.length > LONGEST || !/^[\w-]+\.[\w-]+$/.test(token)) return null;
  try {
    const parsed = claims.safeParse(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
