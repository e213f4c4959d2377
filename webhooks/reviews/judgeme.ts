import { z } from 'zod';
import type { ReviewState } from '../../src/commerce/inbound-platform.js';
import { headerOf, isAnyDoubled } from '../headers.js';
import { isSigned } from '../hmac.js';
import { id, instant, textOrNull } from '../shapes.js';
import type { ReviewProvider } from './provider.js';

const SIGNATURE = 'judgeme-hmac-sha256';
const TOPIC = 'x-judgeme-topic';

const flag = z.boolean().nullish();
const reviewBody = z.object({
  review: z.object({
    id,
    product_external_id: id,
    reviewer: z.object({ email: textOrNull(320), external_id: id.nullish() }).nullish(),
    curated: z.string().nullish(),
    published: flag,
    hidden: flag,
    created_at: instant,
    updated_at: instant.nullish(),
    has_published_pictures: flag,
    pictures: z.array(z.unknown()).max(1_000).nullish(),
  }),
});
type Review = z.output<typeof reviewBody>['review'];

/** Judge.me: `review/created`, `review/updated`, `review/published`; the first and the last both come for one review. */
export const judgeme: ReviewProvider = {
  name: 'judgeme',
  topicOf: ({ headers }) => {
    const topic = headerOf(headers, TOPIC);
    return topic !== null && /^review\/[a-z_]{1,40}$/.test(topic) ? topic : 'review';
  },
  isGenuine({ headers, body }, secrets) {
    if (isAnyDoubled(headers, [SIGNATURE, TOPIC])) return false;
    const signature = headerOf(headers, SIGNATURE);
    return signature !== null && isSigned(body, signature, 'hex', secrets);
  },
  read(body): ReviewState {
    const { review } = reviewBody.parse(body);
    return {
      id: review.id,
      provider: 'judgeme',
      at: review.updated_at ?? review.created_at,
      written: review.created_at,
      product: review.product_external_id,
      customer: review.reviewer?.external_id ?? null,
      email: review.reviewer?.email ?? null,
      status: statusOf(review),
      photo: review.has_published_pictures ?? (review.pictures ?? []).length > 0,
    };
  },
};

/** Shown = approved. What is not shown waits, unless the owner called it spam or hid it after publishing. */
function statusOf(review: Review): ReviewState['status'] {
  if (review.curated === 'spam') return 'spam';
  if (review.hidden === true) return 'removed';
  if (review.published === true || (review.published !== false && review.curated === 'ok')) return 'approved';
  return 'pending';
}
