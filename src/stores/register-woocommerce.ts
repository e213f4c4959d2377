import { randomBytes } from 'node:crypto';
import type { Database, Tx } from '../db/database.js';
import type { StoreKeys } from '../http/woocommerce/connect.js';
import type { Clock, Millis } from '../lib/clock.js';
import type { SealingKey } from '../lib/key-file.js';
import type { Guard } from '../platforms/guarded-agent.js';
import type { ConnectedShop } from '../platforms/woocommerce/connect.js';
import { type Registered, registerStore } from './register-store.js';
import { readSecrets, saveSecret } from './secrets.js';

export interface ConnectParts {
  db: Database;
  clock: Clock;
  keys: readonly SealingKey[];
  guard: Guard;
  publicUrl: string;
  /** After a store is connected: subscriptions are made, its past is read. */
  connected(store: { id: string; program: string }): Promise<void>;
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
    /** The shop is at another address now: what the site at the old one signs for shoppers is no longer believed. */
    moved?: boolean;
    /** What the shop calls itself, where it is known: its host's name otherwise. */
    name?: string;
  },
): Promise<{ id: string; program: string; key: string }> {
  const { url, keys, shop, now } = arrival;
  const key = arrival.key ?? randomBytes(24).toString('base64url');
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
    (tx, registered) => keepSecrets(tx, registered, { keys, moved: arrival.moved ?? false }, ring),
  );
  await connected(store);
  return { ...store, key };
}

async function keepSecrets(
  tx: Tx,
  store: Registered,
  { keys, moved }: { keys: StoreKeys; moved: boolean },
  ring: readonly SealingKey[],
): Promise<void> {
  const ref = { program: store.program, store: store.id };
  await saveSecret(tx, { ...ref, kind: 'woocommerce-keys' }, JSON.stringify(keys), ring);
  // what the store already signs with stays: its webhooks and its plugin know nothing of a reconnection
  for (const kind of ['webhook', 'shopper'] as const) {
    const live = await readSecrets(tx, store.id, kind, ring);
    if (live.length === 0 || (moved && kind === 'shopper'))
      await saveSecret(tx, { ...ref, kind }, randomBytes(32).toString('base64url'), ring);
  }
}
