import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareLike } from '../../../src/reports/means.js';
import { COHORT_ORDERS, COHORTS } from '../../../src/reports/read-cohorts.js';
import { HEALTH, IDLE } from '../../../src/reports/read-health.js';
import { EVER, REWARDED, TAKEN } from '../../../src/reports/read-rewards.js';
import { ORDER_VALUE, VALUE } from '../../../src/reports/read-value.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { flat, planOf, readWhole } from '../../support/plan-of.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** H2, H4: what members bring beside comparable others, whether they stay, whether they come to a reward; hand-counted. */
const stage = ledgerStage();
const NOW = Date.UTC(2026, 10, 20);
let api: OwnerClient;
let program: string;

/** Twelve customers who began in May: in each third of first orders two members and two others. */
const CUSTOMERS = [1000, 2000, 3000].flatMap((first) =>
  [true, true, false, false].map((isMember, nth) => ({ first, isMember, customer: `${first}-${nth}` })),
);

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  service.clock.set(NOW);
  let id = 0;
  const order = (customer: string, member: string | null, placed: string, cents: number, more: object = {}) =>
    db.sql(
      `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, customer, member_id)
       values ($1, 1, $2, now(), $3, $4, $5, $6)`,
      [program, `${(id += 1)}`, JSON.stringify({ ...snapshot(cents), ...more }), placed, customer, member],
    );
  for (const { first, isMember, customer } of CUSTOMERS) {
    const [row] = isMember
      ? await db.sql<{ id: string }>(
          `insert into member (program_id, joined_at, referral_code) values ($1, '2026-05-02T00:00Z', $2) returning id`,
          [program, `R${customer}`],
        )
      : [];
    const member = row?.id ?? null;
    await order(customer, member, '2026-05-03T10:00Z', first);
    if (isMember) await order(customer, member, '2026-06-20T10:00Z', 500);
    // a cancelled one brought nothing, nor one in other money, nor one after the days that are followed
    await order(customer, member, '2026-07-01T10:00Z', 7777, { cancelled: NOW });
    await order(customer, member, '2026-07-02T10:00Z', 7777, { money: { code: 'NOK', exponent: 2 } });
  }
  const [first] = await db.sql<{ id: string }>('select min(id) as id from member where program_id = $1', [program]);
  const take = (reward: string, made: string) =>
    db.sql(
      `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
         made_at, expires_at, cart) values ($1, 1, $2, $3, 'points', 20, 500, 20, $4, 'captured', 'live', $5, $5, '{}')`,
      [program, first?.id, reward, `C-${reward}-${made}`, made],
    );
  await take('five', '2026-06-20T09:00Z');
  await take('old', '2025-10-01T09:00Z');
  api = await ownerOf(db, service);
});
afterAll(() => api.close());

function snapshot(cents: number) {
  const line = { id: 'a', kind: 'product', net: cents, tax: 0 };
  return { paid: 1, cancelled: null, test: false, money: { code: 'EUR', exponent: 2 }, lines: [line], refunds: [] };
}

const ask = async <T>(path: string) => (await api.ask<T>(program, 'GET', path)).body;

describe('H2: what they bring', () => {
  test('members beside others who began alike: five euro more each, whatever they began with', async () => {
    const { now, before } = await ask<{ now: object; before: unknown }>('/reports/value?months=12&within=180');
    expect(now).toEqual({
      members: 2500,
      others: 2000,
      difference: { value: 500, low: 500, high: 500 },
      counted: { members: 6, others: 6, alone: 0 },
    });
    expect(before).toBeNull();
  });

  test('others made up otherwise, but alike in each stratum, differ in nothing; the interval is that of the means', () => {
    const of = (n: number, mean: number) => ({ n, sum: n * mean, squares: n * mean * mean });
    const paradox = compareLike([
      { one: of(3, 10), other: of(9, 10) },
      { one: of(9, 100), other: of(3, 100) },
    ]);
    expect(paradox).toMatchObject({ one: 77.5, other: 77.5, difference: { value: 0, low: 0, high: 0 } });
    // 10 and 20 against 8 and 12: variances of the means are 25 and 4
    const compared = compareLike([
      { one: { n: 2, sum: 30, squares: 500 }, other: { n: 2, sum: 20, squares: 208 } },
      { one: { n: 5, sum: 1, squares: 1 }, other: { n: 1, sum: 9, squares: 81 } },
    ]);
    expect(compared).toMatchObject({ ones: 2, alone: 5, difference: { value: 5 } });
    expect(compared?.difference.high).toBeCloseTo(5 + 1.959964 * Math.sqrt(29), 6);
    expect(compareLike([])).toBeNull();
  });

  test('an order brings what was paid for products, less returns; gift cards and failed refunds count for nothing', async () => {
    const lines = [
      { id: 'a', kind: 'product', net: 5000, tax: 1000 },
      { id: 'b', kind: 'gift-card', net: 2000, tax: 0 },
    ];
    const back = (line: string, net: number, failed: number | null) => ({
      lines: [{ line, net, tax: 0 }],
      amount: 100,
      failed,
    });
    const refunds = [back('a', 2500, null), back('b', 2000, null), back('a', 2500, 7)];
    const brought = async (more: object) => {
      const [row] = await stage.db.sql<{ n: string | null }>('select order_brought($1) as n', [
        JSON.stringify({ ...snapshot(0), lines, ...more }),
      ]);
      return row?.n;
    };
    expect(await brought({})).toBe('6000');
    expect(await brought({ refunds })).toBe('3300');
    for (const none of [{ test: true }, { paid: null }, { cancelled: 1 }]) expect(await brought(none)).toBeNull();
  });

  test('order value: members’ orders are those placed once they had joined', async () => {
    const { now, months } = await ask<{ now: object; months: { month: string }[] }>('/reports/order-value?months=12');
    expect(now).toMatchObject({ members: { orders: 12, mean: 1250 }, others: { orders: 6, mean: 2000 } });
    expect(months.map(({ month }) => month)).toEqual(['2026-05', '2026-06']);
  });

  test('cohorts: who joined in May, month by month of their membership', async () => {
    const { cohorts, nth } = await ask<{ cohorts: object[]; nth: { now: { share: number }; before: unknown }[] }>(
      '/reports/cohorts?months=12',
    );
    expect(cohorts).toEqual([{ month: '2026-05', joined: 6, bought: [6, 6, 6, 0, 0, 0] }]);
    expect(nth.map(({ now, before }) => [now.share, before])).toEqual([1, 1, 1, 0, 0, 0].map((share) => [share, null]));
  });
});

describe('H4: rewards', () => {
  test('a first reward within three months of joining; what is taken, what nobody takes', async () => {
    const report = await ask<{
      firstReward: { now: { share: number } };
      ever: object;
      rewards: object[];
      months: object[];
    }>('/reports/rewards?months=12&locale=en');
    expect(report.months).toEqual([{ month: '2026-05', joined: 6, active: 6, rewarded: 1 }]);
    expect(report.firstReward.now.share).toBeCloseTo(1 / 6);
    expect(report.ever).toMatchObject({ bought: 6, rewarded: 1 });
    expect(report.rewards).toMatchObject([
      { reward: 'five', offered: true, taken: 1, before: 0, last: '2026-06-20T09:00:00.000Z' },
      { reward: 'old', offered: false, taken: 0, before: 1 },
    ]);
  });

  test('none of it reads a big table from end to end', async () => {
    const { db } = stage;
    await db.sql(
      `insert into member (program_id, joined_at, referral_code) select 999, now() - g * interval '1 hour', 'P' || g from generate_series(1, 30000) g`,
    );
    await db.sql(
      `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, member_id)
       select 999, 9, g, now(), $1, now() - g * interval '1 minute', g from generate_series(1, 30000) g`,
      [JSON.stringify(snapshot(100))],
    );
    await db.sql(
      `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state, made_at, expires_at, cart)
       select 999, 9, g, 'five', 'points', 1, 1, 1, 'X' || g, 'captured', 'live', now() - g * interval '1 hour', now(), '{}' from generate_series(1, 30000) g`,
    );
    await db.sql('analyze');
    const asked = { COHORTS, COHORT_ORDERS, VALUE, ORDER_VALUE, REWARDED, EVER, TAKEN, HEALTH, IDLE };
    for (const [name, sql] of Object.entries(asked)) {
      const nodes = flat(await planOf(db, `report_${name}`, sql, 'tallymark_app'));
      expect([name, readWhole(nodes, ['order_state', 'member', 'redemption'])]).toEqual([name, []]);
      // years of orders are read from their index, not one by one
      if (!['VALUE', 'ORDER_VALUE', 'COHORT_ORDERS'].includes(name)) continue;
      const orders = nodes.filter((node) => node['Relation Name'] === 'order_state').map((node) => node['Node Type']);
      expect([name, orders]).toEqual([name, ['Index Only Scan']]);
    }
  });
});
