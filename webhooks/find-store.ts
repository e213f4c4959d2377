import type { KnownStore } from '../src/commerce/inbound-platform.js';
import { inTransaction, type Database } from '../src/db/database.js';
import type { Clock } from '../src/lib/clock.js';
import type { SealingKey } from '../src/lib/key-file.js';
import { open, placeOf } from '../src/lib/seal.js';

export interface FoundStore {
  store: KnownStore;
  shard: number;
  /** Each of them may have signed: the newest, and those that were replaced and have not yet run out. */
  secrets: readonly string[];
}

/** The store that a claim names, also an uninstalled one (its last deliveries come late); null = none. `fresh` = past any cache. */
export type FindStore = (platform: string, key: string, fresh?: boolean) => Promise<FoundStore | null>;

interface Row {
  id: string;
  program_id: string;
  key: string;
  url: string;
  money_code: string;
  money_exponent: number;
  zone: string;
  sealed: Buffer[] | null;
}

const FIND = `select s.id, s.program_id, s.key, s.url, s.money_code, s.money_exponent, s.zone,
  (select array_agg(x.sealed order by x.created_at desc) from store_secret x
   where x.store_id = s.id and x.kind = $3 and (x.expires_at is null or x.expires_at > now())) as sealed
from store s`;
const BY_KEY = `${FIND} where s.platform = $1 and s.key = $2`;
/** settings: {"reviews": {"judgeme": {"token": "..."}}} */
const BY_REVIEW_TOKEN = `${FIND} where s.settings #>> array['reviews', $1, 'token'] = $2 order by s.id limit 1`;

/** In store_secret: what signs the store's own webhooks, and what a review provider signs with for it. */
export const WEBHOOK_SECRET = 'webhook';

export function secretPlace(store: string, kind: string): string {
  return placeOf('store_secret', store, kind);
}

/**
 * Looks stores up in the database. Shopify signs with the app's secrets; every other store has its own, sealed in
 * store_secret under kind `webhook`, or `reviews/<provider>`.
 */
export function storeFinder(
  db: Database,
  options: { shards: number; ring: readonly SealingKey[]; shopifySecrets: readonly string[] },
): FindStore {
  return async (platform, key) => {
    const reviews = platform.startsWith('reviews/');
    const kind = reviews ? platform : WEBHOOK_SECRET;
    const [row] = await inTransaction(db, 'intake', (tx) =>
      tx.prepared<Row>(reviews ? 'store_by_review_token' : 'store_by_key', reviews ? BY_REVIEW_TOKEN : BY_KEY, [
        reviews ? platform.slice('reviews/'.length) : platform,
        key,
        kind,
      ]),
    );
    if (!row) return null;
    const own = (row.sealed ?? []).map((sealed) =>
      open(sealed, secretPlace(row.id, kind), options.ring).toString('utf8'),
    );
    return {
      store: {
        id: row.id,
        program: row.program_id,
        key: row.key,
        source: platform === 'woocommerce' ? row.url : null,
        money: { code: row.money_code, exponent: row.money_exponent },
        zone: row.zone,
      },
      shard: shardOf(row.program_id, options.shards),
      secrets: platform === 'shopify' ? options.shopifySecrets : own,
    };
  };
}

/** All of a program's work is in one shard. */
export function shardOf(program: string, shards: number): number {
  return Number(BigInt(program) % BigInt(shards));
}

const MOST_CACHED = 10_000;
/** A forger may not make us ask the database more often than this for one store. */
const FRESH_AGAIN_MS = 1_000;

/** Remembers answers, also "none", for `ttlMs`; requests for one store that come together ask once. */
export function cachedFinder(find: FindStore, clock: Clock, ttlMs = 5_000): FindStore {
  const known = new Map<string, { at: number; answer: Promise<FoundStore | null> }>();
  return (platform, key, fresh = false) => {
    const id = `${platform} ${key}`;
    const now = clock.now();
    const before = known.get(id);
    if (before && now - before.at < (fresh ? FRESH_AGAIN_MS : ttlMs)) return before.answer;
    if (known.size >= MOST_CACHED) known.clear();
    const answer = find(platform, key);
    const entry = { at: now, answer };
    known.set(id, entry);
    answer.catch(() => known.get(id) === entry && known.delete(id));
    return answer;
  };
}
