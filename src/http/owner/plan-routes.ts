import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { planAnswer, planQuery, settlingAnswer } from './plan-schemas.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** T11: what publishing will do to every member, and how far what was published has come. */
export function planRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/plan`,
        name: 'planChange',
        may: 'see-reports',
        summary: 'What publishing the draft, or an older version, will do to every member; writes nothing',
        query: planQuery,
        answers: { 200: planAnswer, 404: errorAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.plan(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/settling`,
        name: 'settling',
        may: 'see-reports',
        summary: 'How far members are settled by what was published last',
        answers: { 200: settlingAnswer },
      },
      async (asking) => ok(await verbs.settling(asking)),
    ),
  ];
}
