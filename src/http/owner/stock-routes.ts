import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './stock-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** How many pieces there are of rewards that are counted. */
export function stockRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/stock`,
        name: 'stock',
        may: 'see-program',
        summary: 'Rewards of which there are only so many, and what is left of each',
        query: api.stockQuery,
        answers: { 200: api.stockAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.stock(asking, query.locale)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/stock/:reward`,
        name: 'keepStock',
        may: 'keep-stock',
        summary: 'Pieces of a reward arrived, or were counted anew; what members have of it stays theirs',
        params: api.stockParams,
        query: api.stockQuery,
        body: api.stockRequest,
        answers: { 200: api.stockAnswer, 404: api.errorAnswer, 409: api.errorAnswer },
      },
      async (asking, { params, query, body }) => ok(await verbs.keepStock(asking, params.reward, body, query.locale)),
    ),
  ];
}
