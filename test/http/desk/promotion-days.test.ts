import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G4: the month shows a promotion from the day on which it begins, whoever left its window open. */
const stage = ledgerStage();
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20, 12);
let api: OwnerClient;
let program: string;

interface File {
  rules: { promotions?: object[] };
}
interface Days {
  promotions: { id: string; days: string[] }[];
}

beforeAll(async () => {
  stage.service.clock.set(NOW);
  program = await stage.service.program(LEDGER_RULES, 'Bean Club');
  api = await ownerOf(stage.db, stage.service);
});
afterAll(() => api.close());

const ask = async <T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await api.ask<T>(program, method, path, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body;
};
async function draftWith(promotions: object[], replaces: string | null = null): Promise<string> {
  const { file } = await ask<{ file: File }>('GET', '/program');
  const wish = { file: { ...file, rules: { ...file.rules, promotions } }, replaces };
  return (await ask<{ hash: string }>('PUT', '/draft', wish)).hash;
}
const publishWith = async (promotions: object[], replaces?: string) =>
  ask('POST', '/publish', { hash: await draftWith(promotions, replaces) });
const daysOf = async (of: '' | '&of=draft' = '') => {
  const { promotions } = await ask<Days>('GET', `/promotion-days?from=2026-11-16&to=2026-11-30${of}`);
  return Object.fromEntries(promotions.map(({ id, days }) => [id, [days[0]?.slice(8), days.at(-1)?.slice(8)]]));
};

test('one without a window begins on the day on which it is published, and again on the day on which it comes back', async () => {
  await publishWith([{ id: 'always', factor: 2 }]);
  expect(await daysOf()).toEqual({ always: ['20', '30'] });
  stage.service.clock.set(NOW + 2 * DAY);
  await publishWith([
    { id: 'always', factor: 3 },
    { id: 'more', factor: 2 },
  ]);
  // it ran all the time, under whatever version
  expect(await daysOf()).toEqual({ always: ['20', '30'], more: ['22', '30'] });
  stage.service.clock.set(NOW + 4 * DAY);
  await publishWith([{ id: 'always', factor: 3 }]);
  stage.service.clock.set(NOW + 6 * DAY);
  const hash = await draftWith([
    { id: 'always', factor: 3 },
    { id: 'fresh', factor: 2 },
  ]);
  // a draft gives nothing before it is published
  expect(await daysOf('&of=draft')).toEqual({ always: ['26', '30'], fresh: ['26', '30'] });
  await publishWith([{ id: 'more', factor: 2 }], hash);
  const { promotions } = await ask<Days>('GET', '/promotion-days?from=2026-11-16&to=2026-11-30');
  expect(promotions).toEqual([
    { id: 'more', days: ['22', '23', '24', '26', '27', '28', '29', '30'].map((day) => `2026-11-${day}`) },
  ]);
});
