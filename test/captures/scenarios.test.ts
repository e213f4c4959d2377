import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testDatabase } from '../support/database.js';
import { startService, type TestService } from '../support/service.js';
import { EXPECTED } from './expected-points.js';
import { ALL, always, never, type Playing, shuffled, Stage, withoutIdleReviews } from './play.js';

const db = testDatabase();
let service: TestService;
const stage = new Stage(db, () => service);
beforeAll(async () => {
  service = await startService(db, { platforms: stage.platforms });
});
afterAll(() => service.stop());

const SEEDS = [1, 2];

describe.each(ALL.map((scenario) => [scenario.name, scenario] as const))('recorded: %s', (name, scenario) => {
  const { deliveries } = scenario;
  const backwards = [...deliveries].reverse();
  const snapshots = deliveries.filter(({ topic }) => /^order\.(created|updated|restored)$/.test(topic));
  const { points, decisions, arithmetic, money } = EXPECTED[name] ?? {};
  const inMoney = money === undefined ? {} : { money };
  const ways: [string, Playing][] = [
    ['backwards, one by one', { order: backwards, meanwhile: false, worksAfter: always }],
    ['backwards, in one batch', { order: backwards, meanwhile: false, worksAfter: never }],
    ...SEEDS.map((seed): [string, Playing] => [
      `shuffled with duplicates, seed ${seed}`,
      { ...shuffled(deliveries, seed), meanwhile: false },
    ]),
  ];

  test(`comes to the same in every order${arithmetic === undefined ? '' : `: ${arithmetic}`}`, async () => {
    const recorded = await stage.play(scenario, { order: deliveries, meanwhile: true, worksAfter: always, ...inMoney });
    if (points && decisions) expect(recorded).toEqual({ points, decisions });
    for (const [way, playing] of ways)
      expect([way, withoutIdleReviews(await stage.play(scenario, { ...playing, ...inMoney }))]).toEqual([
        way,
        withoutIdleReviews(recorded),
      ]);
  });

  if (snapshots.length > 1 && !deliveries.some(({ topic }) => /deleted|delete_order/.test(topic))) {
    test('comes to the same when the pokes are lost and only the snapshots come, backwards', async () => {
      const whole = await stage.play(scenario, { order: deliveries, meanwhile: true, worksAfter: always, ...inMoney });
      const order = [...snapshots].reverse();
      for (const worksAfter of [always, never])
        expect(await stage.play(scenario, { order, meanwhile: false, worksAfter, ...inMoney })).toEqual(whole);
    });
  }
});

test('a yen order in a program of euros has no booked rate: nothing, and it says so', async () => {
  const scenario = ALL.find(({ name }) => name.startsWith('16-order-jpy'));
  if (!scenario) return;
  const seen = await stage.play(scenario, { order: scenario.deliveries, meanwhile: true, worksAfter: always });
  expect(seen).toEqual({ points: {}, decisions: { 'order:42': 'currency' } });
});

test('every recorded scenario that is known by name has its row, and every row its scenario', () => {
  const names = new Set(ALL.map(({ name }) => name));
  expect(Object.keys(EXPECTED).filter((name) => !names.has(name))).toEqual([]);
  expect(ALL.length).toBeGreaterThanOrEqual(Object.keys(EXPECTED).length);
});
