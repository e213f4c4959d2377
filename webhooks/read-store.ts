import type { KnownStore } from '../src/commerce/inbound-platform.js';
import type { ClaimedRow } from './claim.js';

export interface ReadStore {
  platform: string;
  known: KnownStore;
}

/** What a delivery's row tells of its store, by STORE_COLUMNS. The platform is null when there is no such store. */
export interface StoreColumns {
  platform: string | null;
  store_key: string;
  url: string;
  money_code: string;
  money_exponent: number;
  zone: string;
}

/** For a select from the inbox `i` with its store `s` joined to the left. */
export const STORE_COLUMNS = `
  s.platform, s.key as store_key, s.url, s.money_code, s.money_exponent, s.zone`;

/** The store of a delivery, as its reader needs to know it. */
export function readStore(row: ClaimedRow): ReadStore | null {
  const { platform, url } = row;
  if (platform === null) return null;
  return {
    platform,
    known: {
      id: row.store,
      program: row.program,
      key: row.store_key,
      source: platform === 'woocommerce' ? url : null,
      money: { code: row.money_code, exponent: row.money_exponent },
      zone: row.zone,
    },
  };
}
