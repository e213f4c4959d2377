import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import { buildApp } from '../../src/http/app.js';
import type { Route } from '../../src/http/contract.js';
import { operatorGate } from '../../src/http/health.js';
import { LIMITS, type Limits, makeLimiter } from '../../src/http/limits.js';
import type { Gate } from '../../src/http/mount.js';
import { proveMerchantToken, proveShopperToken } from '../../src/http/shopify/session-token.js';
import { createLogger } from '../../src/lib/logger.js';

export const APP = { apiKey: 'api-key-of-the-tests', secrets: ['secret-of-the-tests'] };
export const SHOP = 'brambles.myshopify.com';
export const OTHER_SHOP = 'thistles.myshopify.com';

export interface Serving {
  url: string;
  /** What was logged, line by line. */
  logged: string[];
  close(): Promise<void>;
}

/** Two shops of two programs, known by their domains. */
export const findStore: Gate['findStore'] = async (platform, key) => {
  const id = [SHOP, OTHER_SHOP].indexOf(key) + 1;
  return platform === 'shopify' && id > 0
    ? { id: String(id), program: String(id), platform, key, url: `https://${key}/` }
    : null;
};

export function aGate(more: Partial<Gate> = {}, limits: Partial<Limits> = {}): Gate {
  return {
    proofs: {
      query: [],
      bearer: [
        async (token, now) => {
          const proved = await proveShopperToken(token, APP, now);
          return proved && { platform: 'shopify', store: proved.shop, customer: proved.customer };
        },
      ],
    },
    findStore,
    merchant: (token, now) => proveMerchantToken(token, APP, now),
    owner: async () => null,
    secure: false,
    staff: { session: async () => null, fromShop: async () => null },
    limiter: makeLimiter(null, { ...LIMITS, ...limits }),
    operatorToken: operatorGate('operator-token-1234', true),
    ...more,
  };
}

/** The app on a free port of 127.0.0.1. */
export async function serving(routes: readonly Route[], gate: Gate = aGate(), trustProxy = 0): Promise<Serving> {
  const logged: string[] = [];
  const log = createLogger('info', { write: (line) => void logged.push(line) });
  const server = createServer(buildApp({ routes, gate, trustProxy, log })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    logged,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const seconds = () => Math.floor(Date.now() / 1000);

export interface TokenFacts {
  shop?: string;
  customer?: string | null;
  secret?: string;
  claims?: Record<string, unknown>;
}

/** A token as Shopify gives it to a checkout or customer-account extension. */
export function shopperToken({
  shop = SHOP,
  customer = '7',
  secret = APP.secrets[0] ?? '',
  claims = {},
}: TokenFacts = {}) {
  const now = seconds();
  const sub = customer === null ? {} : { sub: `gid://shopify/Customer/${customer}` };
  const payload = {
    dest: shop,
    aud: APP.apiKey,
    ...sub,
    exp: now + 55,
    nbf: now - 1,
    iat: now - 1,
    jti: 'one',
    ...claims,
  };
  const given = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
  return new SignJWT(given).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret));
}

/** A token as App Bridge gives it to the app's own page in the admin. */
export function merchantToken({ shop = SHOP, secret = APP.secrets[0] ?? '', claims = {} }: TokenFacts = {}) {
  return shopperToken({
    secret,
    customer: null,
    claims: { iss: `https://${shop}/admin`, dest: `https://${shop}`, sub: '42', ...claims },
  });
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
