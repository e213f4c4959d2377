import * as z from 'zod';
import type { Route } from '../contract.js';
import * as api from './export-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

const params = z.strictObject({ id: z.uuid() });
const may = 'export-everything';

/** Everything of the program in one file: asked for, made by a worker, fetched, thrown away. */
export function exportRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        ...{ method: 'post', path: `${BASE}/exports`, name: 'askExport', may },
        summary: 'Asks for everything of the program in one file; a worker makes it',
        body: api.exportRequest,
        answers: { 202: api.exportState, 403: errorAnswer, 409: errorAnswer },
      },
      async (asking, { body }) => ({ status: 202, body: await verbs.askExport(asking, body) }),
    ),
    forOwner(
      {
        ...{ method: 'get', path: `${BASE}/exports`, name: 'exports', may },
        summary: 'The last exports, newest first, and how far the one under way is',
        answers: { 200: api.exportsAnswer },
      },
      async (asking) => ok(await verbs.exports(asking)),
    ),
    forOwner(
      {
        ...{ method: 'get', path: `${BASE}/exports/:id/file`, name: 'exportFile', may },
        summary: 'The finished file: a ZIP archive of CSV and lines of JSON, with a manifest of counts and checksums',
        params,
        answers: { 200: null, 404: errorAnswer, 409: errorAnswer },
      },
      async (asking, { params: { id } }) => {
        const { name, body } = await verbs.exportFile(asking, id);
        const headers = { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` };
        return { status: 200, body, headers };
      },
    ),
    forOwner(
      {
        ...{ method: 'delete', path: `${BASE}/exports/:id`, name: 'endExport', may },
        summary: 'Stops an export that is being made, or throws a finished one away',
        params,
        answers: { 204: null, 404: errorAnswer },
      },
      async (asking, { params: { id } }) => {
        await verbs.endExport(asking, id);
        return { status: 204 };
      },
    ),
  ];
}
