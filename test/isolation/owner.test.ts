import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import type { Route } from '../../src/http/contract.js';
import { ownerProof } from '../../src/http/owner/make-verbs.js';
import { createApiKey, revokeApiKey } from '../../src/loyalty/api-keys.js';
import { readDraft } from '../../src/loyalty/drafts.js';
import { aGate, bearer, merchantToken, serving, type Serving, shopperToken } from '../http/serving.js';
import { ledgerOf } from '../support/points.js';
import { ledgerStage } from '../webhooks/ledger-stage.js';
import { aTenant, BODIES, NOBODYS, NUMBERS, PATHS, QUERIES, type Tenant } from './owner-asks.js';
import { everyRoute, stateIn } from './routes.js';

/** T7, T10: every route of the owner's API with API keys on a real database; two programs that must not see each other. */
const stage = ledgerStage();

let ours: Tenant;
let theirs: Tenant;
let revoked: string;
let served: Serving;

const owned = everyRoute(stage, {} as Parameters<typeof everyRoute>[1]).filter(({ policy }) => policy.kind === 'owner');
const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);

beforeAll(async () => {
  stage.service.clock.set(Date.now());
  [ours, theirs] = [await aTenant(stage, 'Ours'), await aTenant(stage, 'Secret garden')];
  revoked = await within(ours.program, async (tx) => {
    const key = await createApiKey(tx, ours.program, 'left', 'test');
    await revokeApiKey(tx, ours.program, key.id, Date.now(), 'test');
    return key.text;
  });
  const { db } = stage;
  const gate = aGate({ owner: ownerProof(db.app) }, { owner: 1e6, unproved: 1e6 });
  served = await serving(everyRoute(stage, {} as Parameters<typeof everyRoute>[1]), gate);
});
afterAll(() => served.close());

const within = <T>(program: string, fn: Parameters<typeof inTransaction<T>>[2]) =>
  inTransaction(stage.db.app, { programs: [program] }, fn);

async function ask(route: Route, key: string | null, of: Tenant | null) {
  const body = of ? BODIES[route.name]?.(of) : undefined;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const number = NUMBERS[route.name];
    return number ? (of ? number(of) : '99') : (PATHS[name]?.(of) ?? NOBODYS);
  });
  const answer = await fetch(`${served.url}${path}${of ? (QUERIES[route.name]?.(of) ?? '') : ''}`, {
    method: route.method.toUpperCase(),
    headers: {
      ...(key === null ? {} : bearer(key)),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, text: (await answer.text()).replace(/"id":"[^"]*"/, '') };
}

const stateOf = async ({ program }: Tenant) => {
  const { keys: _, ...rest } = await stateIn(stage, program);
  return rest;
};

test('there is an owner’s API', () => expect(owned.length).toBeGreaterThan(4));

describe.each(named(owned))('T7: %s', (_, route) => {
  test('no key, a revoked one, one of the right form, another program’s number on it, other tokens: refused, alike to the byte', async () => {
    const before = [await ledgerOf(stage.db), await stateOf(ours), await stateOf(theirs)];
    const swapped = ours.key.replace(/^tally_\d+/, `tally_${theirs.program}`);
    const wrong = [
      null,
      revoked,
      swapped,
      `tally_${ours.program}_${'A'.repeat(43)}`,
      `tally_999999_${'A'.repeat(43)}`,
      ours.key.slice(0, -1),
      await shopperToken(),
      await merchantToken(),
    ];
    const answers = [];
    for (const key of wrong) for (const tenant of [ours, theirs]) answers.push(await ask(route, key, tenant));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect([await ledgerOf(stage.db), await stateOf(ours), await stateOf(theirs)]).toEqual(before);
  });

  test('with a key of ours their program stays as it is and is not heard of', async () => {
    const before = await stateOf(theirs);
    const mine = await ask(route, ours.key, theirs);
    expect(mine.status).not.toBe(401);
    // a promise of the books is everybody's: what is checked is one's own
    if (route.path.includes('/:') && route.name !== 'promise') expect(mine.status).toBe(404);
    for (const secret of [theirs.name, theirs.key, theirs.draft]) expect(mine.text).not.toContain(secret);
    expect(await stateOf(theirs)).toEqual(before);
  });
});

test('T7: their draft cannot be read, replaced or let go by its hash', async () => {
  await within(ours.program, async (tx) => expect(await readDraft(tx, theirs.program)).toBeNull());
});
