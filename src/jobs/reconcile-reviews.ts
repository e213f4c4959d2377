import { inTransaction } from '../db/database.js';
import { applyReviews } from '../loyalty/apply-reviews.js';
import type { Loyalty, StoreRef } from '../loyalty/context.js';
import type { Work } from './run-effects.js';

/** Reviews have no "modified" on WooCommerce, so those of the last weeks are read again: approval, spam and trash show there. */
const WINDOW_MS = 30 * 24 * 3_600_000;

/** Reads a store's recent reviews and applies their newest states. Gives how many it saw. */
export async function reconcileReviews(work: Work & { loyalty: Loyalty }, ref: StoreRef): Promise<number> {
  const platform = await work.platformOf(ref.program, ref.store);
  if (!platform.can.has('reviews')) return 0;
  let cursor: string | null = null;
  let seen = 0;
  do {
    const page = await platform.reviewsSince(work.clock.now() - WINDOW_MS, cursor);
    const arrived = page.items.map((review) => ({ ...ref, review }));
    await inTransaction(work.db, { programs: [ref.program] }, (tx) =>
      applyReviews(tx, arrived, work.clock.now(), work.loyalty),
    );
    seen += page.items.length;
    cursor = page.next;
  } while (cursor !== null);
  return seen;
}
