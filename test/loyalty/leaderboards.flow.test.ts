import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { awardPlaces } from '../../src/loyalty/award-places.js';
import { adjustPoints } from '../../src/loyalty/adjust.js';
import { STANDINGS } from '../../src/loyalty/read-leaderboard.js';
import { redactCustomer } from '../../src/loyalty/redact.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { flat, planOf, readWhole } from '../support/plan-of.js';
import { aProgram } from '../support/rows.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, NOON, type World, type Worlds, aRefund, anOrder, inWorld, lineId, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 61_000;
const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = programRules.parse({
  ...BARE,
  goals: [{ id: 'second', counts: { kind: 'orders' }, needs: 2, badge: 'Regular' }],
  leaderboards: [
    {
      ...{ id: 'week', name: 'Week of beans', by: 'points', period: 'week' },
      award: { unit: 'points', gives: [300, 100], afterDays: 1 },
    },
    { id: 'busy', by: 'orders', period: 'month' },
    { id: 'reached', by: 'goals', period: 'all' },
  ],
});
/** Monday noon of the week: the world begins on Sunday 1 March 2026. */
const MONDAY = NOON + DAY;
const set = (at: number) => worlds.service.clock.set(at);
const by = (customer: string) => ({ shop: shop.store.key, customer });
const buys = (customer: string, cents: number, at: number) => {
  set(at);
  const order = anOrder({ id: String(++next), cents, customer, placed: at });
  return shop.has(order).then(() => order);
};
const linesOf = async (board: string, customer: string, show?: { top: number; around: number }) => {
  const { ok } = await worlds.storefront.leaderboards(by(customer), show);
  const lines = ok?.leaderboards.find(({ id }) => id === board)?.lines ?? [];
  return lines.map(({ rank, name, score, you }) => `${rank} ${name} ${score}${you ? ' (you)' : ''}`);
};
const closing = (at: number) => {
  set(at);
  return inTransaction(db.app, { programs: [shop.program] }, (tx) => awardPlaces(tx, shop.program, at, 4));
};

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  set(NOON);
  shop = await worlds.make(RULES);
  for (const customer of ['1', '2', '3', '4']) await shop.joins(customer, { email: `m${customer}@example.test` });
});

describe('C14: leaderboards of those who agreed', () => {
  it('show nobody who did not agree, and whoever leaves no longer, at once', async () => {
    await buys('1', 5_000, MONDAY);
    await buys('2', 3_000, MONDAY + 1);
    expect(await linesOf('week', '1')).toEqual([]);
    expect((await worlds.storefront.showName(by('2'), '  Bo  Bean ')).ok).toEqual({ shownAs: 'Bo Bean' });
    expect(await linesOf('week', '1')).toEqual(['1 Bo Bean 30']);
    const { ok } = await worlds.storefront.leaderboards(by('1'));
    expect(ok?.shownAs).toBeNull();
    expect(JSON.stringify(ok)).not.toMatch(/m1|m2|example/);
    await worlds.storefront.showName(by('1'), 'Ana');
    expect(await linesOf('week', '2')).toEqual(['1 Ana 50', '2 Bo Bean 30 (you)']);
    await worlds.storefront.hideName(by('1'));
    expect(await linesOf('week', '2')).toEqual(['1 Bo Bean 30 (you)']);
    const guest = await worlds.storefront.leaderboards({ shop: shop.store.key, customer: null });
    expect(guest.refused?.status).toBe(403);
    expect((await worlds.storefront.leaderboards(by('77'))).refused?.code).toBe('not_a_member');
  });

  it('a name is of one member, is no address, may be changed, and goes with the person', async () => {
    await worlds.storefront.showName(by('1'), 'Ana');
    expect((await worlds.storefront.showName(by('2'), 'ANA')).refused).toMatchObject({
      status: 409,
      code: 'name_taken',
    });
    for (const unfit of ['m2@example.test', 'x', 'https://a.example', '+48600700800', 'a'.repeat(41), 'Bo‮Bo'])
      expect((await worlds.storefront.showName(by('2'), unfit)).refused).toMatchObject({
        status: 422,
        code: 'name_unfit',
      });
    const both = await Promise.all(['2', '3'].map((one) => worlds.storefront.showName(by(one), 'Łucja Ś.')));
    expect(both.filter(({ ok }) => ok)).toHaveLength(
      both.filter(({ refused }) => refused?.code === 'name_taken').length,
    );
    expect((await worlds.storefront.showName(by('1'), 'Anna')).ok).toEqual({ shownAs: 'Anna' });
    await inWorld(db, shop, (tx) =>
      redactCustomer(tx, { program: shop.program, store: shop.store.id }, '1', [], worlds.service.loyalty, MONDAY),
    );
    expect(
      await db.sql('select name from shown_name where program_id = $1 and name = $2', [shop.program, 'Anna']),
    ).toEqual([]);
  });

  it('count what stands: points without gifts by hand, orders, goals; ties go to whoever was there first', async () => {
    for (const [customer, name] of [
      ['1', 'Ana'],
      ['2', 'Bo'],
      ['3', 'Cy'],
    ] as const) {
      await worlds.storefront.showName(by(customer), name);
    }
    await buys('1', 9_000, NOON + 1_000);
    await buys('2', 4_000, MONDAY);
    const second = await buys('1', 4_000, MONDAY + 1_000);
    await buys('3', 1_000, MONDAY + 2_000);
    await buys('3', 2_000, MONDAY + 3_000);
    const [cy] = await db.sql<{ member_id: string }>(
      'select member_id from customer_link where program_id = $1 and customer = $2',
      [shop.program, '3'],
    );
    await inWorld(db, shop, (tx) => {
      const gift = { id: 'gift', unit: 'points', amount: 500, reason: 'sorry', by: 'test', at: MONDAY };
      return adjustPoints(tx, { program: shop.program, member: cy?.member_id ?? '', ...gift }, MONDAY + 4_000, 4);
    });
    set(MONDAY + 5_000);
    expect(await linesOf('week', '3')).toEqual(['1 Bo 40', '2 Ana 40', '3 Cy 30 (you)']);
    // both of Ana's of March, the one of the Sunday before too
    expect(await linesOf('busy', '2')).toEqual(['1 Ana 2', '2 Cy 2', '3 Bo 1 (you)']);
    expect((await linesOf('reached', '2')).map((line) => line.slice(2)).sort()).toEqual(['Ana 1', 'Cy 1']);
    const at = MONDAY + 6_000;
    set(at);
    await shop.has({ ...second, at, refunds: [aRefund('1', at, { line: lineId(second.id), net: 2_000 })] });
    expect(await linesOf('week', '3')).toEqual(['1 Bo 40', '2 Cy 30 (you)', '3 Ana 20']);
  });

  it('say who leads and who is around the member', async () => {
    for (let n = 10; n < 22; n++) {
      await shop.joins(String(n));
      await worlds.storefront.showName(by(String(n)), `Member ${n}`);
      await buys(String(n), n * 1_000, MONDAY + n);
    }
    expect(await linesOf('week', '13', { top: 2, around: 1 })).toEqual([
      ...['1 Member 21 210', '2 Member 20 200'],
      ...['8 Member 14 140', '9 Member 13 130 (you)', '10 Member 12 120'],
    ]);
  });
});

describe('C14: places of a period that has ended', () => {
  beforeEach(async () => {
    for (const [customer, name] of [
      ['1', 'Ana'],
      ['2', 'Bo'],
      ['3', 'Cy'],
    ] as const) {
      await worlds.storefront.showName(by(customer), name);
    }
    await buys('1', 2_000, MONDAY);
    await buys('2', 6_000, MONDAY + DAY);
    await buys('4', 9_000, MONDAY + DAY);
  });
  const END = Date.parse('2026-03-08T23:00:00Z');

  it('are given for once, when the rules say, whoever asks at the same time, and are explained like any activity', async () => {
    expect(await closing(END + DAY - 1)).toBe(0);
    set(END + DAY);
    const all = await Promise.all([1, 2, 3, 4].map(() => closing(END + DAY)));
    expect(all.sort()).toEqual([0, 0, 0, 2]);
    expect(await closing(END + 2 * DAY)).toBe(0);
    expect([await shop.balance('2'), await shop.balance('1'), await shop.balance('4')]).toMatchObject([
      ...[{ available: 360 }, { available: 120 }, { available: 90 }],
    ]);
    expect(await shop.decision('place:week/2026-03-02/1')).toMatchObject({
      reason: 'earned',
      gives: { points: '300' },
    });
    const { ok } = await worlds.storefront.history(by('2'));
    expect(ok?.lines[0]).toMatchObject({ points: '300', sentence: 'Week of beans: place 1' });
    // what comes late moves nobody, and a place counts for nothing on the next list
    await shop.has(anOrder({ id: String(++next), cents: 90_000, customer: '1', placed: MONDAY + 2 * DAY }));
    expect(await closing(END + 3 * DAY)).toBe(0);
    expect((await shop.balance('1')).available).toBe(1_020);
    await shop.isSound();
  });

  it('what is returned before they are given counts no more; who left by then wins nothing', async () => {
    await worlds.storefront.hideName(by('1'));
    expect(await closing(END + DAY)).toBe(1);
    expect((await shop.balance('2')).available).toBe(360);
    await worlds.storefront.hideName(by('2'));
    expect((await shop.balance('2')).available).toBe(360);
    await shop.isSound();
  });
});

describe('C14: whatever the size of the program', () => {
  beforeAll(async () => {
    const program = await aProgram(db);
    await db.sql(
      "insert into member (program_id, joined_at, referral_code) select $1, now(), 'r' || g from generate_series(1, 20000) g",
      [program],
    );
    await db.sql(
      "insert into shown_name (program_id, member_id, name, agreed_at) select program_id, id, 'n' || id, now() from member where program_id = $1 and id % 10 = 0",
      [program],
    );
    await db.sql(
      `insert into lot (program_id, member_id, unit, of, given, remaining, matured, earned_at, usable_at)
       select program_id, id, 'points', 'order:1/' || id || '-' || n, 1, 1, true, now(), now() from member, generate_series(1, 2) n where program_id = $1`,
      [program],
    );
    await db.sql(
      `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, member_id, placed_at)
       select program_id, 1, id || '-' || n, now(), '{}', id::text, id, now() from member, generate_series(1, 2) n where program_id = $1`,
      [program],
    );
    await db.sql(
      `insert into decision (program_id, activity, member_id, reason, gives, rule_version, explanation)
       select program_id, 'order:1/' || order_id, member_id, 'earned', '{}', 1, '{}' from order_state where program_id = $1`,
      [program],
    );
    await db.sql('analyze');
  });

  it.each(Object.entries(STANDINGS))('by %s: no big table from end to end', async (name, sql) => {
    const nodes = flat(await planOf(db, `standings_${name}`, sql, 'tallymark_app'));
    expect(readWhole(nodes, ['lot', 'order_state', 'decision', 'member'])).toEqual([]);
  });
});
