import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './settings-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Who works with the program, with which keys, on which stores; and what they did. */
export function settingsRoutes(verbs: OwnerVerbs): Route[] {
  return [
    ...staffRoutes(verbs),
    ...keyRoutes(verbs),
    ...lookingRoutes(verbs),
    ...troubleRoutes(verbs),
    ...showingRoutes(verbs),
  ];
}

function staffRoutes(verbs: OwnerVerbs): Route[] {
  const shared = {
    may: 'manage-staff',
    answers: { 200: api.staffAnswer, 404: api.errorAnswer, 409: api.errorAnswer },
  } as const;
  return [
    forOwner(
      {
        ...shared,
        method: 'get',
        path: `${BASE}/staff`,
        name: 'staff',
        may: 'see-audit',
        summary: 'Who works with the program',
      },
      async (asking) => ok(await verbs.staff(asking)),
    ),
    forOwner(
      {
        ...shared,
        method: 'post',
        path: `${BASE}/staff`,
        name: 'inviteStaff',
        summary: 'Lets somebody in, and sends them a link',
        body: api.inviteRequest,
      },
      async (asking, { body }) => ok(await verbs.inviteStaff(asking, body)),
    ),
    forOwner(
      {
        ...shared,
        method: 'put',
        path: `${BASE}/staff/:id`,
        name: 'changeStaff',
        summary: 'Gives somebody another role',
        params: api.numberParams,
        body: api.changeStaffRequest,
      },
      async (asking, { params, body }) => ok(await verbs.changeStaff(asking, params.id, body.role)),
    ),
    forOwner(
      {
        ...shared,
        method: 'delete',
        path: `${BASE}/staff/:id`,
        name: 'removeStaff',
        summary: 'Lets somebody in no more',
        params: api.numberParams,
      },
      async (asking, { params }) => ok(await verbs.removeStaff(asking, params.id)),
    ),
  ];
}

function keyRoutes(verbs: OwnerVerbs): Route[] {
  const may = 'manage-keys' as const;
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/api-keys`,
        name: 'apiKeys',
        may,
        summary: 'The keys of the owner’s own software',
        answers: { 200: api.keysAnswer },
      },
      async (asking) => ok(await verbs.keys(asking)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/api-keys`,
        name: 'createApiKey',
        may,
        summary: 'Makes a key; its text is given now and never again',
        body: api.keyRequest,
        answers: { 200: api.newKeyAnswer },
      },
      async (asking, { body }) => ok(await verbs.createKey(asking, body.name)),
    ),
    forOwner(
      {
        method: 'delete',
        path: `${BASE}/api-keys/:id`,
        name: 'revokeApiKey',
        may,
        summary: 'From now on the key opens nothing',
        params: api.numberParams,
        answers: { 200: api.keysAnswer, 404: api.errorAnswer },
      },
      async (asking, { params }) => ok(await verbs.revokeKey(asking, params.id)),
    ),
  ];
}

function showingRoutes(verbs: OwnerVerbs): Route[] {
  const shared = {
    path: `${BASE}/stores/:store/showing`,
    params: api.storeParams,
    answers: { 200: api.showing, 404: api.errorAnswer },
  } as const;
  return [
    forOwner(
      {
        ...shared,
        method: 'get',
        name: 'showing',
        may: 'see-program',
        summary: 'How a store shows the program, and to what share of its customers',
      },
      async (asking, { params }) => ok(await verbs.showing(asking, params.store)),
    ),
    forOwner(
      {
        ...shared,
        method: 'put',
        name: 'changeShowing',
        may: 'manage-store',
        summary: 'Changes how a store shows the program: colour, corner, pilot',
        body: api.showing,
      },
      async (asking, { params, body }) => ok(await verbs.changeShowing(asking, params.store, body)),
    ),
  ];
}

function lookingRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/audit`,
        name: 'auditLog',
        may: 'see-audit',
        summary: 'What was done and by whom, newest first, a hundred at a time',
        query: api.auditQuery,
        answers: { 200: api.auditAnswer },
      },
      async (asking, { query }) => ok(await verbs.audit(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/stores`,
        name: 'stores',
        may: 'see-program',
        summary: 'The stores and how each of them does',
        answers: { 200: api.storesAnswer },
      },
      async (asking) => ok(await verbs.stores(asking)),
    ),
  ];
}

function troubleRoutes(verbs: OwnerVerbs): Route[] {
  const shared = { path: `${BASE}/stores/:store/trouble`, params: api.storeParams } as const;
  return [
    forOwner(
      {
        ...shared,
        method: 'get',
        name: 'storeTrouble',
        may: 'mend-stores',
        summary: 'What of a store could not be read or done, and why',
        answers: { 200: api.troubleAnswer, 404: api.errorAnswer },
      },
      async (asking, { params }) => ok(await verbs.storeTrouble(asking, params.store)),
    ),
    forOwner(
      {
        ...shared,
        method: 'post',
        name: 'solveStoreTrouble',
        may: 'mend-stores',
        summary: 'Tries all of it again at once, or puts the messages aside that nobody can read',
        body: api.solveTroubleRequest,
        answers: { 200: api.troubleSolved, 404: api.errorAnswer },
      },
      async (asking, { params, body }) => ok(await verbs.solveStoreTrouble(asking, params.store, body.how)),
    ),
  ];
}
