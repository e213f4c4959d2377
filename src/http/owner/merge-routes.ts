import * as z from 'zod';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer, listedMember, personParams } from './person-schemas.js';
import type { OwnerVerbs } from './verbs.js';

const points = z.string().regex(/^-?\d+$/);
const side = {
  balances: z.record(z.string(), z.strictObject({ available: points, pending: points, held: points, debt: points })),
  tier: z.string().nullable().meta({ description: 'the level’s id' }),
  tierName: z.string().nullable(),
  orders: z.int(),
};
const { id, name, email, phone, code, joined, status } = listedMember;
const person = z.strictObject({ id, name, email, phone, code, joined, status, ...side });

export const mergeQuery = z.strictObject({
  other: z.uuid().meta({ description: 'whoever is no member of their own any more afterwards' }),
  locale: z.enum(['en', 'nl', 'nb', 'pl']).default('en'),
});
export const mergePreviewAnswer = z.strictObject({
  kept: person,
  gone: person,
  merged: z.strictObject({ name, email, phone, status, ...side }),
  hash: z.string().meta({ description: 'of what was seen: merging asks for it' }),
});
export const mergeRequest = z.strictObject({ other: z.uuid(), hash: z.string().min(1).max(64) });

/** Two members who are one person: what they have, what they will have, and making them one. */
export function mergeRoutes(verbs: OwnerVerbs): Route[] {
  const failures = { 404: errorAnswer, 422: errorAnswer };
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/members/:id/merge`,
        name: 'previewMerge',
        may: 'merge-members',
        summary: 'What a member and another have, and what they will have as one',
        params: personParams,
        query: mergeQuery,
        answers: { ...failures, 200: mergePreviewAnswer },
      },
      async (asking, { params, query }) => ok(await verbs.previewMerge(asking, params.id, query)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/members/:id/merge`,
        name: 'mergeMembers',
        may: 'merge-members',
        summary: 'Makes another member this one, as it was seen before',
        params: personParams,
        body: mergeRequest,
        answers: { ...failures, 204: null, 409: errorAnswer },
      },
      async (asking, { params, body }) => {
        await verbs.mergeMembers(asking, params.id, body);
        return { status: 204 };
      },
    ),
  ];
}
