import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { makeOwnerVerbs, ownerProof } from '../../src/http/owner/make-verbs.js';
import { ownerRoutes } from '../../src/http/owner/routes.js';
import { createApiKey, revokeApiKey } from '../../src/loyalty/api-keys.js';
import { aGate, bearer, serving, type Serving } from '../http/serving.js';
import { wooLine, wooOrder } from '../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';
import { order, story } from './programs.js';

/** T14, T11: from a draft to a version and back, by HTTP with an API key, on a real database. */
const stage = ledgerStage();
let served: Serving;
let program: string;
let key: string;

beforeAll(async () => {
  const { db, service } = stage;
  const verbs = makeOwnerVerbs({
    db: db.app,
    loyalty: service.loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async () => undefined,
  });
  served = await serving(
    ownerRoutes(verbs),
    aGate({ owner: ownerProof(db.app), clock: service.clock }, { owner: 1e6 }),
  );
});
afterAll(() => served.close());
beforeEach(async () => {
  program = await stage.service.program(LEDGER_RULES, 'Bean card');
  key = await aKey('till');
});

const within = <T>(fn: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(stage.db.app, { programs: [program] }, fn);
const aKey = (name: string) => within(async (tx) => (await createApiKey(tx, program, name, 'test')).text);

interface Answer {
  status: number;
  body: Record<string, unknown> & { error?: { code: string; message: string; details?: Record<string, unknown> } };
}
async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(`${served.url}/api/v1${path}`, {
    method,
    headers: { ...bearer(key), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}
type File = { name: string; rules: Record<string, unknown>; examples?: unknown[] };
const fileNow = async () =>
  (await ask('GET', '/program')).body as unknown as { file: File; hash: string; version: number };
/** The program as it is, with another rate. */
const richer = async (points: number, more: object = {}): Promise<File> => {
  const { file } = await fileNow();
  return { ...file, rules: { ...file.rules, earning: [{ id: 'base', kind: 'rate', points, per: 100 }] }, ...more };
};
const save = (file: unknown, replaces: string | null = null, more: object = {}) =>
  ask('PUT', '/draft', { file, replaces, ...more });
const hashOf = ({ body }: Answer) => String(body['hash']);
const audited = async () =>
  (
    await stage.db.sql<{ what: string }>('select what from audit_event where program_id = $1 order by id', [program])
  ).map(({ what }) => what);

describe('T14: a draft becomes a version', () => {
  test('read, changed, kept, checked, told apart, published: orders from then on earn by it', async () => {
    const { hash } = await fileNow();
    const kept = await save(
      await richer(2, { name: 'Bean club', examples: story(order('A', 1000, { gives: { points: 20 } })) }),
    );
    expect([kept.status, kept.body['base']]).toEqual([200, 1]);
    expect((await fileNow()).hash).toBe(hash);
    expect((await ask('POST', '/draft/check')).body).toMatchObject({ fine: true, problems: [], failures: [] });
    expect((await ask('GET', '/diff?from=1&to=draft&locale=nl')).body['changes']).toEqual([
      'Naam van het programma: was Bean card, wordt Bean club.',
      'Spaarregel “base”, punten: was 1, wordt 2.',
      expect.stringMatching(/^Nieuw: voorbeeld/),
    ]);
    const published = await ask('POST', '/publish', { hash: hashOf(kept) });
    expect(published.body).toMatchObject({ version: 2, hash: hashOf(kept), inForce: true, name: 'Bean club' });
    // asked again it is done already
    expect((await ask('POST', '/publish', { hash: hashOf(kept) })).body).toMatchObject({ version: 2 });
    expect((await ask('GET', '/draft')).status).toBe(404);
    expect((await fileNow()).file.examples).toHaveLength(1);

    const { service } = stage;
    const { id: store, key: storeKey } = await service.store(program, 'woocommerce');
    const member = await service.member(program, store, '7', { email: 'ana@example.test' });
    service.clock.advance(60_000);
    const placed = new Date(service.clock.now()).toISOString().slice(0, 19);
    await service.woo(
      { key: storeKey },
      'order.created',
      wooOrder([wooLine(1, '60.00')], {
        customer_id: 7,
        date_created_gmt: placed,
        date_paid_gmt: placed,
        date_modified_gmt: placed,
      }),
    );
    await service.drain();
    expect(await stage.points(program, member)).toBe('120');
    expect(await audited()).toContain('program.published');
    await stage.expectSound(program);
  });

  test('an example that does not come out as it says stops it: which, expected, got', async () => {
    const kept = await save(await richer(2, { examples: story(order('A', 1000, { gives: { points: 10 } })) }));
    expect((await ask('POST', '/draft/check')).body).toMatchObject({
      fine: false,
      failures: [{ example: 'a story', path: 'examples[0].story[0]', what: 'points given', expected: '10', got: '20' }],
    });
    const { status, body } = await ask('POST', '/publish', { hash: hashOf(kept) });
    expect([status, body.error?.code]).toEqual([422, 'examples_fail']);
    expect(body.error?.message).toMatch(/“a story”.*should be 10 and is 20/);
    expect((await ask('GET', '/versions')).body['versions']).toHaveLength(1);
  });

  test('what is wrong, and what to beware of, is said in the language that the desk asks for', async () => {
    const promotions = [{ id: 'p', factor: 2, when: { weekdays: ['sat'] } }];
    const more = { zone: 'Mars/Base', promotions, units: { points: { value: '1', clawback: 'zero' } } };
    await save(await richer(2).then((file) => ({ ...file, rules: { ...file.rules, ...more } })));
    const said = async (query: string) => {
      const { problems, traps } = (await ask('POST', `/draft/check${query}`)).body as Record<string, { fix: string }[]>;
      return [problems?.[0]?.fix.split(',')[0], traps?.[0]?.fix.split(',')[0]];
    };
    expect(await said('')).toEqual(['Name one of the IANA list', 'Write debt']);
    expect(await said('?locale=nl')).toEqual(['Kies er een uit de IANA-lijst', expect.stringMatching(/in de schuld/)]);
  });

  test('what makes no sense stops it; what is no program is not even kept', async () => {
    const kept = await save(
      await richer(2, { name: 'x' }).then((file) => ({ ...file, rules: { ...file.rules, zone: 'Mars/Base' } })),
    );
    expect((await ask('POST', '/publish', { hash: hashOf(kept) })).body.error).toMatchObject({
      code: 'program_invalid',
      details: { problems: [{ path: 'rules.zone' }] },
    });
    const refused = await save({ tallymark: 1, name: 'x', rules: { zone: 'UTC', monny: 1 } }, hashOf(kept));
    expect([refused.status, refused.body.error?.code]).toEqual([422, 'program_invalid']);
    expect(JSON.stringify(refused.body.error?.details)).toContain('rules.monny');
  });

  test('two writers: the second is told by whom and when, and loses nothing', async () => {
    const first = await save(await richer(2));
    const second = await save(await richer(3));
    expect([second.status, second.body.error?.code]).toEqual([409, 'draft_changed']);
    expect(second.body.error?.details).toMatchObject({ hash: hashOf(first), by: expect.stringMatching(/^key:\d+$/) });
    expect(second.body.error?.message).toMatch(/, by till at /);
    // having seen the first, it may take its place
    const third = await save(await richer(3), hashOf(first));
    expect(third.status).toBe(200);
    expect((await ask('POST', '/publish', { hash: hashOf(first) })).body.error?.code).toBe('draft_changed');
    expect((await ask('DELETE', `/draft?hash=${hashOf(first)}`)).status).toBe(409);
    expect((await ask('DELETE', `/draft?hash=${hashOf(third)}`)).status).toBe(204);
    expect((await ask('GET', '/draft')).status).toBe(404);
  });

  test('at once: one of ten writers wins, the others are told', async () => {
    const files = await Promise.all(Array.from({ length: 10 }, (_, n) => richer(n + 2)));
    const answers = await Promise.all(files.map((file) => save(file)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
  });

  test('published meanwhile: the draft is told what changed, and goes on from there', async () => {
    const old = await save(await richer(2));
    await within((tx) => tx.prepared('t_stash', 'delete from draft where program_id = $1', [program]));
    const other = await save(await richer(5));
    await ask('POST', '/publish', { hash: hashOf(other) });
    await save(await richer(2), null, { base: 1 });
    const refused = await ask('POST', '/publish', { hash: hashOf(old) });
    expect(refused.body.error).toMatchObject({
      code: 'draft_outdated',
      details: { base: 1, latest: 2, changes: ['Earning rule “base”, points: was 1, becomes 5.'] },
    });
    await save(await richer(2), hashOf(old), { base: 2 });
    expect((await ask('POST', '/publish', { hash: hashOf(old) })).body).toMatchObject({ version: 3 });
  });

  test('the money in which members hold their points stays', async () => {
    const { file } = await fileNow();
    const kept = await save({ ...file, rules: { ...file.rules, money: { code: 'USD', exponent: 2 } } });
    expect((await ask('POST', '/publish', { hash: hashOf(kept) })).body.error?.code).toBe('money_fixed');
  });
});

describe('T11: when it begins, and going back', () => {
  test('a start to come: until then the version before is in force', async () => {
    const { clock } = stage.service;
    const kept = await save(await richer(2));
    const from = new Date(clock.now() + 86_400_000).toISOString();
    expect((await ask('POST', '/publish', { hash: hashOf(kept), from })).body).toMatchObject({
      version: 2,
      from,
      inForce: false,
    });
    expect((await fileNow()).version).toBe(1);
    clock.advance(86_400_000);
    expect((await fileNow()).version).toBe(2);
  });

  test('a start that has passed is refused unless the past is meant to be judged anew', async () => {
    const kept = await save(await richer(2));
    const from = new Date(stage.service.clock.now() - 1000).toISOString();
    expect((await ask('POST', '/publish', { hash: hashOf(kept), from })).body.error?.code).toBe('from_past');
    expect((await ask('POST', '/publish', { hash: hashOf(kept), from, reachesBack: true })).status).toBe(200);
  });

  test('rolled back: the older version once more, as the next one, with its own hash; audited', async () => {
    const { hash } = await fileNow();
    const kept = await save(await richer(2));
    await ask('POST', '/publish', { hash: hashOf(kept) });
    expect((await ask('POST', '/rollback', { version: 2 })).body.error?.code).toBe('nothing_to_roll_back');
    expect((await ask('POST', '/rollback', { version: 9 })).status).toBe(404);
    expect((await ask('POST', '/rollback', { version: 1 })).body).toMatchObject({ version: 3, hash, inForce: true });
    expect((await ask('GET', '/diff?from=1&to=3')).body['changes']).toEqual([]);
    expect((await ask('GET', '/versions/2')).body['hash']).toBe(hashOf(kept));
    expect((await audited()).slice(-2)).toEqual(['program.published', 'program.rolled-back']);
  });
});

describe('A8: what an owner does to a member by hand', () => {
  async function aMember() {
    const { service, db } = stage;
    const { id: store, key: storeKey } = await service.store(program, 'woocommerce');
    const member = await service.member(program, store, '7', { email: 'ana@example.test' });
    const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
    return { store, storeKey, member, id: row?.public_id ?? '' };
  }

  test('points given and taken, once each, with a reason; the same name for another act is refused', async () => {
    const { id, member } = await aMember();
    const adjust = (wish: object) =>
      ask('POST', `/members/${id}/adjustments`, { id: 'a1', reason: 'a broken cup', ...wish });
    const given = { state: 'given', balances: { points: { available: '30', pending: '0', held: '0', debt: '0' } } };
    expect((await adjust({ points: '30' })).body).toEqual(given);
    expect((await adjust({ points: '30' })).body).toEqual(given);
    expect((await adjust({ points: '31' })).body.error?.code).toBe('idempotency_key_reused');
    expect((await adjust({ id: 'a2', points: '5', unit: 'stars' })).body.error?.code).toBe('no_such_unit');
    expect((await adjust({ id: 'a3', points: '0' })).status).toBe(400);
    expect((await adjust({ id: 'a4', points: '-10' })).body).toMatchObject({
      balances: { points: { available: '20' } },
    });
    expect(await stage.points(program, member)).toBe('20');
    await stage.expectSound(program);
  });

  test('a guest’s order is given to whoever shows its receipt, once', async () => {
    const { id, store, storeKey, member } = await aMember();
    const { service } = stage;
    service.clock.advance(60_000);
    const placed = new Date(service.clock.now()).toISOString().slice(0, 19);
    const guest = wooOrder([wooLine(1, '60.00')], {
      id: 4711,
      customer_id: 0,
      date_created_gmt: placed,
      date_paid_gmt: placed,
      date_modified_gmt: placed,
    });
    await service.woo({ key: storeKey }, 'order.created', guest);
    await service.drain();
    const claim = (order: string) => ask('POST', `/orders/${order}/claim`, { store, member: id });
    expect((await claim('4711')).body).toMatchObject({ balances: { points: { available: '60' } } });
    expect((await claim('4711')).status).toBe(200);
    expect((await claim('4712')).body.error?.code).toBe('not_claimable');
    expect(await stage.points(program, member)).toBe('60');
    await stage.expectSound(program);
  });
});

describe('T27: keys', () => {
  test('a revoked key opens nothing from then on; when one was last used is known to the minute', async () => {
    expect((await fileNow()).version).toBe(1);
    const [row] = await stage.db.sql<{ id: string; last_used_at: Date }>(
      'select id, last_used_at from api_key where program_id = $1',
      [program],
    );
    expect(row?.last_used_at.getTime()).toBe(stage.service.clock.now());
    stage.service.clock.advance(59_000);
    await fileNow();
    const [later] = await stage.db.sql<{ last_used_at: Date }>(
      'select last_used_at from api_key where program_id = $1',
      [program],
    );
    expect(later?.last_used_at).toEqual(row?.last_used_at);
    await within((tx) => revokeApiKey(tx, program, row?.id ?? '', 0, 'test'));
    expect((await ask('GET', '/program')).status).toBe(401);
  });

  test('a key that asks too often is told when to come back; another key of the program is not held up', async () => {
    const { db, service } = stage;
    const verbs = makeOwnerVerbs({
      db: db.app,
      loyalty: service.loyalty,
      ringEffects: () => undefined,
      sendSignInLinks: async () => undefined,
    });
    const narrow = await serving(
      ownerRoutes(verbs),
      aGate({ owner: ownerProof(db.app), clock: service.clock }, { owner: 2 }),
    );
    const other = await aKey('bookkeeping');
    const by = async (text: string) => (await fetch(`${narrow.url}/api/v1/program`, { headers: bearer(text) })).status;
    expect([await by(key), await by(key), await by(key), await by(other)]).toEqual([200, 200, 429, 200]);
    await narrow.close();
  });

  test('the text of a key is kept nowhere', async () => {
    const rows = await stage.db.sql('select * from api_key where program_id = $1', [program]);
    expect(JSON.stringify(rows)).not.toContain(key.slice(-20));
    expect(JSON.stringify(await stage.db.sql('select * from audit_event'))).not.toContain(key.slice(-20));
  });
});

test('T11: a program that was renamed is called by its old name again once it is rolled back', async () => {
  const first = await fileNow();
  const draft = await ask('PUT', '/draft', { file: await richer(3, { name: 'Another card' }), replaces: null });
  expect((await ask('POST', '/publish', { hash: draft.body['hash'] })).status).toBe(200);
  expect((await fileNow()).file.name).toBe('Another card');
  expect((await ask('GET', '/versions/1')).body).toMatchObject({ name: 'Bean card', hash: first.hash });
  expect((await ask('POST', '/rollback', { version: 1 })).body).toMatchObject({ name: 'Bean card', hash: first.hash });
  expect((await fileNow()).file).toEqual(first.file);
});
