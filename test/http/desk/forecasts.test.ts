import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runSimulations } from '../../../src/jobs/run-simulations.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { movedBack } from '../../../src/rules/promotions/move-back.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** T3, T9: what a simulation said of a promotion is held against what happens; who publishes without one is written down. */
const stage = ledgerStage();
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20, 12);
let api: OwnerClient;
let program: string;

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  const store = await service.store(program, 'woocommerce');
  service.clock.set(NOW);
  await service.member(program, store.id, '7', { email: 'ana@example.test' }, NOW - 80 * DAY);
  for (let id = 1; id <= 6; id++) {
    const placed = new Date(NOW - id * 7 * DAY).toISOString().slice(0, 19);
    const dates = { date_created_gmt: placed, date_paid_gmt: placed, date_modified_gmt: placed };
    const body = wooOrder([wooLine(1, '60.00')], { id, number: `${id}`, customer_id: 7, ...dates });
    expect((await service.woo(store, 'order.created', body)).status).toBe(200);
  }
  await service.drain();
  api = await ownerOf(db, service);
});
afterAll(() => api.close());

interface Drafted {
  hash: string;
}
interface File {
  rules: { promotions?: object[] };
}

async function draftWith(promotion: object): Promise<string> {
  const { body: live } = await api.ask<{ file: File }>(program, 'GET', '/program');
  const { file } = live;
  const promotions = [...(file.rules.promotions ?? []), promotion];
  const wish = { file: { ...file, rules: { ...file.rules, promotions } }, replaces: null };
  const { status, body } = await api.ask<Drafted>(program, 'PUT', '/draft', wish);
  expect(status).toBe(200);
  return body.hash;
}

const skipped = () =>
  stage.db.sql<{ actor: string; facts: object }>(
    "select actor, facts from audit_event where program_id = $1 and what = 'promotion.not-simulated'",
    [program],
  );

describe('what is still to come', () => {
  test('is played whole weeks earlier, with its end in the last week; what is open in the past stays where it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 200 }), (ahead, long) => {
        const local = (at: number) => new Date(at).toISOString().slice(0, 16);
        const [from, to] = [local(NOW + ahead * DAY), local(NOW + (ahead + long) * DAY)];
        const rules = programRules.parse({
          ...LEDGER_RULES,
          zone: 'UTC',
          promotions: [
            { id: 'double', factor: 2, when: { from, to } },
            { id: 'always', factor: 2 },
          ],
        });
        const moved = movedBack(rules, ['double', 'always'], NOW - 90 * DAY, NOW);
        const when = moved.rules.promotions[0]?.when;
        const [begins, ends] = [Date.parse(`${when?.from}Z`), Date.parse(`${when?.to}Z`)];
        expect(NOW - ends).toBeGreaterThanOrEqual(0);
        expect(NOW - ends).toBeLessThan(7 * DAY);
        expect(ends - begins).toBe(long * DAY);
        expect(Date.parse(`${to}Z`) - ends).toBe(moved.weeks * 7 * DAY);
        expect(moved.rules.promotions[1]).toEqual(rules.promotions[1]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('forecast beside fact', () => {
  test('a simulated promotion says what was expected by now; new orders make its simulation older', async () => {
    const when = { from: '2026-11-21T00:00', to: '2026-12-19T00:00' };
    const hash = await draftWith({ id: 'double', factor: 2, when, ceiling: { points: 1000 } });
    const { body: asked } = await api.ask<{ id: string; weeksBack: number }>(program, 'POST', '/simulations', {
      days: 90,
    });
    expect(asked.weeksBack).toBe(5);
    await runSimulations({ db: stage.db.app, clock: stage.service.clock });
    const { body: told } = await api.ask<object>(program, 'GET', `/simulations/${asked.id}`);
    // four of the six orders lie in the four weeks that end on 14 November
    expect(told).toMatchObject({ status: 'done', weeksBack: 5, newOrders: 0 });
    expect((await api.ask(program, 'POST', '/publish', { hash })).status).toBe(200);
    expect(await skipped()).toEqual([]);

    stage.service.clock.set(Date.UTC(2026, 11, 5));
    const { body } = await api.ask<{ promotions: { forecast: Record<string, string> }[] }>(
      program,
      'GET',
      '/promotions',
    );
    const forecast = body.promotions[0]?.forecast;
    expect(forecast).toMatchObject({ points: '240', together: 1 });
    // two of its four weeks are over
    expect(Number(forecast?.['expected'])).toBeCloseTo(120, -1);
  });

  test('published without a simulation: there is no forecast, and the audit says who did it', async () => {
    const hash = await draftWith({ id: 'triple', factor: 3 });
    expect((await api.ask(program, 'POST', '/publish', { hash })).status).toBe(200);
    const { body } = await api.ask<{ promotions: { id: string; forecast: unknown }[] }>(program, 'GET', '/promotions');
    expect(body.promotions.find(({ id }) => id === 'triple')?.forecast).toBeNull();
    expect(await skipped()).toMatchObject([
      { actor: expect.stringMatching(/^key:\d+$/), facts: { promotions: ['triple'] } },
    ]);
  });
});
