import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** T11: what a member holds of a unit that the rules have no more is seen, for as long as there is some. */
const stage = ledgerStage();
const NOW = Date.UTC(2026, 10, 20, 12);
let api: OwnerClient;
let program: string;
let member: string;

interface File {
  rules: { units: object };
}
interface Person {
  balances: Record<string, { available: string; worth: object | null }>;
  parts: { unit: string; points: string }[];
}
const ask = async <T>(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await api.ask<T>(program, method, path, body);
  expect(answer.status).toBeLessThan(300);
  return answer.body;
};
async function publish(file: object): Promise<void> {
  const { hash } = await ask<{ hash: string }>('PUT', '/draft', { file, replaces: null });
  await ask('POST', '/publish', { hash });
}
const adjust = (points: string) =>
  ask('POST', `/members/${member}/adjustments`, { id: crypto.randomUUID(), unit: 'bean', points, reason: 'Old card' });
const beans = async () => {
  const { balances, parts } = await ask<Person>('GET', `/members/${member}?locale=en`);
  return { bean: balances['bean'], parts: parts.filter(({ unit }) => unit === 'bean').map(({ points }) => points) };
};

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set(NOW);
  program = await service.program(LEDGER_RULES, 'Bean Club');
  const store = await service.store(program, 'woocommerce');
  await service.member(program, store.id, '7', { email: 'ana@example.test' }, NOW);
  api = await ownerOf(db, service);
  const { members } = await ask<{ members: { id: string }[] }>('GET', '/members?find=ana');
  member = members[0]?.id ?? '';
});
afterAll(() => api.close());

test('it stands in their account beside the others, with what it is made of; taken back it is gone', async () => {
  const { file } = await ask<{ file: File }>('GET', '/program');
  const more = { ...file.rules.units, bean: {} };
  await publish({ ...file, rules: { ...file.rules, units: more } });
  await adjust('12');
  const had = await beans();
  expect(had).toMatchObject({ bean: { available: '12' }, parts: ['12'] });
  await publish(file);
  expect(await beans()).toEqual({ ...had, bean: { ...had.bean, worth: null } });
  const { adjustments } = await ask<{ adjustments: { id: string }[] }>('GET', `/adjustments?member=${member}`);
  await ask('POST', `/members/${member}/adjustments/${adjustments[0]?.id}/undo`, { reason: 'Not theirs' });
  expect((await beans()).bean).toBe(undefined);
});
