import type { Route } from '../contract.js';
import * as api from './bulk-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

const AT = `${BASE}/bulk-adjustments`;
const params = api.bulkParams;
const refusals = { 404: errorAnswer, 409: errorAnswer };

/** Points for many members at once, or their hold: looked at, started, followed, stopped, undone. */
export function bulkRoutes(verbs: OwnerVerbs): Route[] {
  return [...lookingRoutes(verbs), ...stepRoutes(verbs)];
}

function lookingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'post',
        path: AT,
        name: 'lookAtBulk',
        may: 'adjust-points',
        summary: 'Counts what giving or taking points of many members at once would move; nothing moves yet',
        body: api.bulkRequest,
        answers: { 201: api.bulkState, 422: errorAnswer },
      },
      async (asking, { body }) => ({ status: 201, body: await verbs.lookAtBulk(asking, body) }),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/bulk-holds`,
        name: 'lookAtBulkHold',
        may: 'block-members',
        summary: 'Counts whom putting many members on hold, or ending their hold, would concern; nothing changes yet',
        body: api.bulkHoldRequest,
        answers: { 201: api.bulkState, 422: errorAnswer },
      },
      async (asking, { body }) => ({ status: 201, body: await verbs.lookAtBulkHold(asking, body) }),
    ),
    forOwner(
      {
        method: 'get',
        path: AT,
        name: 'bulks',
        may: 'adjust-points',
        summary: 'The last ones that were asked for, newest first',
        answers: { 200: api.bulksAnswer },
      },
      async (asking) => ok(await verbs.bulks(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${AT}/:id`,
        name: 'bulk',
        may: 'adjust-points',
        summary: 'One of them: what the look found, how far it is, what came out',
        params,
        answers: { 200: api.bulkState, 404: errorAnswer },
      },
      async (asking, { params: { id } }) => ok(await verbs.bulk(asking, id)),
    ),
  ];
}

function stepRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'post',
        path: `${AT}/:id/start`,
        name: 'startBulk',
        may: 'adjust-points',
        summary: 'Does what the look said; above your own amount in all it waits. Again changes nothing',
        params,
        answers: { 202: api.bulkState, ...refusals },
      },
      async (asking, { params: { id } }) => ({ status: 202, body: await verbs.startBulk(asking, id) }),
    ),
    forOwner(
      {
        method: 'post',
        path: `${AT}/:id/decision`,
        name: 'decideBulk',
        may: 'approve-adjustments',
        summary: 'Agrees to one that somebody else asked for, or refuses it',
        params,
        body: api.decisionRequest,
        answers: { 202: api.bulkState, ...refusals },
      },
      async (asking, { params: { id }, body }) => ({ status: 202, body: await verbs.decideBulk(asking, id, body) }),
    ),
    forOwner(
      {
        method: 'post',
        path: `${AT}/:id/undo`,
        name: 'undoBulk',
        may: 'adjust-points',
        summary: 'Takes everything back that it gave, or gives back what it took, each by its counterpart',
        params,
        body: api.undoRequest,
        answers: { 202: api.bulkState, ...refusals },
      },
      async (asking, { params: { id }, body }) => ({
        status: 202,
        body: await verbs.undoBulk(asking, id, body.reason),
      }),
    ),
    forOwner(
      {
        method: 'delete',
        path: `${AT}/:id`,
        name: 'cancelBulk',
        may: 'adjust-points',
        summary: 'Stops one that is under way, withdraws one that waits, removes one that was only looked at',
        params,
        answers: { 204: null, ...refusals },
      },
      async (asking, { params: { id } }) => {
        await verbs.cancelBulk(asking, id);
        return { status: 204 };
      },
    ),
  ];
}
