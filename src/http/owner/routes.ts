import * as z from 'zod';
import { programFileSchema } from '../../programs/json-schema.js';
import { type Route, route } from '../contract.js';
import { adjustmentRoutes } from './adjustment-routes.js';
import { exportRoutes } from './export-routes.js';
import { galleryRoutes } from './gallery-routes.js';
import { bulkRoutes } from './bulk-routes.js';
import { importRoutes } from './import-routes.js';
import { leaderboardRoutes } from './leaderboard-routes.js';
import { ownerMemberRoutes } from './member-routes.js';
import { mergeRoutes } from './merge-routes.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { peopleRoutes } from './people-routes.js';
import { personRoutes } from './person-routes.js';
import { planRoutes } from './plan-routes.js';
import { promotionRoutes } from './promotion-routes.js';
import { noDraft, publishingRoutes } from './publishing-routes.js';
import * as api from './schemas.js';
import { overviewRoutes } from './overview-routes.js';
import { ledgerRoutes } from './ledger-routes.js';
import { reminderRoutes } from './reminder-routes.js';
import { reportRoutes } from './report-routes.js';
import { trialRoutes } from './trial-routes.js';
import { settingsRoutes } from './settings-routes.js';
import { redemptionRoutes } from './redemption-routes.js';
import { showingRoutes } from './showing-routes.js';
import { causeRoutes } from './cause-routes.js';
import { householdRoutes } from './household-routes.js';
import { sendingRoutes } from './sending-routes.js';
import { simulationRoutes } from './simulation-routes.js';
import { stockRoutes } from './stock-routes.js';
import { stickerRoutes } from './sticker-routes.js';
import type { OwnerVerbs } from './verbs.js';

/** What an owner's software may see and do: the program as a file, its versions, the draft of the next one, members by hand, promotions. */
export function ownerRoutes(verbs: OwnerVerbs): Route[] {
  return [
    schemaRoute(),
    ...galleryRoutes(),
    ...readingRoutes(verbs),
    ...draftRoutes(verbs),
    ...publishingRoutes(verbs),
    ...planRoutes(verbs),
    ...showingRoutes(verbs),
    ...redemptionRoutes(verbs),
    ...simulationRoutes(verbs),
    ...adjustmentRoutes(verbs),
    ...bulkRoutes(verbs),
    ...ownerMemberRoutes(verbs),
    ...peopleRoutes(verbs),
    ...personRoutes(verbs),
    ...mergeRoutes(verbs),
    ...promotionRoutes(verbs),
    ...leaderboardRoutes(verbs),
    ...stickerRoutes(verbs),
    ...stockRoutes(verbs),
    ...settingsRoutes(verbs),
    ...importRoutes(verbs),
    ...exportRoutes(verbs),
    ...overviewRoutes(verbs),
    ...ledgerRoutes(verbs),
    ...reportRoutes(verbs),
    ...trialRoutes(verbs),
    ...reminderRoutes(verbs),
    ...sendingRoutes(verbs),
    ...householdRoutes(verbs),
    ...causeRoutes(verbs),
  ];
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
        may: 'see-program',
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
        may: 'see-program',
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
        may: 'see-program',
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
        may: 'see-program',
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
        may: 'edit-drafts',
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
        may: 'edit-drafts',
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
