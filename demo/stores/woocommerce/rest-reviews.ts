import { json, type Answer, type Request } from '../serve.js';
import { Refusal, type ReviewStatus } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { instant, ordered, paged } from './paging.js';
import { reviewJson } from './represent-others.js';
import type { Face } from './represent.js';
import { input, type Route } from './routes.js';

export function reviewRoutes(shop: Shop): Route[] {
  interface ReviewInput {
    product_id?: number;
    review?: string;
    reviewer?: string;
    reviewer_email?: string;
    rating?: number;
    status?: string;
  }
  const status = (text: string): ReviewStatus =>
    text === 'untrash' || text === 'unspam' ? 'approved' : (text as ReviewStatus);
  const review = (id = '') => {
    const found = shop.state.reviews.find((each) => each.id === id);
    if (!found) throw new Refusal('woocommerce_rest_review_invalid_id', 404, 'Invalid review ID.');
    return found;
  };
  return [
    ['GET', /^products\/reviews$/, (request, _ids, face) => listReviews(shop, request, face)],
    ['GET', /^products\/reviews\/(\d+)$/, (_request, [id], face) => json(200, reviewJson(review(id), face))],
    [
      'POST',
      /^products\/reviews$/,
      (request, _ids, face) => {
        const wish = input<ReviewInput>(request);
        const by = {
          email: wish.reviewer_email ?? '',
          customer: null,
          rating: wish.rating ?? 0,
          text: wish.review ?? '',
        };
        const made = shop.review(
          { ...by, product: String(wish.product_id), status: status(wish.status ?? 'approved') },
          true,
        );
        made.name = wish.reviewer ?? made.name;
        return json(201, reviewJson(made, face));
      },
    ],
    [
      'PUT',
      /^products\/reviews\/(\d+)$/,
      (request, [id], face) =>
        json(
          200,
          reviewJson(
            shop.moderate(review(id).id, status(input<ReviewInput>(request).status ?? 'approved'), true),
            face,
          ),
        ),
    ],
    [
      'DELETE',
      /^products\/reviews\/(\d+)$/,
      (_request, [id], face) =>
        json(200, { deleted: true, previous: reviewJson(shop.removeReview(review(id).id, true), face) }),
    ],
  ];
}

function listReviews(shop: Shop, request: Request, face: Face): Answer {
  const wanted = request.query.get('status') ?? 'approved';
  const after = instant(request, 'after', shop.settings.zone);
  const product = request.query.get('product');
  const found = shop.state.reviews.filter(
    (each) =>
      (wanted === 'all' ? each.status === 'approved' || each.status === 'hold' : each.status === wanted) &&
      (after === null || each.created > after) &&
      (product === null || product.split(',').includes(each.product)),
  );
  return paged(
    request,
    ordered(request, found, (each) => each.created),
    (each) => reviewJson(each, face),
    face.home,
  );
}
