import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { adjustmentVerbs } from '../../../src/http/owner/adjustment-verbs.js';
import { peopleVerbs } from '../../../src/http/owner/people-verbs.js';
import { personVerbs } from '../../../src/http/owner/person-verbs.js';
import { settingsVerbs } from '../../../src/http/owner/settings-verbs.js';
import type { OwnerParts } from '../../../src/http/owner/within.js';
import { join } from '../../../src/loyalty/join.js';
import type { Role } from '../../../src/staff/roles.js';
import { dayOf, daysBetween, endOfDay } from '../../../admin-ui/places/members/days-of.js';
import { balanceAfter } from '../../../admin-ui/places/members/balance-after.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G, T1, T4: one member at the desk, on a real database. Anna buys for 60.00 at a point a euro. */
const stage = ledgerStage();
let program: string;
let store: string;
let id: string;
let parts: OwnerParts;
const as = (role: Role) => ({
  owner: { program, id: '1', name: role, role, by: 'staff' as const },
  now: stage.service.clock.now(),
});

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  const made = await service.store(program, 'woocommerce');
  store = made.id;
  parts = {
    db: db.app,
    loyalty: service.loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async () => undefined,
  };
  const person = { email: 'anna@example.test', phone: null, name: 'Anna Kowalska', emailVerified: true };
  const joining = { program, store, customer: '7', person, referral: null, consentText: null, at: 0 };
  await inTransaction(db.app, { programs: [program] }, (tx) => join(tx, joining, service.loyalty));
  service.clock.set('2026-03-04T12:00:00Z');
  await service.woo({ key: made.key }, 'order.created', wooOrder([wooLine(1, '60.00')], { customer_id: 7 }));
  await service.drain();
  id = (await peopleVerbs(parts).members(as('owner'), { limit: 50 })).members[0]?.id ?? '';
});

const person = (role: Role = 'owner', at?: string) =>
  personVerbs(parts).person(as(role), id, { locale: 'en', ...(at === undefined ? {} : { at }) });

describe('G: one member', () => {
  test('T1: what they have is the sum of its parts, and each line says why', async () => {
    const { balances, parts: made, name } = await person();
    expect([name, balances['points']?.available, balances['points']?.worth?.minor]).toEqual([
      'Anna Kowalska',
      '60',
      60,
    ]);
    expect(made).toEqual([{ unit: 'points', cause: 'order', kind: 'earn', points: '60' }]);
    const { lines } = await personVerbs(parts).personHistory(as('owner'), id, { locale: 'en' });
    expect(lines.map(({ points }) => points)).toEqual(['60']);
    expect(lines[0]?.parts.map(({ points }) => points)).toEqual(['60']);
  });

  test('whoever may not see names is given none', async () => {
    const { name, email, phone, code } = await person('read-only');
    expect([name, email, phone, code.length]).toEqual([null, null, null, 8]);
    const { members } = await peopleVerbs(parts).members(as('read-only'), { find: 'anna', limit: 50 });
    expect(members).toEqual([]);
  });

  test('why: each rule’s verdict on an order, by its number', async () => {
    const [{ order_id }] = (await stage.db.sql<{ order_id: string }>(
      'select order_id from order_state where program_id = $1',
      [program],
    )) as [{ order_id: string }];
    const { answers } = await personVerbs(parts).whyOrder(as('till'), id, { order: order_id, locale: 'en' });
    expect(answers.map(({ gives, verdicts }) => [gives, verdicts.map(({ rule, verdict }) => [rule, verdict])])).toEqual(
      [[{ points: '60' }, [['base', 'applied']]]],
    );
    expect((await personVerbs(parts).whyOrder(as('till'), id, { order: '99999', locale: 'en' })).answers).toEqual([]);
  });

  test('adjusted by hand: once for one act, with before and after in the log; T4: a moment earlier it was not there', async () => {
    stage.service.clock.advance(3_600_000);
    const wish = { id: 'late-parcel', unit: 'points', points: '50', reason: 'late parcel' };
    for (let n = 0; n < 2; n++) await adjustmentVerbs(parts).adjust(as('support'), id, wish);
    const now = await person();
    expect(now.balances['points']?.available).toBe('110');
    expect(now.parts.map(({ cause, points }) => [cause, points])).toEqual([
      ['adjust', '50'],
      ['order', '60'],
    ]);
    const before = await person('owner', new Date(stage.service.clock.now() - 1).toISOString());
    const told = (lots: typeof now.lots) => lots.map(({ of, left, given }) => [of.split(':')[0], left, given]);
    expect(before.balances['points']?.available).toBe('60');
    expect([told(before.lots), told(now.lots)]).toEqual([
      [['order', '60', '60']],
      [
        ['order', '60', '60'],
        ['adjust', '50', '50'],
      ],
    ]);
    const { lines } = await settingsVerbs(parts).audit(as('owner'), { about: 'member.adjusted' });
    expect(lines.map(({ actor, facts }) => [actor, facts['before'], facts['after'], facts['reason']])).toEqual([
      ['staff:1', '60', '110', 'late parcel'],
    ]);
  });

  test('on hold no points are used, and they are when it ended', async () => {
    const block = (blocked: boolean) =>
      personVerbs(parts).blockPerson(as('support'), id, { blocked, reason: 'two accounts' });
    await block(true);
    expect((await person()).status).toBe('blocked');
    await expect(stage.reserve(program, store, '7')).rejects.toThrow('on hold');
    await block(false);
    stage.service.clock.advance(60_000);
    expect(await stage.reserve(program, store, '7')).toMatch(/-/);
    const lots = async (at: number) =>
      (await person('owner', new Date(at).toISOString())).lots.map(({ left, given }) => [left, given]);
    expect([await lots(stage.service.clock.now()), await lots(stage.service.clock.now() - 1)]).toEqual([
      [
        ['40', '60'],
        ['50', '50'],
      ],
      [
        ['60', '60'],
        ['50', '50'],
      ],
    ]);
    const { lines } = await settingsVerbs(parts).audit(as('owner'), { about: 'member.' });
    expect(lines.slice(0, 2).map(({ what, facts }) => [what, facts['before'], facts['after']])).toEqual([
      ['member.unblocked', true, false],
      ['member.blocked', false, true],
    ]);
  });

  test('erased with their own code alone: found no more, the books stand', async () => {
    const { code } = await person();
    await expect(personVerbs(parts).erasePerson(as('owner'), id, 'WRONG')).rejects.toThrow('code');
    await personVerbs(parts).erasePerson(as('owner'), id, code);
    const { members } = await peopleVerbs(parts).members(as('owner'), { limit: 50 });
    expect(members.map(({ name, status, balances }) => [name, status, balances['points']?.available])).toEqual([
      [null, 'erased', '90'],
    ]);
    expect((await peopleVerbs(parts).members(as('owner'), { find: 'anna', limit: 50 })).members).toEqual([]);
    await stage.expectSound(program);
  });
});

test.each([
  ['50', { points: '50', before: '1240', after: '1290' }],
  ['+1 000', { points: '1000', before: '1240', after: '2240' }],
  ['−40', { points: '-40', before: '1240', after: '1200' }],
  ['0', null],
  ['a few', null],
  ['', null],
])('the preview of an adjustment by "%s"', (typed, expected) => expect(balanceAfter('1240', typed)).toEqual(expected));

test.each([
  ['2026-03-28', 'Europe/Amsterdam', '2026-03-28T22:59:59.999Z'],
  ['2026-03-29', 'Europe/Amsterdam', '2026-03-29T21:59:59.999Z'],
  ['2026-11-22', 'Pacific/Auckland', '2026-11-22T10:59:59.999Z'],
])('T4: a day that is looked back at, %s, ends when it does in the shop (%s)', (day, zone, end) => {
  expect([endOfDay(day, zone).toISOString(), dayOf(end, zone), daysBetween('2026-03-28', day) >= 0]).toEqual([
    end,
    day,
    true,
  ]);
});
