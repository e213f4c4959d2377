import type { Tx } from '../db/database.js';
import type { SealingKey } from '../lib/key-file.js';
import { readSecrets } from './secrets.js';

/** Under which path and secret a store's deliveries come; Shopify signs with the app's own secret instead. */
export async function readWebhookSecret(
  tx: Tx,
  ref: { program: string; store: string },
  ring: readonly SealingKey[],
): Promise<{ key: string; secret: string }> {
  const [row] = await tx.prepared<{ key: string }>(
    'stores_key',
    'select key from store where program_id = $1 and id = $2',
    [ref.program, ref.store],
  );
  const [secret] = await readSecrets(tx, ref.store, 'webhook', ring);
  return { key: row?.key ?? '', secret: secret ?? '' };
}
