import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './sending-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** What members gave to each other. */
export function sendingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/sendings`,
        name: 'sendings',
        may: 'see-ledger',
        summary:
          'Points that members gave to each other, newest first; an adjustment puts right what should not have been',
        query: api.sendingsQuery,
        answers: { 200: api.sendingsAnswer },
      },
      async (asking, { query }) => ok(await verbs.sendings(asking, query)),
    ),
  ];
}
