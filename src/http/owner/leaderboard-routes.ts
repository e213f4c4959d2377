import type { Route } from '../contract.js';
import * as boards from './leaderboard-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Leaderboards as the owner sees them: nobody who did not agree is on them. */
export function leaderboardRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/leaderboards/:board`,
        name: 'leaderboard',
        may: 'see-reports',
        summary: 'A leaderboard as it stands, and the places that were given for',
        params: boards.leaderboardParams,
        query: boards.leaderboardQuery,
        answers: { 200: boards.leaderboardAnswer, 404: errorAnswer, 409: errorAnswer },
      },
      async (asking, { params, query }) => ok(await verbs.leaderboard(asking, params.board, query.top)),
    ),
  ];
}
