import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countAllLevels } from '../../../src/jobs/count-all-levels.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** H1: how members are spread over the levels, and who rose, fell or was kept by grace; hand-counted. */
const stage = ledgerStage();
const RULES = programRules.parse({
  ...LEDGER_RULES,
  tiers: {
    ...{ basis: 'spend', window: { kind: 'rolling', days: 60 }, graceDays: 20 },
    levels: [{ id: 'plain' }, { id: 'gold', enter: 10_000, keep: 5_000 }],
  },
});
const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
let api: OwnerClient;
let program: string;
let store: { id: string; key: string };
const ids: Record<string, string> = {};

const order = async (n: number, customer: number, day: string, euro: string, more: object = {}) => {
  const placed = `${day}T12:00:00`;
  const dates = { date_created_gmt: placed, date_paid_gmt: placed, date_modified_gmt: placed };
  const body = wooOrder([wooLine(1, euro)], { id: n, number: `${n}`, customer_id: customer, ...dates, ...more });
  body['billing'] = { email: `c${customer}@example.test`, phone: '' };
  const topic = 'status' in more ? 'order.updated' : 'order.created';
  expect((await stage.service.woo(store, topic, body)).status).toBe(200);
  await stage.service.drain();
};
const countOn = async (day: string) => {
  stage.service.clock.set(at(day));
  await countAllLevels(stage.work);
};

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set(at('2026-01-01'));
  program = await service.program(RULES, 'Bean Club');
  store = await service.store(program, 'woocommerce');
  for (const [name, customer, joined] of [
    ['ana', 1, '2026-01-05'],
    ['bob', 2, '2026-01-06'],
    ['cleo', 3, '2026-03-02'],
  ] as const)
    ids[name] = await service.member(
      program,
      store.id,
      `${customer}`,
      { email: `c${customer}@example.test` },
      at(joined),
    );
  api = await ownerOf(db, service);
  service.clock.set(at('2026-06-10'));
  // Ana rises on 10 January; what counted is over on 11 March, her grace on 31 March: she falls
  await order(1, 1, '2026-01-10', '120.00');
  // Bob rises on 20 January; no longer earned from 21 March; 60.00 within the grace earn gold again until 20 May, and grace until 9 June
  await order(2, 2, '2026-01-20', '100.00');
  await order(3, 2, '2026-03-21', '60.00');
  // Cleo rises in June
  await order(4, 3, '2026-06-03', '150.00');
});
afterAll(() => api.close());

interface Report {
  countedAt: string | null;
  levels: { level: string; name: string; members: number; kept: number; began: number }[];
  periods: (Record<'joined' | 'rose' | 'fell' | 'kept' | 'ruled', number> & {
    begins: string;
    ends: string;
    standing: Record<string, number>;
  })[];
  now: object;
  before: object;
}
const report = async (query = 'months=6') => (await api.ask<Report>(program, 'GET', `/reports/levels?${query}`)).body;
const members = async (query: string) =>
  (await api.ask<{ members: { id: string }[] }>(program, 'GET', `/members?${query}`)).body.members.length;
const publicIds = async (...names: string[]) =>
  Promise.all(
    names.map(async (name) => {
      const [row] = await stage.db.sql<{ id: string }>('select public_id as id from member where id = $1', [ids[name]]);
      return row?.id ?? '';
    }),
  );
const months = ({ periods }: Report) =>
  periods.map(({ begins, joined, rose, fell, kept, standing }) =>
    [begins.slice(0, 7), joined, rose, fell, kept, standing['plain'], standing['gold']].join(' '),
  );

describe('H1: the spread of the levels', () => {
  test('before the first count it says so; then month by month who joined, rose, fell, was kept, and who stood where', async () => {
    expect((await report()).countedAt).toBeNull();
    await countOn('2026-06-10');
    const found = await report();
    expect(months(found)).toEqual([
      '2026-01 2 2 0 0 0 2',
      '2026-02 0 0 0 0 0 2',
      '2026-03 1 0 1 1 2 1',
      '2026-04 0 0 0 0 2 1',
      '2026-05 0 0 0 1 2 1',
      '2026-06 0 1 1 0 2 1',
    ]);
    expect(found.levels).toMatchObject([
      { level: 'plain', members: 2, kept: 0, began: 0 },
      { level: 'gold', members: 1, kept: 0, began: 0 },
    ]);
    expect(found.now).toEqual({ joined: 3, rose: 3, fell: 2, kept: 2, ruled: 0 });
    // of three months, beside the three before
    const three = await report('months=3');
    expect([three.now, three.before]).toMatchObject([
      { joined: 0, rose: 1, fell: 1, kept: 1 },
      { joined: 3, rose: 2, fell: 1, kept: 1 },
    ]);
    expect(three.levels.map(({ began }) => began)).toEqual([2, 1]);
  });

  test('every figure opens just the members behind it; weeks add up as months do', async () => {
    for (const by of ['month', 'week']) {
      const { periods, levels } = await report(`months=6&by=${by}`);
      for (const { level, members: n } of levels) expect([level, await members(`level=${level}`)]).toEqual([level, n]);
      for (const { begins, ends, ...figures } of periods) {
        for (const moved of ['joined', 'rose', 'fell', 'kept'] as const) {
          if (figures[moved] === 0) continue;
          const shown = await members(`moved=${moved}&from=${begins}&to=${ends}`);
          expect([begins, moved, shown]).toEqual([begins, moved, figures[moved]]);
        }
        for (const [level, n] of Object.entries(figures.standing))
          expect([ends, level, await members(`level=${level}&on=${ends}`)]).toEqual([ends, level, n]);
      }
      expect(periods.at(-1)?.standing).toEqual({ plain: 2, gold: 1 });
    }
  });

  test('it is counted once a day; what was known too late changes the past, and nobody else’s', async () => {
    // Ana's order of January was cancelled the day after: she fell then, and no grace ever began
    await order(1, 1, '2026-01-10', '120.00', { status: 'cancelled', date_modified_gmt: '2026-01-11T12:00:00' });
    const kept = () =>
      stage.db.sql<{ xmin: string }>('select xmin from level_move where member_id = $1 order by nth', [ids['bob']]);
    const before = await kept();
    await countOn('2026-06-10');
    expect(months(await report())[0]).toBe('2026-01 2 2 0 0 0 2');
    await countOn('2026-06-11');
    const found = await report();
    expect(months(found)).toEqual([
      '2026-01 2 2 1 0 1 1',
      '2026-02 0 0 0 0 1 1',
      '2026-03 1 0 0 0 2 1',
      '2026-04 0 0 0 0 2 1',
      '2026-05 0 0 0 1 2 1',
      '2026-06 0 1 1 0 2 1',
    ]);
    expect(await kept()).toEqual(before);
  });

  test('who was merged into another stands nowhere; another program sees none of it', async () => {
    const other = await stage.service.program(RULES, 'Other');
    const theirs = await api.ask<Report>(other, 'GET', '/reports/levels');
    expect(theirs.body.levels.map((one) => one.members)).toEqual([0, 0]);
    stage.service.clock.set(at('2026-06-11'));
    const [cleo, bob] = await publicIds('cleo', 'bob');
    const { body } = await api.ask<{ hash: string }>(program, 'GET', `/members/${bob}/merge?other=${cleo}`);
    const merged = await api.ask(program, 'POST', `/members/${bob}/merge`, { other: cleo, hash: body.hash });
    expect(merged.status).toBeLessThan(300);
    await countOn('2026-06-12');
    const { levels } = await report();
    expect(levels.map((one) => one.members)).toEqual([1, 1]);
  });
});
