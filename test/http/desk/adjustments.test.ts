import { beforeAll, describe, expect, test } from '@jest/globals';
import { withAsked } from '../../../admin-ui/places/members/with-asked.js';
import { withinLimits } from '../../../admin-ui/places/members/within-limits.js';
import { inTransaction } from '../../../src/db/database.js';
import { adjustmentVerbs } from '../../../src/http/owner/adjustment-verbs.js';
import { overviewVerbs } from '../../../src/http/owner/overview-verbs.js';
import { settingsVerbs } from '../../../src/http/owner/settings-verbs.js';
import type { OwnerParts } from '../../../src/http/owner/within.js';
import { GIVEN } from '../../../src/loyalty/adjustment-limits.js';
import { HOW_MANY, OF_MEMBER, WAITING } from '../../../src/loyalty/list-adjustments.js';
import { addStaff } from '../../../src/staff/people.js';
import { mayDo, type Role, ROLES } from '../../../src/staff/roles.js';
import { flat, planOf, readWhole } from '../../support/plan-of.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G: points by hand: limits by role, a second pair of eyes above an amount, and the way back. */
const stage = ledgerStage();
let program: string;
let member: string;
let id: string;
let verbs: ReturnType<typeof adjustmentVerbs>;
let parts: OwnerParts;
const staff = new Map<string, string>();

const as = (name: string, role: Role) => ({
  owner: { program, id: staff.get(name) ?? '', name, role, by: 'staff' as const },
  now: stage.service.clock.now(),
});
const sam = () => as('Sam', 'support');
const ada = () => as('Ada', 'admin');
const olga = () => as('Olga', 'owner');
let n = 0;
const wish = (points: number, more: object = {}) => ({
  ...{ id: `act-${++n}`, unit: 'points', points: `${points}`, reason: 'late parcel' },
  ...more,
});
const points = () => stage.points(program, member);

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set('2026-03-04T12:00:00Z');
  program = await service.program(LEDGER_RULES, 'Bean Club');
  const store = await service.store(program, 'woocommerce');
  member = await service.member(program, store.id, '7', { email: 'ana@example.test', name: 'Ana K.' }, 0);
  const [row] = await db.sql<{ public_id: string }>('select public_id from member where id = $1', [member]);
  id = row?.public_id ?? '';
  for (const [name, role] of [
    ['Sam', 'support'],
    ['Sue', 'support'],
    ['Ada', 'admin'],
    ['Olga', 'owner'],
  ] as const)
    await inTransaction(db.app, { programs: [program] }, async (tx) => {
      const person = { email: `${name}@shop.test`, name, role, locale: 'en' };
      staff.set(name, (await addStaff(tx, program, person, 'test')).id);
    });
  parts = {
    ...{ db: db.app, loyalty: service.loyalty },
    ...{ ringEffects: () => undefined, sendSignInLinks: async () => undefined },
  };
  verbs = adjustmentVerbs(parts);
});

const logged = async (about: string) =>
  (await settingsVerbs(parts).audit(olga(), { about })).lines.map(({ who, facts }) => [
    who,
    facts['before'],
    facts['after'],
  ]);

describe('G: limits', () => {
  test('at once and in a day by role; an owner has none; the till and who only reads give nothing', async () => {
    expect(ROLES.filter((role) => mayDo(role, 'adjust-points'))).toEqual(['owner', 'admin', 'support']);
    await verbs.limitAdjustments(olga(), { role: 'support', alone: '100', atOnce: '200', aDay: '500' });
    expect((await verbs.adjust(sam(), id, wish(100))).state).toBe('given');
    await expect(verbs.adjust(sam(), id, wish(-201))).rejects.toMatchObject({ status: 403, code: 'above_limit' });
    expect(await verbs.adjustmentLimits(sam())).toMatchObject({ left: { points: '400' } });
    expect((await verbs.adjust(olga(), id, wish(1_000_000))).state).toBe('given');
    expect((await verbs.adjust(olga(), id, wish(-1_000_000))).state).toBe('given');
    expect(await points()).toBe('100');
    await expect(
      verbs.limitAdjustments(olga(), { role: 'support', alone: '1', atOnce: '9', aDay: '8' }),
    ).rejects.toMatchObject({ status: 422 });
    expect(await logged('settings.')).toEqual([
      ['Olga', '250 alone, 1000 at once, 5000 a day', '100 alone, 200 at once, 500 a day'],
    ]);
  });

  test('what is left of a day is given once, however many ask at once; the same act again is the same', async () => {
    const last = wish(90);
    const all = await Promise.allSettled(
      [last, last, wish(90), wish(90), wish(90), wish(90)].map((one) => verbs.adjust(sam(), id, one)),
    );
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({ reason: { code: 'above_daily_limit', details: { left: '40' } } });
    expect(await points()).toBe('460');
    stage.service.clock.set('2026-03-04T23:00:00Z'); // midnight in Amsterdam
    expect(await verbs.adjustmentLimits(sam())).toMatchObject({ left: { points: '500' } });
  });
});

describe('G: a second pair of eyes', () => {
  test('above one’s own amount it waits: nothing moves, Home and the member say so, whoever asked cannot agree', async () => {
    const before = await points();
    const act = wish(150);
    expect((await verbs.adjust(ada(), id, wish(2_501))).state).toBe('waiting');
    stage.service.clock.advance(1_000);
    const answer = await verbs.adjust(sam(), id, act);
    expect([answer.state, answer.balances['points']?.available, await points()]).toEqual(['waiting', before, before]);
    const needs = async (asking: ReturnType<typeof as>) =>
      (await overviewVerbs(parts).overview(asking, 30)).needs.find(({ kind }) => kind === 'adjustments')?.n;
    expect([await needs(olga()), await needs(ada()), await needs(sam())]).toEqual([2, 1, undefined]);
    const { adjustments } = await verbs.adjustments(sam(), { limit: 50 });
    expect(adjustments.map(({ points: size, asked, mine, memberName }) => [size, asked.who, mine, memberName])).toEqual(
      [
        ['2501', 'Ada', false, 'Ana K.'],
        ['150', 'Sam', true, 'Ana K.'],
      ],
    );
    const decide = { approve: true, said: '' };
    await expect(verbs.decideAdjustment(sam(), act.id, decide)).rejects.toMatchObject({ code: 'own_adjustment' });
    expect(mayDo('support', 'approve-adjustments')).toBe(false);
    expect(await logged('member.adjustment-asked')).toHaveLength(2);
  });

  test('agreed to twice at once it is posted once, with before and after; and it cannot be refused then', async () => {
    const act = wish(150);
    await verbs.adjust(sam(), id, act);
    const before = BigInt(await points());
    const agree = (asking: ReturnType<typeof as>) =>
      verbs.decideAdjustment(asking, act.id, { approve: true, said: '' });
    expect(await Promise.all([agree(ada()), agree(olga()), agree(ada())])).toEqual(Array(3).fill({ state: 'given' }));
    expect(await points()).toBe(`${before + 150n}`);
    expect((await logged('member.adjusted'))[0]).toEqual([
      expect.stringMatching(/Ada|Olga/),
      `${before}`,
      `${before + 150n}`,
    ]);
    const refusing = verbs.decideAdjustment(olga(), act.id, { approve: false, said: '' });
    await expect(refusing).rejects.toMatchObject({ status: 409, code: 'already_decided' });
    await stage.expectSound(program);
  });

  test('refused it moves nothing, says why, and cannot be agreed to any more', async () => {
    const act = wish(-199);
    const before = await points();
    await verbs.adjust(sam(), id, act);
    await verbs.decideAdjustment(ada(), act.id, { approve: false, said: 'ask the courier first' });
    expect(await points()).toBe(before);
    const [newest] = (await verbs.adjustments(sam(), { member: id, limit: 1 })).adjustments;
    expect(newest).toMatchObject({ state: 'refused', said: 'ask the courier first', decided: { who: 'Ada' } });
    await expect(verbs.decideAdjustment(olga(), act.id, { approve: true, said: '' })).rejects.toMatchObject({
      status: 409,
    });
    expect((await logged('member.adjustment-refused'))[0]).toEqual(['Ada', 'waiting', 'refused']);
  });
});

describe('G: the way back', () => {
  test('an adjustment is taken back by its counterpart, once, by whoever did it or whoever may agree', async () => {
    const before = await points();
    const act = wish(40);
    await verbs.adjust(sam(), id, act);
    const of = { id, adjustment: act.id };
    await expect(verbs.undoAdjustment(as('Sue', 'support'), of, 'no')).rejects.toMatchObject({ status: 403 });
    await Promise.all([
      verbs.undoAdjustment(sam(), of, 'typed wrongly'),
      verbs.undoAdjustment(ada(), of, 'typed wrongly'),
    ]);
    expect(await points()).toBe(before);
    const [counter] = (await verbs.adjustments(sam(), { member: id, limit: 1 })).adjustments;
    expect(counter).toMatchObject({ points: '-40', reason: 'typed wrongly', state: 'given' });
    await expect(verbs.undoAdjustment(olga(), { id, adjustment: counter?.id ?? '' }, 'again')).rejects.toMatchObject({
      code: 'is_undoing',
    });
    await stage.expectSound(program);
  });

  test('what waits is withdrawn, and cannot be agreed to then', async () => {
    const act = wish(120);
    await verbs.adjust(sam(), id, act);
    expect((await verbs.undoAdjustment(sam(), { id, adjustment: act.id }, 'not needed')).state).toBe('withdrawn');
    await expect(verbs.decideAdjustment(ada(), act.id, { approve: true, said: '' })).rejects.toMatchObject({
      status: 409,
    });
  });
});

test('thousands of adjustments: each list and the day’s sum by their indexes', async () => {
  await stage.db.sql(
    "insert into member (program_id, joined_at, referral_code) select $1, now(), 'r' || g from generate_series(1, 2000) g",
    [program],
  );
  await stage.db.sql(
    `insert into adjustment (program_id, id, member_id, unit, points, reason, asked_by, asked_at, state)
     select $1, 'old-' || id || '/' || g, id, 'points', 1, 'r', 'staff:' || id % 50, now() - g * interval '1 minute', 'given'
     from member, generate_series(1, 10) g where program_id = $1`,
    [program],
  );
  await stage.db.sql('analyze');
  for (const [name, sql] of Object.entries({ GIVEN, HOW_MANY, WAITING, OF_MEMBER })) {
    const nodes = flat(await planOf(stage.db, `adjustments_${name}`, sql, 'tallymark_app'));
    expect([name, readWhole(nodes, ['adjustment', 'member'])]).toEqual([name, []]);
  }
});

const limits = { alone: '100', atOnce: '200', left: '150' };
test.each([
  ['100', limits, 'fits'],
  ['-101', limits, 'waits'],
  ['151', limits, 'too-much-today'],
  ['-201', limits, 'too-much'],
  ['151', { ...limits, left: '500', alone: null }, 'fits'],
  ['1000000', null, 'fits'],
])('what the desk says of %s beforehand', (size, mine, expected) => expect(withinLimits(size, mine)).toBe(expected));

test('what was asked for among a member’s lines: what waits above all, the rest at its moment; none older than the page', () => {
  const lines = [{ at: '05' }, { at: '03' }];
  const one = (state: 'waiting' | 'refused' | 'withdrawn' | 'given', asked: string, decided?: string) => ({
    ...{ state, asked: { at: asked } },
    decided: decided === undefined ? null : { at: decided },
  });
  const all = [one('given', '04'), one('refused', '01', '04'), one('waiting', '02'), one('withdrawn', '01', '02')];
  const shown = (complete: boolean) =>
    withAsked(lines, all, complete).map((row) => ('line' in row ? row.line.at : row.asked.state));
  expect(shown(true)).toEqual(['waiting', '05', 'refused', '03', 'withdrawn']);
  expect(shown(false)).toEqual(['waiting', '05', 'refused', '03']);
});
