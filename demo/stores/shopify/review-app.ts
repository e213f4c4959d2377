import { createHmac } from 'node:crypto';
import type { Postman } from '../postman.js';
import type { Occurrence } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { iso } from './webhook-bodies.js';

/** Shopify has no reviews of its own: a shop has an app for them, which tells others in its own name and with its own secret. */
export interface ReviewApp {
  /** Where it sends what happens to reviews; null = nowhere yet. */
  url: string;
  secret: string;
}

/** Tells as Judge.me does: the whole review each time, signed in hex over the bytes. */
export function tellReview(it: Occurrence, shop: Shop, app: ReviewApp, postman: Postman): void {
  if (it.kind !== 'review-changed') return;
  const { review, deleted } = it;
  const customer = shop.customer(review.customer);
  const shown = review.status === 'approved' && !deleted;
  const body = JSON.stringify({
    review: {
      id: Number(review.id),
      title: '',
      body: review.text,
      rating: review.rating,
      product_external_id: Number(review.product),
      product_title: shop.product(review.product)?.title ?? '',
      reviewer: { external_id: customer && Number(customer.id), email: review.email, name: review.name },
      source: 'web',
      curated: review.status === 'spam' ? 'spam' : shown ? 'ok' : 'not-yet',
      published: shown,
      hidden: deleted || review.status === 'trash',
      created_at: iso(review.created),
      updated_at: iso(shop.now()),
      has_published_pictures: false,
      pictures: [],
    },
  });
  const topic = shown ? 'review/published' : 'review/updated';
  const headers = {
    'content-type': 'application/json',
    'x-judgeme-topic': topic,
    'judgeme-hmac-sha256': createHmac('sha256', app.secret).update(body).digest('hex'),
  };
  let left = 3;
  postman.post({
    topic,
    key: null,
    write: () => ({ url: app.url, headers, body }),
    answered: (status) => (status === null || status >= 300) && left-- > 0,
  });
}
