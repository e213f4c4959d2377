import type { Route } from '../contract.js';
import { forecastAnswer } from './forecast-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { pilotAnswer } from './pilot-schemas.js';
import * as reach from './reach-schemas.js';
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
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/pilots`,
        name: 'pilots',
        may,
        summary: 'Customers whom a pilot shows the program beside the rest, and whether they come back more',
        answers: { 200: pilotAnswer, 409: api.errorAnswer },
      },
      async (asking) => ok(await verbs.pilots(asking)),
    ),
    forecastRoute(verbs),
    ...reachRoutes(verbs),
    ...worthRoutes(verbs),
    ...targetRoutes(verbs),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/levels`,
        name: 'levelsReport',
        may,
        summary:
          'How members are spread over the levels, and who rose, fell or was kept by grace, week by week or month',
        query: api.levelsQuery,
        answers: { 200: api.levelsAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.levels(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/clearing`,
        name: 'clearingReport',
        may,
        summary:
          'Points given by one shop and used at another within a month, and what the shops owe each other for it',
        query: api.clearingQuery,
        answers: { 200: api.clearingAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.clearing(asking, query.month)),
    ),
  ];
}

const forecastRoute = (verbs: OwnerVerbs): Route =>
  forOwner(
    {
      method: 'get',
      path: `${BASE}/reports/forecast`,
      name: 'forecastReport',
      may: 'see-reports',
      summary: 'What of the open points will be used and what will lapse, by month ahead, and how far off that may be',
      answers: { 200: forecastAnswer, 409: api.errorAnswer },
    },
    async (asking) => ok(await verbs.forecast(asking)),
  );

/** How many members do something, and who could have a reward and takes none. */
function reachRoutes(verbs: OwnerVerbs): Route[] {
  const may = 'see-reports' as const;
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/active`,
        name: 'activeReport',
        may,
        summary: 'The share of members who earned or used points within so many days, month by month',
        query: reach.activeQuery,
        answers: { 200: reach.activeAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.active(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/unclaimed`,
        name: 'unclaimedReport',
        may,
        summary: 'Members who could have a reward and have not taken it: how many, since when, and what it is worth',
        query: reach.unclaimedQuery,
        answers: { 200: reach.unclaimedAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.unclaimed(asking, query.locale)),
    ),
  ];
}

/** What members bring over time, and what becomes of rewards. */
function worthRoutes(verbs: OwnerVerbs): Route[] {
  const may = 'see-reports' as const;
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/cohorts`,
        name: 'cohortsReport',
        may,
        summary: 'By the month of joining: who bought in the first, second ... month after it',
        query: api.rangeQuery,
        answers: { 200: api.cohortsAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.cohorts(asking, query.months)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/value`,
        name: 'valueReport',
        may,
        summary: 'What a customer brings within so many days of a first order, members beside comparable others',
        query: api.valueQuery,
        answers: { 200: api.valueAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.value(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/order-value`,
        name: 'orderValueReport',
        may,
        summary: 'What an order brings on average, of members and of others, month by month',
        query: api.rangeQuery,
        answers: { 200: api.orderValueAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.orderValue(asking, query.months)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/rewards`,
        name: 'rewardsReport',
        may,
        summary: 'Who reaches a first reward within three months, who ever uses one, and which rewards are taken',
        query: api.rewardsQuery,
        answers: { 200: api.rewardsAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.rewards(asking, query)),
    ),
  ];
}

/** What the owner aims at, beside what happens. */
function targetRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reports/targets`,
        name: 'targets',
        may: 'see-reports',
        summary: 'What the owner aims at (members who order again, what an order brings), and what happened',
        answers: { 200: api.targetsAnswer, 409: api.errorAnswer },
      },
      async (asking) => ok(await verbs.targets(asking)),
    ),
    forOwner(
      {
        method: 'put',
        path: `${BASE}/reports/targets`,
        name: 'setTarget',
        may: 'set-targets',
        summary: 'Sets or forgets what is aimed at',
        body: api.targetRequest,
        answers: { 200: api.targetsAnswer, 409: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.setTarget(asking, body)),
    ),
  ];
}
