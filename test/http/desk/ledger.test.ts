import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sweepPoints } from '../../../src/jobs/schedules.js';
import { INVARIANTS } from '../../../src/ledger/invariants.js';
import { JOURNAL } from '../../../src/reports/read-ledger.js';
import { COHORTS_LEFT } from '../../../src/reports/read-forecast.js';
import { ENDINGS } from '../../../src/reports/read-reminders.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { flat, planOf, readWhole } from '../../support/plan-of.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G, T5: the books at the desk: what stands where, what moved by day, and the proof, on a real ledger. */
const stage = ledgerStage();
let api: OwnerClient;
let program: string;

interface Row {
  unit: string;
  kind: string;
  points: string;
  month: string | null;
  day: string;
  from: string;
  to: string;
  transfers: number;
}

beforeAll(async () => {
  const { service, db } = stage;
  const expiring = { ...LEDGER_RULES.units['points']!, expiry: { kind: 'months', months: 6 } as const };
  program = await service.program({ ...LEDGER_RULES, units: { points: expiring } }, 'Bean Club');
  const store = await service.store(program, 'woocommerce');
  service.clock.set(Date.UTC(2026, 2, 20));
  await service.member(program, store.id, '7', { email: 'ana@example.test' }, Date.UTC(2026, 0, 2));
  api = await ownerOf(db, service);
  for (const [id, placed, total] of [
    [1, '2026-03-10T10:00:00', '60.00'],
    [2, '2026-03-10T22:59:00', '40.00'],
    [3, '2026-03-10T23:01:00', '10.00'],
  ] as const) {
    const dates = { date_created_gmt: placed, date_paid_gmt: placed, date_modified_gmt: placed };
    const body = wooOrder([wooLine(1, total)], { id, number: `${id}`, customer_id: 7, ...dates });
    expect((await service.woo(store, 'order.created', body)).status).toBe(200);
  }
  await service.drain();
});
afterAll(() => api.close());

const ask = async <T>(path: string) => (await api.ask<T>(program, 'GET', path)).body;

describe('G: the ledger', () => {
  test('what stands in each kind of account: over a unit they sum to zero', async () => {
    const { accounts } = await ask<{ accounts: Row[] }>('/ledger');
    const by = Object.fromEntries(accounts.map(({ kind, points }) => [kind, Number(points)]));
    expect(by).toMatchObject({ available: 110, issued: -110 });
    expect(accounts.reduce((sum, { points }) => sum + BigInt(points), 0n)).toBe(0n);
  });

  test('H3: open points by the month in which they end, and they are all that is open', async () => {
    const { ending } = await ask<{ ending: Row[] }>('/ledger');
    expect(ending.map(({ unit, month, points }) => [unit, month, points])).toEqual([['points', '2026-09', '110']]);
  });

  test('H3: what of the open points is used and what lapses, and how far off that would have been', async () => {
    const { service, db } = stage;
    const now = service.clock.now();
    const months = { ...LEDGER_RULES.units['points']!, expiry: { kind: 'months', months: 6 } as const };
    const bees = { id: 'five', kind: 'donation', unit: 'points', points: 20, cause: 'bees', gives: 100 };
    const rules = programRules.parse({ ...LEDGER_RULES, units: { points: months }, rewards: [bees] });
    const club = await service.program(rules, 'Regular Club');
    const store = await service.store(club, 'woocommerce');
    service.clock.set(Date.UTC(2025, 0, 1));
    await service.member(club, store.id, '8', { email: 'bob@example.test' }, Date.UTC(2025, 0, 1));
    // each month a hundred points on the 10th; from the sixth on, on the 12th, 20 of those that end next
    for (let month = 0; month < 14; month += 1) {
      const placed = new Date(Date.UTC(2025, month, 10, 9)).toISOString().slice(0, 19);
      service.clock.set(Date.UTC(2025, month, 11));
      const dates = { date_created_gmt: placed, date_paid_gmt: placed, date_modified_gmt: placed };
      const body = wooOrder([wooLine(1, '100.00')], { id: 100 + month, number: `${month}`, customer_id: 8, ...dates });
      expect((await service.woo(store, 'order.created', body)).status).toBe(200);
      await service.drain();
      service.clock.set(Date.UTC(2025, month, 12));
      await sweepPoints({ ...stage.work, forgetBodies: async () => 0 });
      if (month > 4) await stage.reserve(club, store.id, '8');
    }
    service.clock.set(Date.UTC(2025, 13, 20));
    interface Foreseen {
      points: string;
      low: { points: string } | null;
    }
    interface Unit {
      open: { points: string; worth: string };
      past: number;
      months: { used: Foreseen; lapsed: Foreseen; open: { points: string } }[];
      tried: { back: number; result: { open: string; used: object; lapsed: object } | null }[];
    }
    const { body } = await api.ask<{ units: Unit[] }>(club, 'GET', '/reports/forecast');
    const [unit] = body.units;
    // five months of 100, and 80 of the oldest
    expect(unit).toMatchObject({ open: { points: '580', worth: '580' }, past: 14 });
    const shown = unit?.months.map(({ used, lapsed, open }) =>
      [used, lapsed, open].map(({ points }) => Number(points)),
    );
    expect(shown?.slice(0, 6)).toEqual(
      [1, 2, 3, 4, 5].map((n) => [20 * n, 80 * n, 580 - 100 * n]).concat([[100, 480, 0]]),
    );
    expect(shown?.[11]).toEqual([100, 480, 0]);
    const exact = { foreseen: '60', happened: '60', off: expect.closeTo(0, 9) };
    expect(unit?.tried).toMatchObject([
      { back: 3, result: { open: '580', used: exact, lapsed: { foreseen: '240', happened: '240' } } },
      { back: 6, result: { used: { foreseen: '100', happened: '100' } } },
      { back: 12, result: null },
    ]);
    await stage.expectSound(club);
    expect(await db.sql('select from lot where program_id = $1 and remaining > 0', [club])).toHaveLength(6);
    service.clock.set(now);
  });

  test('D15: whom to remind: whose points can be used for the last time on a day of the shop, each once', async () => {
    interface Reminder {
      lastDay: string;
      unit: string;
      points: string;
      email: string | null;
    }
    const asked = (query: string) => ask<{ reminders: Reminder[]; next: string | null }>(`/reminders?${query}`);
    const said = ({ reminders }: { reminders: Reminder[] }) =>
      reminders.map(({ lastDay, unit, points, email }) => [lastDay, unit, points, email]);
    const all = await asked('from=2026-03-20&to=2027-03-20');
    expect(said(all)).toEqual([
      ['2026-09-10', 'points', '100', 'ana@example.test'],
      ['2026-09-11', 'points', '10', 'ana@example.test'],
    ]);
    expect(all.next).toBeNull();
    expect(said(await asked('from=2026-09-11'))).toEqual([['2026-09-11', 'points', '10', 'ana@example.test']]);
    expect(said(await asked('from=2026-09-12&to=2027-09-12'))).toEqual([]);
    const first = await asked('from=2026-03-20&to=2027-03-20&limit=1');
    expect(said(await asked(`from=2026-03-20&to=2027-03-20&limit=1&after=${first.next ?? ''}`))).toEqual(
      said(all).slice(1),
    );
    expect((await api.ask(program, 'GET', '/reminders?from=2026-09-11&to=2026-09-10')).status).toBe(422);
    for (const day of ['2026-02-30', '0000-01-01'])
      expect((await api.ask(program, 'GET', `/reminders?from=2026-09-11&after=${day}.1.points`)).status).toBe(400);
  });

  test('the journal’s days are the shop’s: 23:01 in UTC is tomorrow in Amsterdam', async () => {
    const { lines } = await ask<{ lines: Row[] }>('/ledger/journal?from=2026-03-01&to=2026-04-01');
    expect(lines.map(({ day, from, to, transfers, points }) => [day, from, to, transfers, points])).toEqual([
      ['2026-03-10', 'issued', 'available', 2, '100'],
      ['2026-03-11', 'issued', 'available', 1, '10'],
    ]);
    const none = await ask<{ lines: Row[] }>('/ledger/journal?from=2026-03-11&to=2026-03-12');
    expect(none.lines).toHaveLength(1);
    const backwards = await api.ask(program, 'GET', '/ledger/journal?from=2026-03-12&to=2026-03-11');
    expect(backwards.status).toBe(400);
  });

  test('T5: each promise holds; after a byte was flipped past all locks the one that is broken says where', async () => {
    for (const { rule } of INVARIANTS)
      expect(await ask(`/ledger/promises/${rule}`)).toMatchObject({ rule, holds: true, breaches: 0, first: null });
    await stage.db.sql("update account set balance = balance + 1 where program_id = $1 and kind = 'available'", [
      program,
    ]);
    expect(await ask('/ledger/promises/balances_equal_entries')).toMatchObject({
      holds: false,
      breaches: 1,
      first: { kind: 'available', balance: '111', entries: '110' },
    });
  });

  test('whom to remind is read by the end of lots, not from end to end', async () => {
    await stage.db.sql(
      `insert into lot (program_id, member_id, unit, of, given, remaining, earned_at, usable_at, matured, ends_at)
       select 999, g, 'points', 'x' || g, 1, 1, now(), now(), true, now() + g * interval '1 minute' from generate_series(1, 30000) g`,
    );
    await stage.db.sql('analyze lot');
    expect(readWhole(flat(await planOf(stage.db, 'reminders', ENDINGS, 'tallymark_app')), ['lot'])).toEqual([]);
  });

  test('the journal reads no big table from end to end', async () => {
    await stage.db.sql(
      `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, points)
       select 999, now() - g * interval '1 minute', g, 'points', 'x' || g, 'earned', 0, 'issued', g, 'available', 1 from generate_series(1, 30000) g`,
    );
    await stage.db.sql('analyze');
    const plans = { JOURNAL, COHORTS_LEFT };
    for (const [name, sql] of Object.entries(plans))
      expect([name, readWhole(flat(await planOf(stage.db, name, sql, 'tallymark_app')), ['transfer', 'lot'])]).toEqual([
        name,
        [],
      ]);
  });
});
