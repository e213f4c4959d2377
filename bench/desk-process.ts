import * as z from 'zod';
import { inTransaction, inTransactionAtOnce, openDatabase } from '../src/db/database.js';
import { makeDeskVerbs, staffProof } from '../src/http/desk/make-verbs.js';
import { cookieName } from '../src/http/desk/owner-caller.js';
import { deskPages, readBuiltDesk } from '../src/http/desk/pages.js';
import { sessionRoutes } from '../src/http/desk/session-routes.js';
import { makeLimiter } from '../src/http/limits.js';
import { makeOwnerVerbs, ownerProof } from '../src/http/owner/make-verbs.js';
import { BASE, forOwner, ok } from '../src/http/owner/owner-route.js';
import { ownerRoutes } from '../src/http/owner/routes.js';
import { createLogger } from '../src/lib/logger.js';
import { loggingMailer } from '../src/lib/mail.js';
import { createApiKey } from '../src/loyalty/api-keys.js';
import { makeLoyalty } from '../src/loyalty/make-loyalty.js';
import { addStaff } from '../src/staff/people.js';
import { beginSession } from '../src/staff/sign-in.js';
import { aGate, findStore, serving } from '../test/http/serving.js';
import { beChild } from './child.js';
import { KEYS, SHARDS } from './population.js';

export interface DeskSettings {
  url: string;
  program: string;
  /** Where the built desk is. */
  built: string;
}

/** Where the desk is, and two ways in as its owner: a key, and the cookie of a session. */
export interface OpenDesk {
  url: string;
  key: string;
  cookie: { name: string; value: string };
}

const READ = 'select id, public_id, referral_code from member where program_id = $1 and id = $2';
/** The desk as the web process serves it, and beside it a route that reads one row by its primary key. */
beChild(async ({ url, program, built }: DeskSettings) => {
  // sums are waited for, however busy the machine is: how long they took is told
  const db = await openDatabase(url, { role: 'app', max: 4, statementTimeoutMs: 60_000 });
  const loyalty = makeLoyalty(KEYS, SHARDS);
  const verbs = makeOwnerVerbs({ db, loyalty, ringEffects: () => undefined, sendSignInLinks: async () => undefined });
  const log = createLogger('silent');
  const mailing = {
    mailer: loggingMailer(log),
    mailFrom: null,
    lookUpMailDomain: () => Promise.reject(new Error('no mail here')),
  };
  const desk = makeDeskVerbs({
    ...mailing,
    db,
    publicUrl: 'http://127.0.0.1',
    keys: KEYS,
    log,
    limiter: makeLimiter(null),
  });
  const files = readBuiltDesk(built);
  const byKey = forOwner(
    {
      ...{ method: 'get', path: `${BASE}/by-key/:id`, name: 'byKey', may: 'find-members', summary: 'One row' },
      params: z.strictObject({ id: z.string() }),
      answers: { 200: z.record(z.string(), z.unknown()) },
    },
    async ({ owner }, { params }) => {
      const values = [owner.program, params.id];
      const [row] = await inTransactionAtOnce(db, { programs: [owner.program] }, (tx) =>
        tx.prepared('by_key', READ, values),
      );
      return ok(row);
    },
  );
  const gate = aGate({ owner: ownerProof(db), staff: staffProof(db, findStore) }, { owner: 1e9, outside: 1e9 });
  const routes = [...ownerRoutes(verbs), ...sessionRoutes(desk, false), ...deskPages(() => files), byKey];
  const served = await serving(routes, gate);
  const ways = await inTransaction(db, { programs: [program] }, async (tx) => {
    const { text: key } = await createApiKey(tx, program, 'bench', 'command');
    const person = { email: 'owner@example.test', name: 'Owner', role: 'owner', locale: 'en' } as const;
    const { id: staff } = await addStaff(tx, program, person, 'command');
    const { session } = await beginSession(tx, program, { staff, byMail: true }, Date.now());
    return { key, cookie: { name: cookieName(false), value: session } };
  });
  return { open: async (): Promise<OpenDesk> => ({ url: served.url, ...ways }) };
});
