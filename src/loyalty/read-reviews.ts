import type { ReviewState } from '../commerce/inbound-platform.js';
import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { applyReviews, removeReview } from './apply-reviews.js';
import type { Loyalty, StoreRef } from './context.js';

/** Reviews have no "modified" on WooCommerce, so those of the last weeks are read again: approvals show there. */
const WINDOW_MS = 30 * 24 * 3_600_000;

const APPROVED = `
  select substr(key, length($2) + 2) as review from activity
  where program_id = $1 and kind = 'review' and store_id = $2::bigint and facts ->> 'status' = 'approved'
    and key like $2 || '/' || $3 || ':%' and (facts ->> 'written')::bigint >= $4`;

/**
 * Reads a store's recent reviews and applies their newest states. Lists leave out what became spam or was thrown away, so
 * reviews that are approved here and missing there are asked for one by one. Gives those that the list had.
 */
export async function readReviews(
  platform: OutboundPlatform,
  ref: StoreRef,
  now: Millis,
  loyalty: Loyalty,
  within: <T>(fn: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<ReviewState[]> {
  const since = now - WINDOW_MS;
  const found: ReviewState[] = [];
  let cursor: string | null = null;
  do {
    const page = await platform.reviewsSince(since, cursor);
    found.push(...page.items);
    await within((tx) =>
      applyReviews(
        tx,
        page.items.map((review) => ({ ...ref, review })),
        now,
        loyalty,
      ),
    );
    cursor = page.next;
  } while (cursor !== null);
  const approved = await within((tx) =>
    tx.prepared<{ review: string }>('loyalty_approved_reviews', APPROVED, [
      ref.program,
      ref.store,
      platform.name,
      since,
    ]),
  );
  const seen = new Set(found.map(({ provider, id }) => `${provider}:${id}`));
  for (const { review } of approved) {
    if (seen.has(review)) continue;
    const standing = await platform.fetchReview(review.slice(platform.name.length + 1));
    await within((tx) =>
      standing
        ? applyReviews(tx, [{ ...ref, review: standing }], now, loyalty)
        : removeReview(tx, ref, review, now, loyalty).then(() => undefined),
    );
  }
  return found;
}
