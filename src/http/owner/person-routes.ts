import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './person-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** One member: what they have and why, and what is done with their account. */
export function personRoutes(verbs: OwnerVerbs): Route[] {
  return [...readingRoutes(verbs), ...actingRoutes(verbs)];
}

function readingRoutes(verbs: OwnerVerbs): Route[] {
  const shared = { method: 'get', params: api.personParams, may: 'find-members' } as const;
  return [
    forOwner(
      {
        ...shared,
        path: `${BASE}/members/:id`,
        name: 'person',
        summary: 'What a member has, is, and is made of; now or as of an instant',
        query: api.personQuery,
        answers: { 200: api.personAnswer, 404: api.errorAnswer },
      },
      async (asking, { params, query }) => ok(await verbs.person(asking, params.id, query)),
    ),
    forOwner(
      {
        ...shared,
        path: `${BASE}/members/:id/history`,
        name: 'personHistory',
        summary: 'Every line of a member with its reason, newest first, fifty at a time',
        query: api.personHistoryQuery,
        answers: { 200: api.personHistoryAnswer, 404: api.errorAnswer },
      },
      async (asking, { params, query }) => ok(await verbs.personHistory(asking, params.id, query)),
    ),
    forOwner(
      {
        ...shared,
        path: `${BASE}/members/:id/why`,
        name: 'whyOrder',
        summary: 'Why an order gave what it gave: the verdict of each rule',
        query: api.whyQuery,
        answers: { 200: api.whyAnswer, 404: api.errorAnswer },
      },
      async (asking, { params, query }) => ok(await verbs.whyOrder(asking, params.id, query)),
    ),
  ];
}

function actingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'put',
        path: `${BASE}/members/:id/blocked`,
        name: 'blockMember',
        may: 'block-members',
        summary: 'Puts a member on hold, or ends it: on hold no points are used',
        params: api.personParams,
        body: api.blockRequest,
        answers: { 204: null, 404: api.errorAnswer },
      },
      async (asking, { params, body }) => {
        await verbs.blockPerson(asking, params.id, body);
        return { status: 204 };
      },
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/members/:id/held`,
        name: 'heldOfMember',
        may: 'erase-members',
        summary: 'What erasing a member would take away, and what would stay without a name',
        params: api.personParams,
        answers: { 200: api.heldAnswer, 404: api.errorAnswer },
      },
      async (asking, { params }) => ok(await verbs.heldOfPerson(asking, params.id)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/members/:id/export`,
        name: 'exportMember',
        may: 'export-data',
        summary: 'All that is held of a member, to be handed over to them',
        params: api.personParams,
        answers: { 200: api.exportAnswer, 404: api.errorAnswer },
      },
      async (asking, { params }) => ({
        ...ok(await verbs.exportPerson(asking, params.id)),
        headers: { 'content-disposition': `attachment; filename="member-${params.id}.json"` },
      }),
    ),
    forOwner(
      {
        method: 'delete',
        path: `${BASE}/members/:id`,
        name: 'eraseMember',
        may: 'erase-members',
        summary: 'Forgets who a member is; the books keep their lines without a name',
        params: api.personParams,
        query: api.eraseQuery,
        answers: { 204: null, 404: api.errorAnswer, 422: api.errorAnswer },
      },
      async (asking, { params, query }) => {
        await verbs.erasePerson(asking, params.id, query.code);
        return { status: 204 };
      },
    ),
  ];
}
