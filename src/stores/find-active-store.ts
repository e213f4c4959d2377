import { type Database, inTransaction } from '../db/database.js';
import type { FindStore } from '../http/storefront/identity.js';
import type { SealingKey } from '../lib/key-file.js';
import type { StoreRef } from '../http/storefront/verbs.js';
import { readSecrets } from './secrets.js';

const FIND = `
  select id, program_id as program, platform, key, url from store where platform = $1 and key = $2 and status = 'active'`;

/** An active store by platform and key. */
export function findActiveStore(db: Database): FindStore {
  return async (platform, key) => {
    const [row] = await inTransaction(db, 'intake', (tx) =>
      tx.prepared<StoreRef>('stores_find', FIND, [platform, key]),
    );
    return row ?? null;
  };
}

/** The live secrets with which a WooCommerce store signs who is looking at its pages. */
export function shopperSecrets(db: Database, ring: readonly SealingKey[]): (key: string) => Promise<readonly string[]> {
  return (key) =>
    inTransaction(db, 'intake', async (tx) => {
      const [row] = await tx.prepared<StoreRef>('stores_find', FIND, ['woocommerce', key]);
      return row ? readSecrets(tx, row.id, 'shopper', ring) : [];
    });
}
