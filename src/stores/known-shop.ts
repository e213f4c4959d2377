import { isSameSite } from '../commerce/same-site.js';
import { type Database, inTransaction } from '../db/database.js';

export interface KnownShop {
  id: string;
  program: string;
  key: string;
  url: string;
  installation: string | null;
}

const OF_INSTALLATION = `
  select id, program_id as program, key, url, installation from store where platform = 'woocommerce' and installation = $1
  order by id desc`;

/** The stores that said to be this installation, newest first. A copy of a site says so too, since the id is copied with it. */
export async function shopsOfInstallation(db: Database, installation: string | null): Promise<KnownShop[]> {
  if (installation === null) return [];
  return inTransaction(db, 'intake', (tx) =>
    tx.prepared<KnownShop>('stores_of_installation', OF_INSTALLATION, [installation]),
  );
}

const OF_KEY = `
  select id, program_id as program, key, url, installation from store where platform = 'woocommerce' and key = $1`;

export async function shopOfKey(db: Database, key: string): Promise<KnownShop | null> {
  const [row] = await inTransaction(db, 'intake', (tx) => tx.prepared<KnownShop>('stores_of_key', OF_KEY, [key]));
  return row ?? null;
}

/** The one of them at this very address. */
export const atAddress = (shops: readonly KnownShop[], url: string): KnownShop | null =>
  shops.find((shop) => isSameSite(shop.url, url)) ?? null;
