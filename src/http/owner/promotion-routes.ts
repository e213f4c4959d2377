import type { ChangePromotion } from '../../rules/promotions/change-promotion.js';
import { copied, paused, resumed, scheduled, stopped } from '../../rules/promotions/change-promotion.js';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './promotion-schemas.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Promotions: how they stand, which of them meet, and what is done to one of them at once. */
export function promotionRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/promotions`,
        name: 'promotions',
        may: 'see-program',
        summary:
          'The promotions in force, or of a draft: open or not, how fast a ceiling is used up and how long it lasts',
        query: api.conflictsQuery,
        answers: { 200: api.promotionsAnswer, 404: errorAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.promotions(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/conflicts`,
        name: 'promotionConflicts',
        may: 'see-program',
        summary: 'Promotions that meet on one order: what becomes of them, with the order that shows it',
        query: api.conflictsQuery,
        answers: { 200: api.conflictsAnswer, 404: errorAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.conflicts(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/promotion-days`,
        name: 'promotionDays',
        may: 'see-program',
        summary:
          'On which days which promotion is open and in force, by the shop’s own calendar; of a draft none before today',
        query: api.daysQuery,
        answers: { 200: api.daysAnswer, 404: errorAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.promotionDays(asking, query)),
    ),
    act(verbs, 'pause', 'Stops it until it is resumed, at once', 'paused', paused),
    act(verbs, 'resume', 'Lets it go on, at once', 'resumed', resumed),
    act(verbs, 'stop', 'Ends it now, for good', 'stopped', stopped),
    ...planningRoutes(verbs),
  ];
}

const answers = { 200: api.changedAnswer, 404: errorAnswer, 409: errorAnswer };

function act(verbs: OwnerVerbs, name: string, summary: string, what: string, change: ChangePromotion): Route {
  return forOwner(
    {
      method: 'post',
      path: `${BASE}/promotions/:id/${name}`,
      name: `${name}Promotion`,
      may: 'run-promotions',
      summary,
      params: api.promotionParams,
      answers,
    },
    async (asking, { params }) => ok(await verbs.changePromotion(asking, { id: params.id, what, change })),
  );
}

function planningRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'post',
        path: `${BASE}/promotions/:id/schedule`,
        name: 'schedulePromotion',
        may: 'run-promotions',
        summary: 'Gives it another window, in the shop’s own time',
        params: api.promotionParams,
        body: api.scheduleRequest,
        answers,
      },
      async (asking, { params, body }) =>
        ok(await verbs.changePromotion(asking, { id: params.id, what: 'scheduled', change: scheduled(body) })),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/promotions/:id/copy`,
        name: 'copyPromotion',
        may: 'run-promotions',
        summary: 'Makes another one like it, so many years later, with a ceiling of its own',
        params: api.promotionParams,
        body: api.copyRequest,
        answers,
      },
      async (asking, { params, body }) =>
        ok(await verbs.changePromotion(asking, { id: params.id, what: 'copied', change: copied(body.as, body.years) })),
    ),
  ];
}
