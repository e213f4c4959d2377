import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { command as clearing } from '../../../src/commands/clearing.js';
import { differenceOf, shareOf } from '../../../src/reports/difference.js';
import { estimateOf } from '../../../src/reports/means.js';
import { HOURS, MONTHS_FLOWS, MONTHS_ORDERS } from '../../../src/reports/read-activity.js';
import { CLEARING } from '../../../src/reports/read-clearing.js';
import { PILOT } from '../../../src/reports/read-pilot.js';
import { RETURNING } from '../../../src/reports/read-returning.js';
import { verdictOf } from '../../../src/reports/targets.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { flat, planOf, readWhole } from '../../support/plan-of.js';
import { RememberedPlatform } from '../../support/remembered-platform.js';
import { runCommand } from '../../support/run-command.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** H1, H2, H4: reports count what the ledger and the orders say; hand-counted on a real database. */
const stage = ledgerStage();
let api: OwnerClient;
let program: string;
let store: { id: string; key: string };
const NOW = Date.UTC(2026, 10, 20);
let id = 0;

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  store = await service.store(program, 'woocommerce');
  service.clock.set(NOW);
  await service.member(program, store.id, '7', { email: 'ana@example.test' }, Date.UTC(2026, 0, 2));
  await service.member(program, store.id, '8', { email: 'bob@example.test' }, Date.UTC(2026, 5, 1));
  api = await ownerOf(db, service);
  // Ana, a member: May, and again within 90 days. Bob ordered in May, joined in June: neither. Cleo and Dan never joined.
  for (const [customer, placed] of [
    [7, '2026-05-04T08:30:00'],
    [7, '2026-06-01T08:30:00'],
    [8, '2026-05-10T08:30:00'],
    [8, '2026-07-10T08:30:00'],
    [11, '2026-05-11T08:30:00'],
    [12, '2026-05-12T08:30:00'],
    [12, '2026-10-05T22:30:00'],
  ] as const) {
    id += 1;
    const dates = { date_created_gmt: placed, date_paid_gmt: placed, date_modified_gmt: placed };
    const body = wooOrder([wooLine(1, '60.00')], { id, number: `${id}`, customer_id: customer, ...dates });
    body['billing'] = { email: `c${customer}@example.test`, phone: '' };
    expect((await service.woo(store, 'order.created', body)).status).toBe(200);
  }
  await service.drain();
});
afterAll(() => api.close());

const ask = async <T>(path: string) => (await api.ask<T>(program, 'GET', path)).body;

describe('H2: who comes back', () => {
  test('members beside others; who joined after a first order is in neither group', async () => {
    const report = await ask<{
      members: object;
      others: object;
      difference: { low: number; high: number };
      before: object;
    }>('/reports/returning?days=365&within=90');
    expect(report.members).toMatchObject({ customers: 1, returned: 1, orders: 2 });
    expect(report.others).toMatchObject({ customers: 2, returned: 0, orders: 3 });
    expect(report.difference.low).toBeLessThan(0);
    expect(report.before).toMatchObject({
      members: { customers: 0, share: null },
      difference: null,
      firstReward: null,
    });
  });

  test('H4: a first reward within three months: nobody had one', async () => {
    const { firstReward } = await ask<{ firstReward: object }>('/reports/returning?days=365&within=90');
    expect(firstReward).toMatchObject({ joined: 2, rewarded: 0 });
  });

  test('Wilson’s and Newcombe’s intervals, as their papers have them', () => {
    // Newcombe 1998: 56/70 and 48/80
    const [one, other] = [shareOf(56, 70), shareOf(48, 80)];
    expect([one?.low, one?.high].map((n) => n?.toFixed(4))).toEqual(['0.6918', '0.8770']);
    const difference = differenceOf(one, other);
    expect([difference?.share, difference?.low, difference?.high].map((n) => n?.toFixed(4))).toEqual([
      '0.2000',
      '0.0524',
      '0.3339',
    ]);
    expect(shareOf(0, 0)).toBeNull();
  });
});

describe('H5: what the owner aims at', () => {
  test('a goal is reached or missed only when the whole likely range says so; it can be changed and forgotten', async () => {
    const targets = async (method = 'GET', body?: object) => {
      const answer = await api.ask<{ targets: Record<string, unknown>[] }>(program, method, '/reports/targets', body);
      return answer.status === 200
        ? answer.body.targets.map(({ what, aim, verdict }) => [what, aim, verdict])
        : answer.status;
    };
    const none = ['order-value', null, null];
    expect(await targets()).toEqual([['came-back', null, null], none]);
    // one of one came back: somewhere between a fifth and all
    expect(await targets('PUT', { what: 'came-back', aim: 0.2 })).toEqual([['came-back', 0.2, 'reached'], none]);
    expect(await targets('PUT', { what: 'came-back', aim: 0.5 })).toEqual([['came-back', 0.5, 'open'], none]);
    expect(await targets('PUT', { what: 'came-back', aim: 1.5 })).toBe(400);
    expect(await targets('PUT', { what: 'came-back', aim: null })).toEqual([['came-back', null, null], none]);
    expect(verdictOf(0.5, { value: 0.4, low: 0.3, high: 0.49 })).toBe('missed');
    const log = await stage.db.sql(
      `select facts from audit_event where program_id = $1 and what = 'settings.target' order by id`,
      [program],
    );
    expect(log).toMatchObject([
      { facts: { before: null, after: 0.2 } },
      { facts: { before: 0.2 } },
      { facts: { after: null } },
    ]);
    expect(estimateOf({ n: 2, sum: 30, squares: 500 })).toMatchObject({ value: 15 });
    expect(estimateOf({ n: 1, sum: 30, squares: 900 })).toBeNull();
  });
});

describe('P29: shops that share points settle by themselves', () => {
  test('whose points were used where: in points and money, a return moves it, the shops sum to zero', async () => {
    const { service, db } = stage;
    const street = await service.program(LEDGER_RULES, 'Good Neighbours');
    const [a, b] = [await service.store(street, 'woocommerce'), await service.store(street, 'woocommerce')];
    for (const { id: shop } of [a, b]) stage.platforms.set(shop, new RememberedPlatform());
    service.clock.set(Date.UTC(2026, 5, 1));
    const member = await service.member(street, a.id, '7', { email: 'eva@example.test' }, Date.UTC(2026, 4, 1));
    await db.sql(
      `insert into customer_link (program_id, store_id, customer, member_id, linked_at) values ($1, $2, '70', $3, '2026-05-01')`,
      [street, b.id, member],
    );
    const order = async (
      shop: typeof a,
      n: number,
      placed: string,
      euro: string,
      more: object = {},
      topic = 'created',
    ) => {
      const dates = { date_created_gmt: placed, date_paid_gmt: placed, date_modified_gmt: placed };
      const customer = { customer_id: shop === a ? 7 : 70, billing: { email: 'eva@example.test', phone: '' } };
      const body = wooOrder([wooLine(1, euro)], { id: n, number: `${n}`, ...customer, ...dates, ...more });
      expect((await service.woo(shop, `order.${topic}`, body)).status).toBe(200);
      await service.drain();
    };
    await order(a, 1, '2026-05-02T08:00:00', '13.00');
    await order(b, 2, '2026-05-03T08:00:00', '20.00');
    // 20 points at B: 13 that A gave, 7 of B's own
    const redemption = await stage.reserve(street, b.id, '70');
    const { code } = await stage.redemption(street, redemption);
    await service.drain();
    service.clock.set(Date.UTC(2026, 5, 2, 9));
    const coupon_lines = [{ id: 1, code, discount: '5.00', discount_tax: '0.00' }];
    await order(b, 3, '2026-06-02T08:00:00', '4.00', { coupon_lines });
    const report = async (month: string) =>
      (
        await api.ask<Record<'lines' | 'balances' | 'before', object[]>>(
          street,
          'GET',
          `/reports/clearing?month=${month}`,
        )
      ).body;
    const lines = (rows: object[]) => rows.map((row) => Object.values(row).join(' '));
    const june = await report('2026-06');
    const shown = (unit: string, gave: string | null, points: number) => ({
      unit,
      gave,
      took: b.id,
      points: `${points}`,
    });
    expect(june.lines).toMatchObject([shown('points', a.id, 13), shown('points', b.id, 7)]);
    expect(june.lines).toMatchObject([{ worth: '13', redemptions: 1 }, { worth: '7' }]);
    expect(lines(june.balances)).toEqual([`${b.id} points 13 0 13`, `${a.id} points 0 13 -13`]);
    expect([(await report('2026-05')).lines, (await report('2026-07')).before]).toEqual([[], june.balances]);
    // A takes its goods back: its 13 points go; B's last 13 and 4 of June cover them
    service.clock.set(Date.UTC(2026, 5, 10));
    await order(
      a,
      1,
      '2026-05-02T08:00:00',
      '13.00',
      { status: 'cancelled', date_modified_gmt: '2026-06-09T08:00:00' },
      'updated',
    );
    expect(lines((await report('2026-06')).lines)).toEqual([`points ${b.id} ${b.id} 20 20 1`]);
    await stage.expectSound(street);
    const { said } = await runCommand(clearing, [street, '2026-06'], db.url);
    expect(said).toHaveLength(2);
    expect(said[1]).toMatch(/,points,20,20,1$/);
    service.clock.set(NOW);
  });
});

describe('H1: use and reach', () => {
  test('month by month, in the shop’s time; the hours are the shop’s clock', async () => {
    const { months, hours } = await ask<{ months: Record<string, unknown>[]; hours: Record<string, number>[] }>(
      '/reports/activity?months=12',
    );
    expect(months.map(({ month, joined, orders, giving }) => [month, joined, orders, giving])).toEqual([
      ['2026-01', 1, 0, 0],
      ['2026-05', 0, 4, 1],
      ['2026-06', 1, 1, 1],
      ['2026-07', 0, 1, 1],
      ['2026-10', 0, 1, 0],
    ]);
    expect(months.find(({ month }) => month === '2026-06')?.['flows']).toEqual([
      { unit: 'points', given: '60', used: '0', expired: '0' },
    ]);
    // Monday 5 October 22:30 in UTC is half past midnight on Tuesday in Amsterdam
    expect(hours).toEqual([{ weekday: 1, hour: 0, orders: 1 }]);
    const six = await ask<Record<'before' | 'hoursBefore', unknown>>('/reports/activity?months=6');
    expect(six.before).toEqual({
      joined: 1,
      orders: 4,
      giving: 1,
      flows: [{ unit: 'points', given: '60', used: '0', expired: '0' }],
    });
    // Ana's on 1 June and Bob's on 10 July
    expect(six.hoursBefore).toMatchObject([
      { weekday: 0, hour: 10 },
      { weekday: 4, hour: 10 },
    ]);
  });

  const listed = async (query: string) =>
    (await ask<{ members: { email: string }[] }>(`/members?${query}`)).members.map(({ email }) => email.split('@')[0]);

  test('the share of members who earned or used points within days, at each month’s end; the members behind it', async () => {
    type Months = { month: string; until: string | null; members: number; active: number }[];
    const { months, before } = await ask<{ months: Months; before: Months }>('/reports/active?months=6&days=60');
    const told = (rows: Months) => rows.map(({ month, members, active }) => `${month.slice(5)} ${active}/${members}`);
    // Ana earned on 4 May and 1 June, Bob, who joined in June, on 10 July
    expect(told(months)).toEqual(['06 1/2', '07 1/2', '08 1/2', '09 0/2', '10 0/2', '11 0/2']);
    expect(told(before)).toEqual(['12 0/0', '01 0/1', '02 0/1', '03 0/1', '04 0/1', '05 1/1']);
    expect(months.map(({ until }) => until).slice(-2)).toEqual(['2026-11-01', null]);
    expect(await listed('active=yes&within=60&on=2026-09-01')).toEqual(['bob']);
    expect(await listed('active=no&within=60&on=2026-09-01')).toEqual(['ana']);
    expect(await listed('active=yes&within=365')).toEqual(['bob', 'ana']);
  });

  test('who could have a reward and takes none: how many, since when, and who', async () => {
    type Unclaimed = {
      unit: string;
      members: number;
      points: string;
      waits: { least: number | null; members: number }[];
    };
    const { units } = await ask<{ units: Unclaimed[] }>('/reports/unclaimed');
    // 120 and 60, of which 20 are enough: since 4 May and 10 July
    expect(units).toMatchObject([
      { unit: 'points', members: 2, points: '180', worth: '180', cheapest: { points: 20 } },
    ]);
    expect(units[0]?.waits.map(({ least, members }) => `${least} ${members}`)).toEqual([
      '365 0',
      '90 2',
      '30 0',
      'null 0',
    ]);
    expect(await listed('unclaimed=points')).toEqual(['bob', 'ana']);
    expect(await listed('unclaimed=points&waited=150')).toEqual(['ana']);
    expect(await listed('unclaimed=points&under=150')).toEqual(['bob']);
  });

  test('none of it reads a big table from end to end', async () => {
    await stage.db.sql(
      `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, points)
       select 999, now() - g * interval '1 minute', g, 'points', 'x' || g, 'earned', 0, 'issued', g, 'available', 1 from generate_series(1, 30000) g`,
    );
    await stage.db.sql(
      `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at)
       select 999, 9, g, now(), '{}', now() - g * interval '1 minute' from generate_series(1, 30000) g`,
    );
    await stage.db.sql(
      `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state, made_at, expires_at, cart)
       select 999, 9, g, 'five', 'points', 1, 1, 1, 'X' || g, 'captured', 'live', now(), now(), '{}' from generate_series(1, 30000) g`,
    );
    await stage.db.sql(
      `insert into lot_use (program_id, member_id, unit, spending, lot, points)
       select 999, g, 'points', 'redemption:' || g, 'order:9/' || g, 1 from generate_series(1, 30000) g`,
    );
    await stage.db.sql('analyze');
    for (const [name, sql] of Object.entries({ MONTHS_FLOWS, MONTHS_ORDERS, HOURS, RETURNING, PILOT, CLEARING })) {
      const nodes = flat(await planOf(stage.db, `report_${name}`, sql, 'tallymark_app'));
      expect([name, readWhole(nodes, ['transfer', 'order_state', 'redemption', 'lot_use'])]).toEqual([name, []]);
    }
  });
});
