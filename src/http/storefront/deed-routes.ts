import type { Route } from '../contract.js';
import * as api from './schemas.js';
import { BASE, forCustomer, langOnly, ok } from './shopper-routes.js';
import type { StorefrontVerbs } from './verbs.js';

/** A deed is refused before, after and beyond what its rule allows: 422, 410 and 409; 404 = there is no such thing. */
const refused = { 404: api.errorAnswer, 409: api.errorAnswer, 410: api.errorAnswer, 422: api.errorAnswer };

/** What members do beside ordering. */
export function deedRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/check-in`,
        name: 'checkIn',
        summary: 'The member is where this code is: a poster, a place, an occasion',
        limit: 'write',
        query: langOnly,
        body: api.checkInRequest,
        answers: { 200: api.deedAnswer, ...refused },
      },
      async (customer, { body }) => ok(await verbs.checkIn(customer, body.code)),
    ),
  ];
}
