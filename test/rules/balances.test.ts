import { describe, expect, test } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, MEMBER, orderOf } from './known-of.js';
import type { Known } from '../../src/rules/known.js';

/** A point per euro; 50 more for whoever has at least 100 to use, 5 more for whoever has at most 20. */
const RULES = {
  earning: [
    { id: 'base', kind: 'rate', points: 1, per: 100 },
    { id: 'rich', kind: 'fixed', gives: 50, when: { balance: { min: 100 } } },
    { id: 'poor', kind: 'fixed', gives: 5, when: { balance: { max: 20 } } },
  ],
};
const NOW = at('2026-12-31T12:00');

function gives(known: Known): Record<string, number> {
  const { decisions } = replay(known, NOW);
  return Object.fromEntries(
    Object.entries(decisions).flatMap(([key, { gives: given }]) =>
      key.startsWith('order:') ? [[key.slice('order:'.length), Number(given['points'] ?? 0n)]] : [],
    ),
  );
}

const after = (orders: Known['orders'], more: Partial<Known> = {}, rules: object = {}): Record<string, number> =>
  gives({ ...knownOf({ ...RULES, ...rules }), orders, ...more });

describe('C1, T2: what a member has at the order’s moment', () => {
  const A = orderOf('A', '2026-03-02T10:00', 10_000);
  const B = orderOf('B', '2026-03-03T10:00', 1000);

  test('is what earlier orders left, one after the other, however they arrived', () => {
    const C = orderOf('C', '2026-03-04T10:00', 1000);
    const expected = { A: 100 + 5, B: 10 + 50, C: 10 + 50 };
    expect(after([A, B, C])).toEqual(expected);
    expect(after([C, B, A])).toEqual(expected);
    expect(after([B, C])).toEqual({ B: 15, C: 15 });
  });

  test('does not count the order itself, nor another of the same instant', () => {
    expect(after([A, { ...B, placed: A.placed, paid: A.placed }])).toEqual({ A: 105, B: 15 });
  });

  test('a refund before it counts, one after it does not', () => {
    const back = (when: string): Known['orders'][number] => ({
      ...A,
      refunds: [
        {
          ...{ id: 'R', at: at(when), failed: null, amount: 0, shipping: { net: 0, tax: 0 } },
          lines: [{ line: 'A-1', quantity: 1, net: 10_000, tax: 0 }],
        },
      ],
    });
    expect(after([back('2026-03-03T09:59'), B])).toEqual({ A: 0, B: 15 });
    expect(after([back('2026-03-03T10:00'), B])).toEqual({ A: 0, B: 60 });
  });

  test('what is held for a checkout, still pending, or has ended is not there', () => {
    const held = { id: 'R', member: MEMBER, reward: 'r', unit: 'points', points: 100, off: 0, released: null };
    expect(after([A, B], { reservations: [{ ...held, at: at('2026-03-03T09:00') }] })).toEqual({ A: 105, B: 15 });
    expect(after([A, B], { reservations: [{ ...held, at: at('2026-03-03T10:00') }] })).toEqual({ A: 105, B: 60 });
    expect(after([A, B], {}, { pendingDays: 2 })).toEqual({ A: 105, B: 15 });
    const units = { points: { expiry: { kind: 'days', days: 10 } } };
    const late = orderOf('B', '2026-03-13T00:01', 1000);
    expect(after([A, late], {}, { units })).toEqual({ A: 105, B: 15 });
    expect(after([A, orderOf('B', '2026-03-12T23:59', 1000)], {}, { units })).toEqual({ A: 105, B: 60 });
  });

  test('after a merge what the other brought counts', () => {
    const others = { ...A, customer: 'cm2' };
    const merges = [{ from: 'm2', into: MEMBER, at: at('2026-03-03T08:00') }];
    expect(after([others, B])).toEqual({ A: 105, B: 15 });
    expect(after([others, B], { merges })).toEqual({ A: 105, B: 60 });
  });

  test('may be asked of another unit than the rule gives', () => {
    const earning = [
      { id: 'base', kind: 'rate', points: 1, per: 100 },
      { id: 'stars', unit: 'stars', kind: 'fixed', gives: 3 },
      { id: 'plus', kind: 'fixed', gives: 7, when: { balance: { unit: 'stars', min: 3, max: 3 } } },
    ];
    const units = { points: {}, stars: {} };
    const C = orderOf('C', '2026-03-04T10:00', 1000);
    expect(after([A, B, C], {}, { earning, units })).toEqual({ A: 100, B: 17, C: 10 });
  });

  test('days of a stamp card cannot ask it', () => {
    const bonus = [{ id: 'b', factor: 2, when: { balance: { min: 1 } } }];
    const stamps = [{ id: 'card', per: 'order', needs: 5, pays: { gives: 1 }, bonus }];
    const rules = { zone: 'UTC', money: { code: 'EUR', exponent: 2 }, units: { points: {} }, stamps };
    expect(programRules.safeParse(rules).error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'stamps.0.bonus.0.when.balance',
    ]);
  });
});
