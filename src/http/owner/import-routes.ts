import * as z from 'zod';
import type { Route } from '../contract.js';
import * as api from './import-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

const params = z.strictObject({ id: z.uuid() });
const csv = (name: string) => ({
  'content-type': 'text/csv; charset=utf-8; header=present',
  'content-disposition': `attachment; filename="${name}"`,
});

/** Members and balances from a file: sent, looked at, checked without doing it, done, compared, undone. */
export function importRoutes(verbs: OwnerVerbs): Route[] {
  return [...fileRoutes(verbs), ...problemRoutes(verbs), ...stepRoutes(verbs)];
}

function fileRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'post',
        path: `${BASE}/imports`,
        name: 'sendImport',
        may: 'import-data',
        summary: 'Takes a CSV of members and balances, at most 20 MB, and gives nothing yet',
        query: api.importQuery,
        takes: 'text/csv',
        answers: { 201: api.importAnswer, 409: errorAnswer, 413: errorAnswer, 415: errorAnswer, 422: errorAnswer },
      },
      async (asking, { query, bytes }) => {
        if (!bytes) throw new Error('a route that takes a file ran without one');
        return { status: 201, body: await verbs.sendImport(asking, query, bytes) };
      },
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/imports`,
        name: 'imports',
        may: 'import-data',
        summary: 'The last imports, newest first, and where files may come from',
        answers: { 200: api.importsAnswer },
      },
      async (asking) => ok(await verbs.imports(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/imports/:id`,
        name: 'import',
        may: 'import-data',
        summary: 'One import: its first rows and proposed columns, its dry run, how far it is, what came out',
        params,
        answers: { 200: api.importAnswer, 404: errorAnswer },
      },
      async (asking, { params: { id } }) => ok(await verbs.import(asking, id)),
    ),
  ];
}

function problemRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/imports/:id/problems`,
        name: 'importProblems',
        may: 'import-data',
        summary: 'Rows that cannot be used, and why, a hundred at a time',
        params,
        query: api.problemsQuery,
        answers: { 200: api.problemsAnswer, 404: errorAnswer },
      },
      async (asking, { params: { id }, query }) => ok(await verbs.importProblems(asking, id, query.after)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/imports/:id/problems.csv`,
        name: 'importProblemsFile',
        may: 'import-data',
        summary: 'All rows that cannot be used, as CSV: number and reason',
        params,
        answers: { 200: null, 404: errorAnswer },
      },
      async (asking, { params: { id } }) => ({
        status: 200,
        body: await verbs.importProblemsFile(asking, id),
        headers: csv('problems.csv'),
      }),
    ),
  ];
}

function stepRoutes(verbs: OwnerVerbs): Route[] {
  const refusals = { 404: errorAnswer, 409: errorAnswer };
  return [
    forOwner(
      {
        method: 'put',
        path: `${BASE}/imports/:id/mapping`,
        name: 'checkImport',
        may: 'import-data',
        summary: 'Says which column is what, and asks for the dry run; a worker makes it',
        params,
        body: api.importMapping,
        answers: { 202: api.importState, ...refusals, 422: errorAnswer },
      },
      async (asking, { params: { id }, body }) => ({ status: 202, body: await verbs.checkImport(asking, id, body) }),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/imports/:id/start`,
        name: 'startImport',
        may: 'import-data',
        summary: 'Does what the dry run said; a worker gives the balances. Again changes nothing',
        params,
        answers: { 202: api.importState, ...refusals },
      },
      async (asking, { params: { id } }) => ({ status: 202, body: await verbs.startImport(asking, id) }),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/imports/:id/undo`,
        name: 'undoImport',
        may: 'import-data',
        summary: 'Takes back all that an import gave, as long as nothing of it was spent',
        params,
        answers: { 202: api.importState, ...refusals },
      },
      async (asking, { params: { id } }) => ({ status: 202, body: await verbs.undoImport(asking, id) }),
    ),
    forOwner(
      {
        method: 'delete',
        path: `${BASE}/imports/:id`,
        name: 'cancelImport',
        may: 'import-data',
        summary: 'Stops one that is being brought; removes one that has given nothing',
        params,
        answers: { 204: null, ...refusals },
      },
      async (asking, { params: { id } }) => {
        await verbs.cancelImport(asking, id);
        return { status: 204 };
      },
    ),
  ];
}
