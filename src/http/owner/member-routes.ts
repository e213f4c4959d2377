import * as z from 'zod';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** What an owner does to one member by hand, and what the owner's software tells of members. */
export function ownerMemberRoutes(verbs: OwnerVerbs): Route[] {
  const answers = { 200: api.balancesAnswer, 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer };
  return [
    forOwner(
      {
        method: 'post',
        path: `${BASE}/events`,
        name: 'tellEvent',
        may: 'tell-events',
        summary: 'Tells an event of your own of a member; its rule decides what it gives',
        body: api.eventRequest,
        answers: { ...answers, 200: api.eventAnswer },
      },
      async (asking, { body }) => ok(await verbs.tellEvent(asking, body)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/surveys/:survey`,
        name: 'surveyReport',
        may: 'see-reports',
        summary: 'How a survey or a poll was answered',
        params: z.strictObject({ survey: z.string().min(1).max(100) }),
        answers: { 200: api.surveyReport, 404: api.errorAnswer },
      },
      async (asking, { params }) => ok(await verbs.survey(asking, params.survey)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/orders/:id/claim`,
        name: 'claimOrder',
        may: 'adjust-points',
        summary: 'Gives a member one guest order, because the shop says that it is theirs',
        params: z.strictObject({ id: z.string().min(1).max(100) }),
        body: api.claimRequest,
        answers,
      },
      async (asking, { params, body }) => ok(await verbs.claim(asking, params.id, body)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/orders/:id/gift`,
        name: 'giveOrder',
        may: 'adjust-points',
        summary: 'Gives a member the membership that an order bought for them',
        params: z.strictObject({ id: z.string().min(1).max(100) }),
        body: api.giftRequest,
        answers,
      },
      async (asking, { params, body }) => ok(await verbs.give(asking, params.id, body)),
    ),
  ];
}
