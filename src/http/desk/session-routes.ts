import { type Route, route } from '../contract.js';
import { BASE, forOwner, ok } from '../owner/owner-route.js';
import { cookieName, sessionOf } from './owner-caller.js';
import { mailRoutes } from './mail-routes.js';
import { passkeyRoutes } from './passkey-routes.js';
import * as api from './schemas.js';
import type { DeskVerbs } from './verbs.js';

/** Coming to the desk and leaving it. `secure` = browsers reach us by https. */
export function sessionRoutes(verbs: DeskVerbs, secure: boolean): Route[] {
  const cookie = (value: string, maxAge: number) =>
    `${cookieName(secure)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`;
  return [
    route({
      method: 'post',
      path: '/admin/sign-in',
      name: 'askForSignInLink',
      summary: 'Sends a link to whoever’s mailbox it is; says the same for every mailbox',
      policy: { kind: 'open', why: 'one who signs in is not known yet; the link goes to the mailbox alone' },
      limit: 'outside',
      body: api.signInRequest,
      answers: { 202: null, 400: api.errorAnswer, 429: api.errorAnswer },
      async handle({ body, now }) {
        // how long it takes would tell whether the mailbox is known
        void verbs.askForLink(body.email, now);
        return { status: 202 };
      },
    }),
    route({
      method: 'post',
      path: '/admin/enter',
      name: 'enterDesk',
      summary: 'Turns a link into a session, once',
      policy: { kind: 'open', why: 'the link itself is the proof' },
      limit: 'outside',
      body: api.enterRequest,
      answers: { 204: null, 400: api.errorAnswer, 410: api.errorAnswer, 429: api.errorAnswer },
      async handle({ body, now }) {
        const { session, endsAt } = await verbs.enter(body.link, now);
        return { status: 204, headers: { 'set-cookie': cookie(session, Math.floor((endsAt - now) / 1000)) } };
      },
    }),
    route({
      method: 'post',
      path: '/admin/leave',
      name: 'leaveDesk',
      summary: 'Signs out',
      policy: { kind: 'open', why: 'ends nothing but the session that it carries' },
      limit: 'outside',
      answers: { 204: null, 429: api.errorAnswer },
      async handle({ header }) {
        const session = sessionOf(header('cookie'), secure);
        if (session !== null) await verbs.leave(session);
        return { status: 204, headers: { 'set-cookie': cookie('', 0) } };
      },
    }),
    ...meRoutes(verbs),
    ...passkeyRoutes(verbs, cookie),
    ...mailRoutes(verbs),
  ];
}

function meRoutes(verbs: DeskVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/me`,
        name: 'me',
        may: 'see-program',
        summary: 'Who asks, what they may do, and of which program',
        answers: { 200: api.meAnswer },
      },
      async (asking) => ok(await verbs.me(asking)),
    ),
    forOwner(
      {
        method: 'put',
        path: `${BASE}/me`,
        name: 'changeMe',
        may: 'see-program',
        summary: 'The language in which the desk speaks to one',
        body: api.changeMeRequest,
        answers: { 200: api.meAnswer, 409: api.errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.changeMe(asking, body)),
    ),
  ];
}
