import * as z from 'zod';
import type { ReviewState } from '../../commerce/inbound-platform.js';
import type { Page } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';
import { expect, review } from './answers.js';
import type { WooClient } from './client.js';

const STATUS: Readonly<Record<string, ReviewState['status']>> = {
  approved: 'approved',
  hold: 'pending',
  spam: 'spam',
  unspam: 'approved',
  trash: 'removed',
  untrash: 'approved',
};

/** `after` of this list is in the shop's own time, whichever that is: a day's overlap covers every zone. */
const ZONES_MS = 15 * 3_600_000;
const PAGE = 100;

/**
 * Reviews written since then that wait or are approved, oldest first. There is no filter by change, and what became
 * spam is not listed: known reviews are read again one by one (fetchReview).
 */
export async function reviewsSince(
  client: WooClient,
  since: Millis,
  cursor: string | null,
  now: Millis,
): Promise<Page<ReviewState>> {
  const page = cursor === null ? 1 : Number(cursor);
  const after = new Date(Math.max(0, since - ZONES_MS)).toISOString().slice(0, 19);
  const answer = await client.get('products/reviews', {
    status: 'all',
    after,
    order: 'asc',
    orderby: 'date_gmt',
    per_page: PAGE,
    page,
  });
  const list = expect(z.array(review), answer.body, 'reviews');
  const items = list.filter((each) => each.date_created_gmt >= since - 1000).map((each) => stateOf(each, now));
  return { items, next: page < answer.pages ? String(page + 1) : null };
}

export async function fetchReview(client: WooClient, id: string, now: Millis): Promise<ReviewState | null> {
  const answer = await client.get(`products/reviews/${id}`);
  return answer.status === 404 ? null : toReview(answer.body, now);
}

/** A review as the shop's REST API shows it, at the instant of the reading. */
export const toReview = (body: unknown, now: Millis): ReviewState => stateOf(expect(review, body, 'review'), now);

/** A review has no version of its own: it is as old as the reading. Its writer is known when the shop links an account. */
function stateOf(found: z.output<typeof review>, now: Millis): ReviewState {
  const account = found._links?.reviewer?.[0]?.href.match(/\/users\/(\d+)$/)?.[1];
  return {
    id: found.id,
    provider: 'woocommerce',
    at: now,
    written: found.date_created_gmt,
    product: found.product_id,
    customer: account ?? null,
    email: found.reviewer_email || null,
    status: STATUS[found.status] ?? 'pending',
    photo: false,
  };
}
