import { type Tx, inTransaction } from '../db/database.js';
import type { Loyalty, StoreRef } from '../loyalty/context.js';
import { readReviews } from '../loyalty/read-reviews.js';
import type { Work } from './run-effects.js';

/** Compares a store's recent reviews with what we hold. Gives how many it saw; none where the platform has no reviews. */
export async function reconcileReviews(work: Work & { loyalty: Loyalty }, ref: StoreRef): Promise<number> {
  const platform = await work.platformOf(ref.program, ref.store);
  if (!platform.can.has('reviews')) return 0;
  const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(work.db, { programs: [ref.program] }, fn);
  return (await readReviews(platform, ref, work.clock.now(), work.loyalty, within)).length;
}
