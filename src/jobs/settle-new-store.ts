import { inTransaction } from '../db/database.js';
import type { SealingKey } from '../lib/key-file.js';
import type { Loyalty, StoreRef } from '../loyalty/context.js';
import { readWebhookSecret } from '../stores/webhook-secret.js';
import { checkRewards } from './check-rewards.js';
import { wakeEffects } from './claim-effects.js';
import { keepPerks } from './keep-perks.js';
import { HISTORY_MS, reconcileOrders } from './reconcile-orders.js';
import { reconcileProducts } from './reconcile-products.js';
import type { Work } from './run-effects.js';

export interface Surroundings {
  publicUrl: string;
  keys: readonly SealingKey[];
}

/**
 * After a store is connected, and again and again: everything that we listen to is subscribed, what a platform has switched
 * off is switched on. Gives the topics that had to be made or revived.
 */
export async function keepSubscriptions(
  work: Work,
  ref: StoreRef,
  { publicUrl, keys }: Surroundings,
): Promise<string[]> {
  const platform = await work.platformOf(ref.program, ref.store);
  const { key, secret } = await inTransaction(work.db, { programs: [ref.program] }, (tx) =>
    readWebhookSecret(tx, ref, keys),
  );
  const address =
    platform.name === 'shopify' ? `${publicUrl}/webhooks/shopify` : `${publicUrl}/webhooks/${platform.name}/${key}`;
  const { created, revived } = await platform.ensureSubscriptions(address, secret);
  return [...created, ...revived];
}

/** What follows a connection: subscriptions, which rewards it can give, its products if rules ask for them, then the store's past of 60 days, which is known but awards nothing by itself. */
export async function settleNewStore(
  work: Work & { loyalty: Loyalty },
  ref: StoreRef,
  around: Surroundings,
): Promise<void> {
  await wakeEffects(work.db, ref.store);
  await keepSubscriptions(work, ref, around);
  await reconcileProducts(work, ref);
  await reconcileOrders(work, ref, work.clock.now() - HISTORY_MS);
  await checkRewards(work, ref);
  await keepPerks(work, ref);
}
