import type { Route } from '../contract.js';
import * as api from './cause-schemas.js';
import type { CauseVerbs } from './cause-verbs.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { causesAnswer, errorAnswer } from './schemas.js';

/** What members gave to causes, and what the shop passed on. */
export const causeRoutes = (verbs: CauseVerbs): Route[] => [
  forOwner(
    {
      method: 'get',
      path: `${BASE}/causes`,
      name: 'causes',
      may: 'see-reports',
      summary: 'What members gave to causes, for paying out and for showing',
      query: api.causesQuery,
      answers: { 200: causesAnswer, 409: errorAnswer },
    },
    async (asking, { query }) => ok(await verbs.causes(asking, query.locale)),
  ),
  forOwner(
    {
      method: 'get',
      path: `${BASE}/causes/months`,
      name: 'causeMonth',
      may: 'see-reports',
      summary:
        'What causes were given in a month, members’ part and the shop’s own, what was paid for it and what is owed',
      query: api.causeMonthQuery,
      answers: { 200: api.causeMonthAnswer, 409: errorAnswer },
    },
    async (asking, { query }) => ok(await verbs.causeMonth(asking, query)),
  ),
  forOwner(
    {
      method: 'post',
      path: `${BASE}/causes/months`,
      name: 'payCause',
      may: 'pay-causes',
      summary: 'Notes that a cause was paid what it is owed for a month, with the day and a reference: a receipt',
      query: api.causesQuery,
      body: api.payCauseRequest,
      answers: { 200: api.causeMonthAnswer, 409: errorAnswer, 422: errorAnswer },
    },
    async (asking, { query, body }) => ok(await verbs.payCause(asking, body, query.locale)),
  ),
];
