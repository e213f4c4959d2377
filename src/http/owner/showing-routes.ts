import { vocabularies } from '../../programs/diff/changes-in-words.js';
import { type Route, route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './showing-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** A program before anybody meets it: what it says, what it gives, its file. */
export function showingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    route({
      method: 'get',
      path: `${BASE}/program-words`,
      name: 'programWords',
      summary: 'What the fields of a program file and what they may hold are called, in one language',
      policy: { kind: 'open', why: 'the words of the format are the same for everybody, and no secret' },
      limit: 'outside',
      query: api.wordsQuery,
      answers: { 200: api.wordsAnswer, 400: api.errorAnswer, 429: api.errorAnswer },
      handle: async ({ query }) => ok({ words: vocabularies[query.locale] }),
    }),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/preview`,
        name: 'previewProgram',
        may: 'see-program',
        summary: 'What a shopper would read of a program, and what orders would give by it; writes nothing',
        body: api.previewRequest,
        answers: { 200: api.previewAnswer, 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.preview(asking, body)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/program-text`,
        name: 'programText',
        may: 'see-program',
        summary: 'The text of the program’s file, to keep or to change elsewhere',
        query: api.textQuery,
        answers: { 200: api.textAnswer, 404: api.errorAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.programText(asking, query)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/program-text`,
        name: 'readProgramText',
        may: 'edit-drafts',
        summary: 'Reads the text of a program’s file, YAML or JSON; keeps nothing: PUT /api/v1/draft does',
        body: api.textRequest,
        answers: { 200: api.readAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.readText(asking, body.text)),
    ),
  ];
}
