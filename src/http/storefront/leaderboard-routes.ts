import type { Route } from '../contract.js';
import * as boards from './leaderboard-schemas.js';
import { errorAnswer } from './schemas.js';
import { BASE, forCustomer, langOnly, ok } from './shopper-routes.js';
import type { StorefrontVerbs } from './verbs.js';

/** Leaderboards: of the members who agreed, for members to see. */
export function leaderboardRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/leaderboards`,
        name: 'leaderboards',
        summary: 'The leaderboards of the running periods: who leads, and who is around the member',
        limit: 'read',
        query: boards.leaderboardsQuery,
        answers: { 200: boards.leaderboardsAnswer },
      },
      async (customer, { query: { top, around } }) => ok(await verbs.leaderboards(customer, { top, around })),
    ),
    forCustomer(
      {
        method: 'put',
        path: `${BASE}/shown-name`,
        name: 'showName',
        summary: 'The member agrees to be shown on leaderboards, under this name',
        limit: 'write',
        query: langOnly,
        body: boards.shownNameRequest,
        answers: { 200: boards.shownNameAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (customer, { body }) => ok({ shownAs: await verbs.showName(customer, body.name) }),
    ),
    forCustomer(
      {
        method: 'delete',
        path: `${BASE}/shown-name`,
        name: 'hideName',
        summary: 'The member is shown no more, from now on',
        limit: 'write',
        query: langOnly,
        answers: { 204: null },
      },
      async (customer) => {
        await verbs.hideName(customer);
        return { status: 204 };
      },
    ),
  ];
}
