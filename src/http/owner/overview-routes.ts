import * as z from 'zod';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './overview-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** What a program did lately, what needs somebody, and what happened last. */
export function overviewRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/overview`,
        name: 'overview',
        may: 'see-reports',
        summary: 'How the program did within the last days, beside as many days before; and what needs somebody',
        query: api.overviewQuery,
        answers: { 200: api.overviewAnswer },
      },
      async (asking, { query }) => ok(await verbs.overview(asking, query.days, query.locale)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/latest`,
        name: 'latest',
        may: 'find-members',
        summary: 'What moved points last, newest first',
        query: z.strictObject({ limit: z.coerce.number<string>().int().min(1).max(50).default(10) }),
        answers: { 200: api.latestAnswer },
      },
      async (asking, { query }) => ok(await verbs.latest(asking, query.limit)),
    ),
  ];
}
