import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './redemption-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** What members got for their points, newest first. */
export function redemptionRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/redemptions`,
        name: 'redemptions',
        may: 'find-members',
        summary: 'What members got for their points, and what the shop has not answered for',
        query: api.redemptionsQuery,
        answers: { 200: api.redemptionsAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.redemptions(asking, query)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/redemptions/:id/solve`,
        name: 'solveRedemption',
        may: 'fulfil-rewards',
        summary: 'Asks the shop once more for a code, or gives the code up; answers with what is still stuck',
        params: api.redemptionParams,
        body: api.solveRequest,
        answers: { 200: api.redemptionsAnswer, 404: api.errorAnswer, 409: api.errorAnswer },
      },
      async (asking, { params, body }) => ok(await verbs.solveRedemption(asking, params.id, body.how)),
    ),
  ];
}
