import { randomBytes } from 'node:crypto';
import { type Database, inTransaction } from '../db/database.js';
import type { SealingKey } from '../lib/key-file.js';
import { saveSecret } from './secrets.js';

const SET_TOKEN = `
  update store set settings = jsonb_set(settings || jsonb_build_object('reviews', coalesce(settings->'reviews', '{}')),
    array['reviews', $2], jsonb_build_object('token', $3::text))
  where id = $1`;

/**
 * Lets a review app (webhooks/reviews) tell of a store's reviews: gives the path that its webhooks go to. A new path and
 * the app's secret take the place of those before.
 */
export async function connectReviews(
  { db, keys }: { db: Database; keys: readonly SealingKey[] },
  store: { id: string; program: string },
  provider: string,
  secret: string,
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await inTransaction(db, { programs: [store.program] }, async (tx) => {
    await tx.prepared('stores_reviews', SET_TOKEN, [store.id, provider, token]);
    await saveSecret(tx, { program: store.program, store: store.id, kind: `reviews/${provider}` }, secret, keys);
  });
  return `/webhooks/reviews/${provider}/${token}`;
}
