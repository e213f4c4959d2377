import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './report-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** How the program is used, and whether those who joined come back more often than others. */
export function reportRoutes(verbs: OwnerVerbs): Route[] {
  const may = 'see-reports' as const;
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/activity`,
        name: 'activityReport',
        may,
        summary: 'Month by month: who joined, what was ordered, given, used and expired; and the hours of orders',
        query: api.activityQuery,
        answers: { 200: api.activityAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.activity(asking, query.months)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/returning`,
        name: 'returningReport',
        may,
        summary: 'Who ordered again within so many days, members beside others; and who got a first reward as soon',
        query: api.returningQuery,
        answers: { 200: api.returningAnswer },
      },
      async (asking, { query }) => ok(await verbs.returning(asking, query)),
    ),
  ];
}
