import { z } from 'zod';
import type { ReviewState } from '../../src/commerce/inbound-platform.js';
import type { Millis } from '../../src/lib/clock.js';
import { gmt, id, text, textOrNull } from '../shapes.js';

const STATUS: Readonly<Record<string, ReviewState['status']>> = {
  approved: 'approved',
  approve: 'approved',
  hold: 'pending',
  unspam: 'pending',
  untrash: 'pending',
  spam: 'spam',
  trash: 'removed',
};

const reviewBody = z.object({
  id,
  date_created_gmt: gmt,
  product_id: id,
  status: text(20),
  reviewer_email: textOrNull(320),
});

/**
 * A review of `GET products/reviews`. It says neither when it was last changed (`readAt`, the time of the read, is its
 * version) nor whose account wrote it: the mailbox is all there is. A status that nobody knows is `pending`.
 */
export function toReview(body: unknown, readAt: Millis): ReviewState {
  const review = reviewBody.parse(body);
  return {
    id: review.id,
    provider: 'woocommerce',
    at: readAt,
    written: review.date_created_gmt,
    product: review.product_id,
    customer: null,
    email: review.reviewer_email,
    status: STATUS[review.status] ?? 'pending',
    photo: false,
  };
}
