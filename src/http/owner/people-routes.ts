import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './people-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Members, as those who answer their questions see them. */
export function peopleRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/members`,
        name: 'members',
        may: 'find-members',
        summary: 'Members, who came last first; or those that a text means',
        query: api.membersQuery,
        answers: { 200: api.membersAnswer },
      },
      async (asking, { query }) => ok(await verbs.members(asking, query)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/members`,
        name: 'enrolMember',
        may: 'enrol-members',
        summary: 'Makes somebody a member who asked for it in person; whoever is one already is found instead',
        body: api.enrolRequest,
        answers: { 200: api.enrolAnswer, 409: api.errorAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.enrol(asking, body)),
    ),
  ];
}
