import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { makeOwnerVerbs, ownerProof } from '../../src/http/owner/make-verbs.js';
import { ownerRoutes } from '../../src/http/owner/routes.js';
import { createApiKey } from '../../src/loyalty/api-keys.js';
import { programRules } from '../../src/rules/program-rules.js';
import { aGate, bearer, serving, type Serving } from '../http/serving.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';

/** C18, C6: the owner's software tells events and reads reports, by HTTP with a program's API key, on a real database. */
const stage = ledgerStage();
const RULES = programRules.parse({
  ...LEDGER_RULES,
  deeds: [
    { id: 'own-cup', kind: 'event', gives: 5, limits: { day: 1 } },
    { id: 'taste', kind: 'survey', questions: [{ id: 'q', text: 'Dark?', options: ['Yes', 'No'] }] },
  ],
});
let served: Serving;
let program: string;
let store: string;
let key: string;

beforeAll(async () => {
  const { db, service } = stage;
  const verbs = makeOwnerVerbs({
    db: db.app,
    loyalty: service.loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async () => undefined,
  });
  const gate = aGate({ owner: ownerProof(db.app), clock: service.clock }, { owner: 1e6 });
  served = await serving(ownerRoutes(verbs), gate);
});
afterAll(() => served.close());
beforeEach(async () => {
  const { service, db } = stage;
  program = await service.program(RULES);
  store = (await service.store(program, 'woocommerce')).id;
  await service.member(program, store, '7', { email: 'ana@example.test' }, 0);
  key = await inTransaction(
    db.app,
    { programs: [program] },
    async (tx) => (await createApiKey(tx, program, 'till', 'test')).text,
  );
});

async function ask(method: string, path: string, body?: unknown): Promise<[number, Record<string, unknown>]> {
  const answer = await fetch(`${served.url}/api/v1${path}`, {
    method,
    headers: { ...bearer(key), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}
const tell = (more: object = {}) =>
  ask('POST', '/events', { id: 'till-1', event: 'own-cup', who: { store, customer: '7' }, ...more });

describe('C18: POST /api/v1/events', () => {
  test('gives once by the caller’s id, and says over the limit when it is', async () => {
    expect(await tell()).toEqual([200, { isNew: true, reason: 'earned', gives: { points: '5' } }]);
    expect(await tell()).toEqual([200, { isNew: false, reason: 'earned', gives: { points: '5' } }]);
    expect(await tell({ id: 'till-2', who: { email: 'ana@example.test' } })).toEqual([
      ...[200, { isNew: true, reason: 'limit', gives: {} }],
    ]);
  });

  test('twenty at once with one id are one', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => tell()));
    expect(answers.filter(([, { isNew }]) => isNew === true)).toHaveLength(1);
    expect(new Set(answers.map(([status, { reason }]) => `${status} ${String(reason)}`))).toEqual(
      new Set(['200 earned']),
    );
  });

  test('what no rule names, who is no member, and what is no event are a clear 4xx', async () => {
    const codeOf = async (more: object) => {
      const [status, { error }] = await tell(more);
      return [status, (error as { code: string }).code];
    };
    expect(await codeOf({ event: 'stairs' })).toEqual([404, 'unknown_event']);
    expect(await codeOf({ who: { store, customer: '8' } })).toEqual([404, 'not_a_member']);
    expect(await codeOf({ who: {} })).toEqual([400, 'invalid_request']);
    expect(await codeOf({ id: 'two words' })).toEqual([400, 'invalid_request']);
  });
});

test('C6: GET /api/v1/surveys/:survey reports what was answered; one that no version has is a 404', async () => {
  expect(await ask('GET', '/surveys/taste')).toEqual([200, { answered: 0, questions: {} }]);
  expect((await ask('GET', '/surveys/nothing'))[0]).toBe(404);
});
