import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { programFileSchema } from '../../programs/json-schema.js';
import { type Call, type Declaration, type Reply, type Route, route } from '../contract.js';
import * as api from './schemas.js';
import type { Asking, OwnerVerbs } from './verbs.js';

export const BASE = '/api/v1';

export const ok = (body: unknown): Reply => ({ status: 200, body });
const refusals = { 400: api.errorAnswer, 401: api.errorAnswer, 429: api.errorAnswer, 503: api.errorAnswer };

/** A route for whoever holds an API key of the program; it is about that program and no other. */
export function forOwner<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType = z.ZodUndefined>(
  declaration: Omit<Declaration<P, Q, B>, 'policy' | 'limit' | 'handle'>,
  handle: (asking: Asking, call: Call<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Reply>,
): Route {
  return route({
    ...declaration,
    answers: { ...refusals, ...declaration.answers },
    policy: { kind: 'owner' },
    limit: 'owner',
    handle: (call) => {
      if (!call.owner) throw new Error('an owner’s route ran without its key');
      return handle({ owner: call.owner, now: call.now }, call);
    },
  });
}

/** The program as a file, its versions, and the draft of the next one. */
export function ownerRoutes(verbs: OwnerVerbs): Route[] {
  return [schemaRoute(), ...readingRoutes(verbs), ...draftRoutes(verbs)];
}

function schemaRoute(): Route {
  return route({
    method: 'get',
    path: `${BASE}/program-schema`,
    name: 'programSchema',
    summary: 'The JSON schema of program files',
    policy: { kind: 'open', why: 'the format of program files is the same for everybody, and no secret' },
    limit: 'outside',
    answers: { 200: z.record(z.string(), z.unknown()), 429: api.errorAnswer },
    handle: async () => ok(programFileSchema),
  });
}

function readingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/program`,
        name: 'programFile',
        summary: 'The program in force, as a file',
        answers: { 200: api.versionAnswer, 409: api.errorAnswer },
      },
      async (asking) => ok(await verbs.program(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/versions`,
        name: 'programVersions',
        summary: 'All published versions, oldest first',
        answers: { 200: api.versionsAnswer, 409: api.errorAnswer },
      },
      async (asking) => ok(await verbs.versions(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/versions/:version`,
        name: 'programVersion',
        summary: 'A published version, as a file',
        params: z.strictObject({ version: z.coerce.number<string>().int().min(1).max(1e9) }),
        answers: { 200: api.versionAnswer, 404: api.errorAnswer },
      },
      async (asking, { params }) => ok(await verbs.version(asking, params.version)),
    ),
  ];
}

function draftRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/draft`,
        name: 'draft',
        summary: 'The draft of the next version',
        answers: { 200: api.draftAnswer, 404: api.errorAnswer },
      },
      async (asking) => ok((await verbs.draft(asking)) ?? noDraft()),
    ),
    forOwner(
      {
        method: 'put',
        path: `${BASE}/draft`,
        name: 'saveDraft',
        summary: 'Keeps a draft in the place of the one that was seen; changes nothing for members',
        body: api.draftRequest,
        answers: { 200: api.draftAnswer, 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.saveDraft(asking, body)),
    ),
    forOwner(
      {
        method: 'delete',
        path: `${BASE}/draft`,
        name: 'discardDraft',
        summary: 'Lets the draft go',
        query: z.strictObject({ hash: api.hash }),
        answers: { 204: null, 409: api.errorAnswer },
      },
      async (asking, { query }) => {
        await verbs.discardDraft(asking, query.hash);
        return { status: 204 };
      },
    ),
  ];
}

function noDraft(): never {
  throw new AppError('not_found', 404, 'There is no draft: keep one with PUT /api/v1/draft.');
}
