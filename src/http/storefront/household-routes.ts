import type { Route } from '../contract.js';
import * as api from './household-schemas.js';
import { errorAnswer } from './schemas.js';
import { BASE, forCustomer, langOnly, ok } from './shopper-routes.js';
import type { StorefrontVerbs } from './verbs.js';

/** Members who share the account of one of them. */
export function householdRoutes(verbs: StorefrontVerbs): Route[] {
  const write = { limit: 'write' as const, query: langOnly };
  return [
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/household`,
        name: 'household',
        summary: 'Whom the member shares a household with, and who invites them into theirs',
        limit: 'read',
        query: langOnly,
        answers: { 200: api.householdAnswer },
      },
      async (customer) => ok(await verbs.household(customer)),
    ),
    forCustomer(
      {
        ...write,
        method: 'post',
        path: `${BASE}/household/invite`,
        name: 'inviteToHousehold',
        summary: 'Invites another member into the member’s own household; answered alike whoever is found',
        body: api.inviteRequest,
        answers: { 204: null, 409: errorAnswer },
      },
      async (customer, { body }) => {
        await verbs.inviteToHousehold(customer, body.to);
        return { status: 204 };
      },
    ),
    forCustomer(
      {
        ...write,
        method: 'post',
        path: `${BASE}/household/accept`,
        name: 'acceptHousehold',
        summary: 'Comes into the household of whoever invited: what the member earns is the head’s from now on',
        body: api.acceptRequest,
        answers: { 200: api.householdAnswer, 409: errorAnswer },
      },
      async (customer, { body }) => ok(await verbs.acceptHousehold(customer, body.invitation)),
    ),
    forCustomer(
      {
        ...write,
        method: 'post',
        path: `${BASE}/household/leave`,
        name: 'leaveHousehold',
        summary: 'Leaves the household, or ends it where the member is its head; what was earned stays the head’s',
        answers: { 200: api.householdAnswer },
      },
      async (customer) => ok(await verbs.leaveHousehold(customer)),
    ),
  ];
}
