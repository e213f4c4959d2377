import { type Call, type Route, route } from '../contract.js';
import { BASE, forOwner, ok } from '../owner/owner-route.js';
import * as api from './passkey-schemas.js';
import type { DeskVerbs } from './verbs.js';

/** The address in the browser's bar, in the browser's own word. */
const addressOf = ({ header }: Pick<Call<unknown, unknown, unknown>, 'header'>): string => header('host') ?? '';

/** Signing in by one's device. `cookie` = the header that begins a session. */
export function passkeyRoutes(verbs: DeskVerbs, cookie: (session: string, seconds: number) => string): Route[] {
  return [
    route({
      method: 'post',
      path: '/admin/passkey/challenge',
      name: 'passkeyChallenge',
      summary: 'Something for a device to sign',
      policy: {
        kind: 'open',
        why: 'one who signs in is not known yet; it proves nothing before a known device has signed it',
      },
      limit: 'outside',
      answers: { 200: api.challengeAnswer, 429: api.errorAnswer },
      handle: async (call) => ok(verbs.challenge(addressOf(call), call.now)),
    }),
    route({
      method: 'post',
      path: '/admin/passkey',
      name: 'enterByPasskey',
      summary: 'Turns a challenge that a device signed into a session, once',
      policy: { kind: 'open', why: 'the signature itself is the proof' },
      limit: 'outside',
      body: api.signedRequest,
      answers: { 204: null, 400: api.errorAnswer, 401: api.errorAnswer, 429: api.errorAnswer },
      async handle(call) {
        const { session, endsAt } = await verbs.enterByPasskey(call.body, addressOf(call), call.now);
        return { status: 204, headers: { 'set-cookie': cookie(session, Math.floor((endsAt - call.now) / 1000)) } };
      },
    }),
    ...ownRoutes(verbs),
  ];
}

function ownRoutes(verbs: DeskVerbs): Route[] {
  const shared = {
    may: 'see-program',
    answers: { 200: api.passkeysAnswer, 404: api.errorAnswer, 409: api.errorAnswer },
  } as const;
  return [
    forOwner(
      { ...shared, method: 'get', path: `${BASE}/me/passkeys`, name: 'passkeys', summary: 'One’s own passkeys' },
      async (asking) => ok(await verbs.passkeys(asking)),
    ),
    forOwner(
      {
        ...shared,
        method: 'post',
        path: `${BASE}/me/passkeys/challenge`,
        name: 'passkeyToAdd',
        summary: 'What a device needs to make a passkey for one; keeps nothing',
        answers: { 200: api.newPasskeyAnswer, 409: api.errorAnswer },
      },
      async (asking, call) => ok(await verbs.passkeyToAdd(asking, addressOf(call))),
    ),
    forOwner(
      {
        ...shared,
        method: 'post',
        path: `${BASE}/me/passkeys`,
        name: 'addPasskey',
        summary: 'Keeps the public half of a passkey that one’s device has just made',
        body: api.addPasskeyRequest,
      },
      async (asking, call) => ok(await verbs.addPasskey(asking, call.body, addressOf(call))),
    ),
    forOwner(
      {
        ...shared,
        method: 'delete',
        path: `${BASE}/me/passkeys/:id`,
        name: 'removePasskey',
        summary: 'Lets a passkey of one’s own in no more',
        params: api.passkeyParams,
      },
      async (asking, { params }) => ok(await verbs.removePasskey(asking, params.id)),
    ),
  ];
}
