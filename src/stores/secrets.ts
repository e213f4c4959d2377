import type { Tx } from '../db/database.js';
import type { SealingKey } from '../lib/key-file.js';
import { open, placeOf, seal } from '../lib/seal.js';

/** What is kept sealed for a store: what signs its webhooks, what opens its API. */
export type SecretKind = 'webhook' | 'woocommerce-keys' | 'shopify-tokens' | 'shopper' | `reviews/${string}`;

const placeOfSecret = (store: string, kind: SecretKind) => placeOf('store_secret', store, kind);

export interface SecretRef {
  program: string;
  store: string;
  kind: SecretKind;
}

const REPLACE = `
  with gone as (delete from store_secret where store_id = $2 and kind = $3)
  insert into store_secret (program_id, store_id, kind, sealed, created_at) values ($1, $2, $3, $4, clock_timestamp())`;

/** Keeps a secret in the place of the one before. */
export async function saveSecret(tx: Tx, ref: SecretRef, text: string, ring: readonly SealingKey[]): Promise<void> {
  const sealed = seal(Buffer.from(text), placeOfSecret(ref.store, ref.kind), ring);
  await tx.prepared('stores_save_secret', REPLACE, [ref.program, ref.store, ref.kind, sealed]);
}

const LIVE = `
  select sealed from store_secret where store_id = $1 and kind = $2 and (expires_at is null or expires_at > now())
  order by created_at desc`;

/** The live secrets of a kind, newest first. */
export async function readSecrets(
  tx: Tx,
  store: string,
  kind: SecretKind,
  ring: readonly SealingKey[],
): Promise<string[]> {
  const rows = await tx.prepared<{ sealed: Buffer }>('stores_secrets', LIVE, [store, kind]);
  return rows.map(({ sealed }) => open(sealed, placeOfSecret(store, kind), ring).toString('utf8'));
}
