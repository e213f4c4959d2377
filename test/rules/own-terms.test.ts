import { describe, expect, test } from '@jest/globals';
import { judgeOrder } from '../../src/rules/judge-order.js';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, MEMBER, orderOf } from './known-of.js';

/** A point per euro that lives for a year; on coffee two, for ten days; five for an order in March that live to its end. */
const RULES = {
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'days', days: 365 }, clawback: 'debt' } },
  earning: [
    {
      ...{ id: 'coffee', kind: 'rate', points: 2, per: 100, where: { products: ['coffee'] } },
      expiry: { kind: 'days', days: 10 },
    },
    { id: 'base', kind: 'rate', points: 1, per: 100 },
    { id: 'march', kind: 'fixed', gives: 5, expiry: { kind: 'date', date: '2026-03-31' } },
  ],
  promotions: [
    { id: 'double', factor: 2, when: { dates: { from: '2026-03-02', to: '2026-03-02' } } },
    { id: 'plus', add: 3 },
  ],
};
const line = (id: string, product: string, net: number): object => ({ id, product, quantity: 1, net });
const order = orderOf('A', '2026-03-02T10:00', 0, {
  lines: [line('1', 'coffee', 1000), line('2', 'mug', 3000)],
}) as KnownOrder;

function lots(known: Known, when: string): Record<string, [left: number, ends: number | null]> {
  const { lots: all } = replay(known, at(when));
  return Object.fromEntries(all.map(({ of, left, ends }) => [of, [Number(left), ends]]));
}

describe('D15: points of a rule live by its own terms', () => {
  const known = { ...knownOf(RULES), orders: [order] };

  test('a lot for each: its lines with their factors, its additions; what promotions add lives as the unit does', () => {
    expect(lots(known, '2026-03-02T12:00')).toEqual({
      'order:A': [60 + 3, at('2027-03-03T00:00')],
      'order:A#coffee': [40, at('2026-03-13T00:00')],
      'order:A#march': [5, at('2026-04-01T00:00')],
    });
    const { decisions } = replay(known, at('2026-03-02T12:00'));
    expect(decisions['order:A']?.gives).toEqual({ points: 108n });
    expect(lots(known, '2026-03-13T00:00')['order:A#coffee']?.[0]).toBe(0);
    expect(replay(known, at('2026-04-01T00:00')).members[MEMBER]?.units['points']?.available).toBe(63n);
  });

  test('a refund takes from the lot of what was given back', () => {
    const refund = {
      ...{ id: 'R', at: at('2026-03-03T10:00'), failed: null, amount: 0, shipping: { net: 0, tax: 0 } },
      lines: [{ line: '1', quantity: 1, net: 1000, tax: 0 }],
    };
    const after = lots({ ...known, orders: [{ ...order, refunds: [refund] }] }, '2026-03-04T10:00');
    expect(Object.entries(after).map(([of, [left]]) => [of, left])).toEqual([
      ['order:A', 63],
      ['order:A#coffee', 0],
      ['order:A#march', 5],
    ]);
  });

  test('what ends first is used first', () => {
    const held = { id: 'R', member: MEMBER, reward: 'r', unit: 'points', points: 42, off: 0, released: null };
    const after = lots({ ...known, reservations: [{ ...held, at: at('2026-03-03T10:00') }] }, '2026-03-04T10:00');
    expect(Object.values(after).map(([left]) => left)).toEqual([63, 0, 3]);
  });

  test('the order judged by itself gives the same lots', () => {
    const [member] = known.members;
    if (!member) throw new Error('there is a member');
    const now = at('2026-03-02T12:00');
    const { rises } = judgeOrder(known.rules, order, { member, since: member.joined, claimed: false }, now);
    const alone = Object.fromEntries(rises.map(({ of, points, ends }) => [of, [Number(points), ends]]));
    expect(alone).toEqual(lots(known, '2026-03-02T12:00'));
  });
});
