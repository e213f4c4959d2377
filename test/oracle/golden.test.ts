import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { AskedCart, History } from './format.js';
import { instant } from './order.js';
import { cartShown, statesOf } from './state.js';

interface Example extends History {
  id: string;
  title: string;
  expect: ({ at: string; carts?: (AskedCart & Record<string, unknown>)[] } & Record<string, unknown>)[];
}

const folder = new URL('../fixtures/examples/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Example);

const INSTANTS = ['at', 'ends', 'usable', 'until'];
/** Instants are compared as instants, however their offset is written. */
const normal = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string' && INSTANTS.includes(key)) return instant(value);
  if (Array.isArray(value)) return value.map((element) => normal(element));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, normal(inner, name)]));
};

test('all examples are there', () => expect(examples.length).toBeGreaterThanOrEqual(108));

test.each(examples.map((example) => [example.id, example.title, example] as const))('%s: %s', (_, __, example) => {
  const states = statesOf(
    example,
    example.expect.map(({ at }) => instant(at)),
  );
  example.expect.forEach(({ carts, ...wanted }, index) => {
    const shown = states[index];
    if (!shown) throw new Error('no state');
    expect(normal(shown.state)).toMatchObject(normal(wanted) as Record<string, unknown>);
    for (const { promise, redeem, ...cart } of carts ?? []) {
      const got = cartShown(shown.books, cart);
      expect(got.promise).toEqual(promise ?? got.promise);
      expect(got.redeem).toMatchObject((redeem ?? {}) as Record<string, unknown>);
    }
    const decisions = (wanted['decisions'] ?? {}) as Record<string, Record<string, unknown>>;
    for (const [id, decision] of Object.entries(decisions)) {
      for (const whole of ['gives', 'missed', 'extra']) {
        const got = shown.state.decisions[id] as unknown as Record<string, unknown>;
        if (decision[whole]) expect({ [id]: got[whole] }).toEqual({ [id]: decision[whole] });
      }
    }
  });
});
