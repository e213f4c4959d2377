import type { Route } from '../contract.js';
import * as api from './adjustment-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import type { OwnerVerbs } from './verbs.js';

/** Points given and taken by hand: within limits, above an amount with a second person, and taken back. */
export function adjustmentRoutes(verbs: OwnerVerbs): Route[] {
  return [...actingRoutes(verbs), ...waitingRoutes(verbs), ...limitRoutes(verbs)];
}

const failures = { 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer };

function actingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'post',
        path: `${BASE}/members/:id/adjustments`,
        name: 'adjustMember',
        may: 'adjust-points',
        summary: 'Gives or takes points by hand, with a reason that the member reads; above your own amount it waits',
        params: api.memberParams,
        body: api.adjustmentRequest,
        answers: { ...failures, 200: api.adjustedAnswer },
      },
      async (asking, { params, body }) => ok(await verbs.adjust(asking, params.id, body)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/members/:id/adjustments/:adjustment/undo`,
        name: 'undoAdjustment',
        may: 'adjust-points',
        summary: 'Takes an adjustment back by its counterpart, once; one that waits is withdrawn',
        params: api.undoParams,
        body: api.undoRequest,
        answers: { ...failures, 200: api.adjustedAnswer },
      },
      async (asking, { params, body }) => ok(await verbs.undoAdjustment(asking, params, body.reason)),
    ),
  ];
}

function waitingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/adjustments`,
        name: 'adjustments',
        may: 'adjust-points',
        summary: 'Adjustments that wait for a second person, or all of one member',
        query: api.adjustmentsQuery,
        answers: { 200: api.adjustmentsAnswer, 404: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.adjustments(asking, query)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/adjustments/:id/decision`,
        name: 'decideAdjustment',
        may: 'approve-adjustments',
        summary: 'Agrees to an adjustment that somebody else asked for, or refuses it',
        params: api.decisionParams,
        body: api.decisionRequest,
        answers: { ...failures, 200: api.decisionAnswer },
      },
      async (asking, { params, body }) => ok(await verbs.decideAdjustment(asking, params.id, body)),
    ),
  ];
}

function limitRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/adjustment-limits`,
        name: 'adjustmentLimits',
        may: 'adjust-points',
        summary: 'What each role gives or takes by hand, and what is left of your day',
        answers: { 200: api.limitsAnswer },
      },
      async (asking) => ok(await verbs.adjustmentLimits(asking)),
    ),
    forOwner(
      {
        method: 'put',
        path: `${BASE}/adjustment-limits`,
        name: 'limitAdjustments',
        may: 'manage-staff',
        summary: 'Changes what one role gives or takes by hand',
        body: api.limitRequest,
        answers: { 200: api.limitsAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.limitAdjustments(asking, body)),
    ),
  ];
}
