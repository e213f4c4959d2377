import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { makeDeskVerbs } from '../../../src/http/desk/make-verbs.js';
import { sessionRoutes } from '../../../src/http/desk/session-routes.js';
import { makeLimiter } from '../../../src/http/limits.js';
import { createLogger } from '../../../src/lib/logger.js';
import type { Mail } from '../../../src/lib/mail.js';
import { addStaff } from '../../../src/staff/people.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';
import { aGate, serving, type Serving } from '../serving.js';

/** G, T35: links are asked for by anybody, for any mailbox: nobody learns whose it is, and nobody's is flooded. */
const stage = ledgerStage();
const mails: Mail[] = [];
/** What was answered and went on behind it. */
const behind: Promise<void>[] = [];
let served: Serving;

const MARTA = 'marta@shop.example';

beforeAll(async () => {
  const program = await stage.service.program(LEDGER_RULES, 'Bean Club');
  await inTransaction(stage.db.app, { programs: [program] }, async (tx) => {
    for (const email of [MARTA, 'lou@shop.example', 'kees@shop.example'])
      await addStaff(tx, program, { email, role: 'support', name: email, locale: 'nl' }, 'test');
  });
  const verbs = makeDeskVerbs({
    db: stage.db.app,
    mailer: { send: async (mail: Mail) => void mails.push(mail) },
    publicUrl: 'https://desk.example',
    log: createLogger('silent'),
    mailFrom: null,
    lookUpMailDomain: async () => null,
    limiter: makeLimiter(null),
    keys: [{ id: 'k1', key: Buffer.alloc(32, 7) }],
  });
  const watched: typeof verbs = {
    ...verbs,
    askForLink(...asked) {
      const going = verbs.askForLink(...asked);
      behind.push(going);
      return going;
    },
  };
  served = await serving(sessionRoutes(watched, false), aGate({}, { outside: 1e6 }));
});
afterAll(() => served.close());

/** The status of the answer, which is empty. */
async function ask(email: string): Promise<number> {
  const answer = await fetch(`${served.url}/admin/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  expect(await answer.text()).toBe('');
  return answer.status;
}
const sentTo = async (email: string) => {
  await Promise.all(behind);
  return mails.filter(({ to }) => to.toLowerCase() === email).length;
};

test('the answer waits for nothing that is done for a known mailbox alone', async () => {
  const held = await stage.db.owner.pool.connect();
  try {
    await held.query('begin; lock table staff, sign_in_link in access exclusive mode');
    expect([await ask('kees@shop.example'), await ask('nobody@shop.example'), mails]).toEqual([202, 202, []]);
  } finally {
    await held.query('rollback');
    held.release();
  }
  expect([await sentTo('kees@shop.example'), mails.length]).toEqual([1, 1]);
});

test('a mailbox is sent five links in a quarter of an hour, however it is spelt, and is answered as always; others are not kept waiting', async () => {
  const answers = [];
  for (let n = 0; n < 8; n++) answers.push(await ask(n % 2 === 0 ? MARTA : MARTA.toUpperCase()));
  expect([new Set(answers), await sentTo(MARTA)]).toEqual([new Set([202]), 5]);
  expect([await ask('lou@shop.example'), await sentTo('lou@shop.example')]).toEqual([202, 1]);
});
