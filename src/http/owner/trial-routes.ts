import * as z from 'zod';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './trial-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Two variants of a reward side by side (H7). */
export function trialRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/trials`,
        name: 'trials',
        may: 'see-reports',
        summary: 'Rewards held against each other by chance, and whether the difference is real',
        query: api.trialsQuery,
        answers: { 200: api.trialsAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.trials(asking, query.locale)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/reports/trials`,
        name: 'beginTrial',
        may: 'publish',
        summary: 'From now on chance decides which of two rewards a member is offered',
        body: api.trialRequest,
        answers: { 204: null, 404: api.errorAnswer, 409: api.errorAnswer },
      },
      async (asking, { body }) => {
        await verbs.beginTrial(asking, body);
        return { status: 204 };
      },
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/reports/trials/:trial/closed`,
        name: 'closeTrial',
        may: 'publish',
        summary: 'From now on everybody is offered both rewards again',
        params: z.strictObject({ trial: z.uuid() }),
        answers: { 204: null, 404: api.errorAnswer },
      },
      async (asking, { params }) => {
        await verbs.closeTrial(asking, params.trial);
        return { status: 204 };
      },
    ),
  ];
}
