import { type Database, inTransaction } from '../db/database.js';
import type { SealingKey } from '../lib/key-file.js';
import type { ShopifyTokens, TokenVault } from '../platforms/shopify/tokens.js';
import { readSecrets, saveSecret } from './secrets.js';

/**
 * A shop's tokens, sealed in store_secret as one value: access and refresh token change together or not at all. The lock is
 * Postgres's, over all processes; it is held on a connection of its own while Shopify is asked.
 */
export function tokenVault(
  db: Database,
  ref: { program: string; store: string },
  ring: readonly SealingKey[],
): TokenVault {
  const secret = { ...ref, kind: 'shopify-tokens' } as const;
  const scope = { programs: [ref.program] };
  return {
    load: () =>
      inTransaction(db, scope, async (tx) => {
        const [text] = await readSecrets(tx, ref.store, 'shopify-tokens', ring);
        return text === undefined ? null : (JSON.parse(text) as ShopifyTokens);
      }),
    save: (tokens) => inTransaction(db, scope, (tx) => saveSecret(tx, secret, JSON.stringify(tokens), ring)),
    exclusively: (work) =>
      inTransaction(db, scope, async (tx) => {
        await tx.prepared('stores_token_lock', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `tokens/${ref.store}`,
        ]);
        return work();
      }),
  };
}
