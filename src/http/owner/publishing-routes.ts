import { AppError } from '../../lib/errors.js';
import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** From a draft to a version, and back to an older one; each with what it would change in words. */
export function publishingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'post',
        path: `${BASE}/draft/check`,
        name: 'checkDraft',
        may: 'see-program',
        summary: 'What is wrong with the draft, and which of its examples do not come out as they say',
        query: api.checkQuery,
        answers: { 200: api.checkAnswer, 404: api.errorAnswer },
      },
      async (asking, { query }) => ok((await verbs.checkDraft(asking, query.locale)) ?? noDraft()),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/diff`,
        name: 'programDiff',
        may: 'see-program',
        summary: 'What changes from one version, or the draft, to another, in plain words',
        query: api.diffQuery,
        answers: { 200: api.diffAnswer, 404: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.diff(asking, query)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/publish`,
        name: 'publishDraft',
        may: 'publish',
        summary:
          'Publishes the draft that was seen, at once or from an instant to come; its examples must come out as they say',
        body: api.publishRequest,
        answers: { 200: api.publishedAnswer, 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.publish(asking, body)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/rollback`,
        name: 'rollBack',
        may: 'publish',
        summary: 'Publishes an older version once more, as the next one',
        body: api.rollBackRequest,
        answers: { 200: api.publishedAnswer, 404: api.errorAnswer, 409: api.errorAnswer, 422: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.rollBack(asking, body)),
    ),
  ];
}

export function noDraft(): never {
  throw new AppError('not_found', 404, 'There is no draft: keep one with PUT /api/v1/draft.');
}
