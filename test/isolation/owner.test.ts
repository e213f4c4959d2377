import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import type { Route } from '../../src/http/contract.js';
import { ownerProof } from '../../src/http/owner/make-verbs.js';
import { createApiKey, revokeApiKey } from '../../src/loyalty/api-keys.js';
import { readDraft, saveDraft } from '../../src/loyalty/drafts.js';
import { addStaff } from '../../src/staff/people.js';
import { publishedVersion } from '../../src/loyalty/program-versions.js';
import { aGate, bearer, merchantToken, serving, type Serving, shopperToken } from '../http/serving.js';
import { ledgerOf } from '../support/points.js';
import { wooLine, wooOrder } from '../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../webhooks/ledger-stage.js';
import { everyRoute, stateIn } from './routes.js';

/** T7, T10: every route of the owner's API with API keys on a real database; two programs that must not see each other. */
const stage = ledgerStage();
const NOBODYS = '0199b0d6-9999-7000-8000-000000000009';

interface Tenant {
  program: string;
  store: string;
  /** The member's public id. */
  member: string;
  key: string;
  draft: string;
  name: string;
  /** Of somebody of the staff, and of the key. */
  staff: string;
  keyId: string;
}
let ours: Tenant;
let theirs: Tenant;
let revoked: string;
let served: Serving;

const owned = everyRoute(stage, {} as Parameters<typeof everyRoute>[1]).filter(({ policy }) => policy.kind === 'owner');
const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const);

beforeAll(async () => {
  stage.service.clock.set(Date.now());
  [ours, theirs] = [await aTenant('Ours'), await aTenant('Secret garden')];
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

async function aTenant(name: string): Promise<Tenant> {
  const { service, db } = stage;
  const program = await service.program(LEDGER_RULES, name);
  const { id: store, key: storeKey } = await service.store(program, 'woocommerce');
  const member = await service.member(program, store, '7', { email: 'ana@example.test' }, 0);
  const guest = wooOrder([wooLine(1, '60.00')], { customer_id: 0 });
  expect((await service.woo({ key: storeKey }, 'order.created', guest)).status).toBe(200);
  await service.drain();
  const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
  return within(program, async (tx) => {
    const { file } = await publishedVersion(tx, program, 1);
    const draft = await saveDraft(
      tx,
      program,
      { file: { ...file, name: `${name}, new` }, replaces: null, by: 'test' },
      0,
    );
    const { text: key, id: keyId } = await createApiKey(tx, program, 'till', 'test');
    const person = { email: `${name.length}@shop.test`, name, role: 'owner', locale: 'en' } as const;
    const { id: staff } = await addStaff(tx, program, person, 'test');
    return { program, store, member: row?.public_id ?? '', key, draft: draft.hash, name, staff, keyId };
  });
}

/** Bodies and queries that would do something, were they let in; `of` = whose things they name. */
const BODIES: Record<string, (of: Tenant) => unknown> = {
  saveDraft: (of) => ({ file: {}, replaces: of.draft }),
  publishDraft: (of) => ({ hash: of.draft }),
  previewProgram: () => ({ of: { kind: 'draft' } }),
  readProgramText: () => ({ text: 'tallymark: 1' }),
  solveRedemption: () => ({ how: 'release' }),
  rollBack: () => ({ version: 1 }),
  startSimulation: () => ({ days: 30 }),
  blockMember: () => ({ blocked: true, reason: 'two accounts' }),
  adjustMember: () => ({ id: 'x', points: '100', reason: 'a gift' }),
  enrolMember: () => ({ name: 'New', email: 'new@example.test', asked: true }),
  mergeMembers: (of) => ({ other: of.member, hash: 'seen' }),
  undoAdjustment: () => ({ reason: 'a mistake' }),
  decideAdjustment: () => ({ approve: true }),
  limitAdjustments: () => ({ role: 'support', alone: '1', atOnce: '2', aDay: '3' }),
  schedulePromotion: () => ({ from: '2027-01-01T00:00', to: '2027-02-01T00:00' }),
  copyPromotion: () => ({ as: 'copy' }),
  checkImport: () => ({ columns: { email: 0, points: 1 }, origin: 'Old club', reason: 'moved here' }),
  tellEvent: (of) => ({ id: 'x', event: 'own-cup', who: { member: of.member } }),
  printStickers: () => ({ id: 'x', stickers: 3 }),
  inviteStaff: () => ({ email: 'new@shop.test', name: 'New', role: 'till', language: 'en' }),
  changeStaff: () => ({ role: 'till' }),
  createApiKey: () => ({ name: 'another' }),
  changeMe: () => ({ language: 'pl' }),
  changeShowing: () => ({ accent: '#ff0000', corner: 'end', share: 10 }),
  claimOrder: (of) => ({ store: of.store, member: of.member }),
  giveOrder: (of) => ({ store: of.store, member: of.member }),
};
const QUERIES: Record<string, (of: Tenant) => string> = {
  journal: () => '?from=2026-01-01&to=2026-02-01',
  discardDraft: (of) => `?hash=${of.draft}`,
  whyOrder: () => '?order=1',
  previewMerge: (of) => `?other=${of.member}`,
  eraseMember: () => '?code=ABCDEFGH',
  programDiff: () => '?from=1&to=draft',
  planChange: () => '?to=draft&all=true',
};
const PATHS: Record<string, (of: Tenant | null) => string> = {
  version: () => '9',
  store: (of) => of?.store ?? '999999999',
  order: () => '1',
  id: (of) => of?.member ?? NOBODYS,
};

/** Where `:id` is the number of something else than a member. */
const NUMBERS: Record<string, (of: Tenant) => string> = {
  changeStaff: ({ staff }) => staff,
  removeStaff: ({ staff }) => staff,
  revokeApiKey: ({ keyId }) => keyId,
};

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
