import * as z from 'zod';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer, personParams } from './person-schemas.js';
import type { OwnerVerbs } from './verbs.js';

const person = {
  member: z.uuid(),
  name: z.string().nullable().meta({ description: 'null when it is not known, or your role may not see names' }),
};
export const householdView = z.strictObject({
  household: z
    .strictObject({
      head: z.strictObject(person),
      others: z.array(z.strictObject({ ...person, since: z.iso.datetime() })),
    })
    .nullable()
    .meta({ description: 'null = the member is in none' }),
});
export const shareRequest = z.strictObject({ member: z.uuid() });

/** Members who share the account of one of them, the head. */
export function householdRoutes(verbs: OwnerVerbs): Route[] {
  const change = { may: 'merge-members' as const, params: personParams };
  const failures = { 404: errorAnswer, 409: errorAnswer };
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/members/:id/household`,
        name: 'householdOf',
        may: 'find-members',
        summary: 'Whom a member shares a household with',
        params: personParams,
        answers: { 200: householdView, 404: errorAnswer },
      },
      async (asking, { params }) => ok(await verbs.householdOf(asking, params.id)),
    ),
    forOwner(
      {
        ...change,
        method: 'post',
        path: `${BASE}/members/:id/household`,
        name: 'addToHousehold',
        summary:
          'Brings another member into the household whose head this one is: what they earn from now on is the head’s',
        body: shareRequest,
        answers: { ...failures, 200: householdView },
      },
      async (asking, { params, body }) => ok(await verbs.addToHousehold(asking, params.id, body.member)),
    ),
    forOwner(
      {
        ...change,
        method: 'post',
        path: `${BASE}/members/:id/household/head`,
        name: 'changeHead',
        summary: 'Makes this member the head of the household that they are in; what was earned stays with whoever was',
        answers: { ...failures, 200: householdView },
      },
      async (asking, { params }) => ok(await verbs.changeHead(asking, params.id)),
    ),
    forOwner(
      {
        ...change,
        method: 'delete',
        path: `${BASE}/members/:id/household`,
        name: 'removeFromHousehold',
        summary:
          'Takes a member out of their household, or ends it where they are its head; what was earned stays the head’s',
        answers: { 204: null, 404: errorAnswer },
      },
      async (asking, { params }) => {
        await verbs.removeFromHousehold(asking, params.id);
        return { status: 204 };
      },
    ),
  ];
}
