import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { SealingKey } from '../../lib/key-file.js';
import type { Millis } from '../../lib/clock.js';
import type { Proof } from './identity.js';
import type { StoreRef } from './verbs.js';

const LIFE_MS = 3_600_000;
const LONGEST = 1024;
const claims = z.strictObject({ platform: z.string(), store: z.string(), exp: z.int() });

/** A guest of a store's hosted page, for an hour. Who a customer is, only their platform says: this never names one. */
export interface PageTokens {
  sign(store: Pick<StoreRef, 'platform' | 'key'>, now: Millis): string;
  proof: Proof<string>;
}

/** Text: `page~<key id>~<base64url of JSON>~<base64url of HMAC-SHA256>`, under a key of its own made of the ring's. */
export function pageTokens(ring: readonly SealingKey[]): PageTokens {
  const keys = ring.map(({ id, key }) => ({
    id,
    key: Buffer.from(hkdfSync('sha256', key, '', 'tallymark hosted page', 32)),
  }));
  const mac = (key: Buffer, payload: string) => createHmac('sha256', key).update(payload).digest();
  return {
    sign({ platform, key: store }, now) {
      const [first] = keys;
      if (!first) throw new Error('the key ring is empty: configure KEYS');
      const said = JSON.stringify({ platform, store, exp: now + LIFE_MS });
      const payload = Buffer.from(said).toString('base64url');
      return `page~${first.id}~${payload}~${mac(first.key, payload).toString('base64url')}`;
    },
    proof(token, now) {
      const [kind, id, payload = '', given = ''] = token.split('~');
      const key = keys.find((one) => one.id === id)?.key;
      if (kind !== 'page' || !key || token.length > LONGEST) return null;
      const [expected, signature] = [mac(key, payload), Buffer.from(given, 'base64url')];
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
      const { platform, store, exp } = claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      return exp > now ? { platform, store, customer: null } : null;
    },
  };
}
