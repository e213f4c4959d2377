import { randomBytes } from 'node:crypto';
import { type Database, type Tx, inTransaction } from '../db/database.js';
import { CONNECT_PATHS, type ConnectWooCommerce, type StoreKeys } from '../http/woocommerce/connect.js';
import type { Clock, Millis } from '../lib/clock.js';
import type { SealingKey } from '../lib/key-file.js';
import { type Guard, checkStoreUrl } from '../platforms/guarded-agent.js';
import { type ConnectedShop, authorizeUrl, describeShop, newConnectId } from '../platforms/woocommerce/connect.js';
import { type Registered, registerStore } from './register-store.js';
import { readSecrets, saveSecret } from './secrets.js';

/** An owner who has not come back from the consent page by then begins anew. */
const PATIENCE_MS = 10 * 60_000;

export interface ConnectParts {
  db: Database;
  clock: Clock;
  keys: readonly SealingKey[];
  guard: Guard;
  publicUrl: string;
  /** After a store is connected: subscriptions are made, its past is read. */
  connected(store: { id: string; program: string }): Promise<void>;
}

/** The verbs behind the WooCommerce connect routes. Only an address that we stored is ever called, and only once per consent. */
export function connectWooCommerce(parts: ConnectParts): ConnectWooCommerce {
  const { db, guard, publicUrl } = parts;
  return {
    async begin({ url, awardHistory = false, now }) {
      const shop = checkStoreUrl(url, guard);
      const id = newConnectId();
      await inTransaction(db, { programs: [] }, (tx) =>
        tx.prepared(
          'stores_connection',
          "insert into connection (id, platform, url, made_at, award_history) values ($1, 'woocommerce', $2, $3, $4)",
          [id, shop.href, new Date(now), awardHistory],
        ),
      );
      const { back, callback } = CONNECT_PATHS;
      return { id, authorizeUrl: authorizeUrl(shop, id, `${publicUrl}${back}`, `${publicUrl}${callback}`) };
    },
    async accept({ id, keys, now }) {
      const meant = await takeConnection(db, id, now);
      if (meant === null) return false;
      try {
        await connect(parts, meant, keys, now);
        await settleConnection(db, id, 'connected');
        return true;
      } catch (error) {
        await settleConnection(db, id, 'refused');
        throw error;
      }
    },
    async outcome(id) {
      const rows = await inTransaction(db, { programs: [] }, (tx) =>
        tx.prepared<{ outcome: 'connected' | 'refused' | null }>(
          'stores_outcome',
          'select outcome from connection where id = $1',
          [id],
        ),
      );
      const [row] = rows;
      return row ? (row.outcome ?? 'waiting') : 'refused';
    },
  };
}

const TAKE = `
  update connection set outcome = 'refused' where id = $1 and outcome is null and made_at > $2 returning url, award_history as "awardHistory"`;

interface Meant {
  url: string;
  awardHistory: boolean;
}

/** What was meant, once: a callback that comes again finds nothing. */
async function takeConnection(db: Database, id: string, now: Millis): Promise<Meant | null> {
  const [row] = await inTransaction(db, { programs: [] }, (tx) =>
    tx.prepared<Meant>('stores_take', TAKE, [id, new Date(now - PATIENCE_MS)]),
  );
  return row ?? null;
}

async function settleConnection(db: Database, id: string, outcome: 'connected' | 'refused'): Promise<void> {
  await inTransaction(db, { programs: [] }, (tx) =>
    tx.prepared('stores_settle', 'update connection set outcome = $2 where id = $1', [id, outcome]),
  );
}

async function connect(parts: ConnectParts, { url, awardHistory }: Meant, keys: StoreKeys, now: Millis): Promise<void> {
  const { clock, guard } = parts;
  const shop = await describeShop({ url, ...keys }, { guard, clock });
  await registerWooStore(parts, { url, keys, shop, awardHistory, now });
}

/** Registers a WooCommerce store whose keys have been tried: its path token, its secrets, then what follows a connection. */
export async function registerWooStore(
  { db, keys: ring, connected }: Pick<ConnectParts, 'db' | 'keys' | 'connected'>,
  arrival: {
    url: string;
    keys: StoreKeys;
    shop: ConnectedShop;
    now: Millis;
    key?: string;
    awardHistory?: boolean;
    /** What the shop calls itself, where it is known: its host's name otherwise. */
    name?: string;
  },
): Promise<{ id: string; program: string; key: string }> {
  const { url, keys, shop, now } = arrival;
  const key = arrival.key ?? (await keyOf(db, shop)) ?? randomBytes(24).toString('base64url');
  const store = await registerStore(
    db,
    {
      platform: 'woocommerce',
      key,
      url,
      name: arrival.name ?? new URL(url).hostname,
      installation: shop.storeId,
      money: shop.money,
      zone: shop.zone ?? 'UTC',
      awardHistory: arrival.awardHistory ?? false,
    },
    now,
    (tx, registered) => keepSecrets(tx, registered, keys, ring),
  );
  await connected(store);
  return { ...store, key };
}

async function keepSecrets(tx: Tx, store: Registered, keys: StoreKeys, ring: readonly SealingKey[]): Promise<void> {
  const ref = { program: store.program, store: store.id };
  await saveSecret(tx, { ...ref, kind: 'woocommerce-keys' }, JSON.stringify(keys), ring);
  // what the store already signs with stays: its webhooks and its plugin know nothing of a reconnection
  for (const kind of ['webhook', 'shopper'] as const) {
    const live = await readSecrets(tx, store.id, kind, ring);
    if (live.length === 0) await saveSecret(tx, { ...ref, kind }, randomBytes(32).toString('base64url'), ring);
  }
}

/** The path token that this very installation had before; a clone has another id and gets its own. */
async function keyOf(db: Database, shop: ConnectedShop): Promise<string | null> {
  if (shop.storeId === null) return null;
  const [row] = await inTransaction(db, 'intake', (tx) =>
    tx.prepared<{ key: string }>(
      'stores_key_of',
      "select key from store where platform = 'woocommerce' and installation = $1 order by id desc limit 1",
      [shop.storeId],
    ),
  );
  return row?.key ?? null;
}
