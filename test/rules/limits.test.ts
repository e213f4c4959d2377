import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { replay } from '../../src/rules/replay.js';
import { promise } from '../../src/rules/promise.js';
import { millis, readCart } from '../support/read-example.js';
import type { Fact } from '../support/read-example.js';
import { EUR, given, LATER, learned, order, PROGRAM, rate } from './limited-orders.js';
import type { Part } from './limited-orders.js';

describe('C1: limits of a rule for each member', () => {
  test.each([
    ['day', '03-02 23:59', '03-03 00:00'],
    ['week', '03-08 23:59', '03-09 00:00'],
    ['month', '03-31 22:59', '03-31 23:00'],
    ['year', '12-31 11:00', null],
    ['lifetime', '12-31 11:00', null],
  ])('so many points per %s, of the program’s zone', (per, within, beyond) => {
    // from 29 March on the clock is an hour ahead of what the orders write
    const first = order('A', '03-02 10:00', 70);
    const facts = [first, order('B', within, 50), ...(beyond ? [order('C', beyond, 50)] : [])];
    const expected = { A: 70, B: 30, ...(beyond && { C: 50 }) };
    expect(given(rate({ per, points: 100 }), facts)).toEqual(expected);
  });

  test('so many points per order', () => {
    const orders = [order('A', '03-02 10:00', 120), order('B', '03-02 11:00', 99)];
    expect(given(rate({ per: 'order', points: 100 }), orders)).toEqual({ A: 100, B: 99 });
  });

  test('so many orders a day; an order that gives nothing takes no turn', () => {
    const orders = ['A', 'B', 'C', 'D'].map((id, i) => order(id, `03-02 1${i}:00`, id === 'B' ? 0 : 10));
    expect(given(rate({ per: 'day', times: 2 }), orders)).toEqual({ A: 10, B: 0, C: 10, D: 0 });
  });

  test('every limit holds, the least of them binds; another member has their own', () => {
    const limits = [
      { per: 'day', points: 100 },
      { per: 'lifetime', points: 130 },
      { per: 'order', points: 90 },
    ];
    const orders = [
      ...[order('A', '03-02 10:00', 200), order('B', '03-02 11:00', 200), order('C', '03-03 10:00', 200)],
      order('N', '03-02 10:30', 200, { of: 'n' }),
    ];
    expect(given(rate(...limits), orders)).toEqual({ A: 90, B: 10, C: 30, N: 90 });
  });

  test('P20: a return under the day’s limit gives its room to the later receipt, from the return on', () => {
    const facts = [
      order('A', '03-02 10:00', 40, { back: ['03-05 10:00', 40] }),
      order('B', '03-02 11:00', 50),
      order('C', '03-02 12:00', 30),
    ];
    expect(given(rate({ per: 'day', points: 100 }), facts, '2026-03-05T09:59:59+01:00')).toEqual({
      A: 40,
      B: 50,
      C: 10,
    });
    expect(given(rate({ per: 'day', points: 100 }), facts)).toEqual({ A: 0, B: 50, C: 30 });
    const books = replay(learned(rate({ per: 'day', points: 100 }), facts).known, millis(LATER));
    expect(books.members.m?.units.points?.available).toBe(80n);
    const rises = books.moves.filter(({ cause, kind }) => cause === 'order:C' && kind === 'earn');
    expect(rises.map(({ points, at }) => [points, new Date(at).toISOString()])).toEqual([
      [10n, '2026-03-02T11:00:00.000Z'],
      [20n, '2026-03-05T09:00:00.000Z'],
    ]);
  });

  test('room goes on from period to period: a return of one day frees the year for another, and so the next order of that', () => {
    const limits = [
      { per: 'day', points: 60 },
      { per: 'year', points: 100 },
    ];
    const facts = [
      order('A', '03-02 10:00', 60, { back: ['03-09 10:00', 60] }),
      order('B', '03-03 10:00', 50),
      order('C', '03-03 11:00', 50),
    ];
    expect(given(rate(...limits), facts, '2026-03-08T00:00:00+01:00')).toEqual({ A: 60, B: 40, C: 0 });
    expect(given(rate(...limits), facts)).toEqual({ A: 0, B: 50, C: 10 });
  });

  test('who counted first has the first of the room, however late it is learned', () => {
    const late = order('A', '03-02 10:00', 80, { arrives: '2026-03-10T10:00:00+01:00' });
    const orders = [order('B', '03-02 11:00', 80)];
    expect(given(rate({ per: 'day', points: 100 }), orders)).toEqual({ B: 80 });
    expect(given(rate({ per: 'day', points: 100 }), [...orders, late])).toEqual({ A: 80, B: 20 });
    const unpaid = { ...late, paid: '2026-03-04T10:00:00+01:00' };
    expect(given(rate({ per: 'day', points: 100 }), [...orders, unpaid])).toEqual({ A: 20, B: 80 });
  });

  test('of a merged member both orders share one room from the merge on', () => {
    const facts = [
      ...[order('A', '03-02 10:00', 80), order('B', '03-02 11:00', 80, { of: 'n' })],
      { kind: 'merge', at: '2026-03-04T00:00:00+01:00', from: 'n', into: 'm' },
    ];
    expect(given(rate({ per: 'day', points: 100 }), facts, '2026-03-03T00:00:00+01:00')).toMatchObject({
      A: 80,
      B: 80,
    });
    expect(given(rate({ per: 'day', points: 100 }), facts)).toMatchObject({ A: 80, B: 20 });
  });

  test('the limit is of what the rule gives: factors come on top; what adds is limited as well', () => {
    const program = {
      earning: [
        { id: 'rate', kind: 'rate', points: 1, per: 100, limits: [{ per: 'day', points: 100 }] },
        { id: 'first', kind: 'fixed', gives: 25, limits: [{ per: 'lifetime', times: 1 }] },
        { id: 'each', kind: 'item', gives: 5, limits: [{ per: 'day', points: 12 }] },
      ],
      promotions: [{ id: 'double', factor: 2 }],
    };
    const orders = [order('A', '03-02 10:00', 80), order('B', '03-02 11:00', 80), order('C', '03-02 12:00', 80)];
    // A 2 x 80 + 25 + 5, B 2 x 20 + 5, C 2 x 0 + 2
    expect(given(program, orders)).toEqual({ A: 190, B: 45, C: 2 });
  });

  test('a promotion has limits like a rule: the first two orders of a month are doubled', () => {
    const limits = [
      { per: 'month', times: 2 },
      { per: 'order', points: 50 },
    ];
    const program = { ...rate(), promotions: [{ id: 'double', factor: 2, limits }] };
    const orders = ['A', 'B', 'C'].map((id, i) => order(id, `03-0${i + 2} 10:00`, i === 1 ? 70 : 20));
    expect(given(program, orders)).toEqual({ A: 40, B: 120, C: 20 });
  });

  test('a limit that is used up is said, and so is what is left of it: T1, T15', () => {
    const program = rate({ per: 'day', points: 100 });
    const facts = [order('A', '03-02 10:00', 100), order('B', '03-02 11:00', 10)];
    const { decisions } = replay(learned(program, facts).known, millis(LATER));
    expect(decisions['order:B']?.missed).toEqual([{ id: 'rate', why: 'limit' }]);
    const { known } = learned(program, [order('A', '03-02 10:00', 60)]);
    const cart = readCart({ lines: [{ id: 'L', product: 'p', net: 9000 }] }, EUR);
    expect(promise(known, 'm', cart, millis('2026-03-02T12:00:00+01:00')).gives).toEqual({ points: 40n });
    expect(promise(known, 'm', cart, millis('2026-03-03T12:00:00+01:00')).gives).toEqual({ points: 90n });
    expect(promise(known, null, cart, millis('2026-03-02T12:00:00+01:00')).gives).toEqual({ points: 90n });
  });

  test('nearest and up: a limit is never passed by rounding', () => {
    for (const rounding of ['nearest', 'ceil', 'floor']) {
      const units = { points: { ...PROGRAM.units.points, rounding } };
      const thirds = {
        earning: [{ id: 'rate', kind: 'rate', points: 1, per: 300, limits: [{ per: 'day', points: 10 }] }],
      };
      const orders = ['A', 'B', 'C', 'D'].map((id, i) => order(id, `03-02 1${i}:00`, 11));
      const all = Object.values(given({ units, ...thirds }, orders)).reduce((sum, points) => sum + points, 0);
      expect(all).toBe(10);
    }
  });
});

const LIMITS = [
  { per: 'day', points: 100 },
  { per: 'week', times: 3 },
  { per: 'month', points: 150 },
];
const history = fc.array(
  fc.record({
    day: fc.integer({ min: 2, max: 20 }),
    hour: fc.integer({ min: 10, max: 19 }),
    euros: fc.integer({ min: 0, max: 120 }),
    back: fc.option(fc.record({ day: fc.integer({ min: 20, max: 28 }), euros: fc.integer({ min: 1, max: 120 }) })),
    of: fc.constantFrom('m', 'n'),
  }),
  { minLength: 2, maxLength: 12 },
);
const factsOf = (orders: typeof history extends fc.Arbitrary<infer T> ? T : never): Fact[] =>
  orders.map(({ day, hour, euros, back, of }, i) =>
    order(`O${i}`, `03-${String(day).padStart(2, '0')} ${hour}:00`, euros, {
      of,
      ...(back && { back: [`03-${back.day} 20:00`, Math.min(back.euros, euros)] as [string, number] }),
    }),
  );

describe('T2, T9: limits of members, whatever comes in which order', () => {
  test('any order of arrival ends in one state', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(1000)), (orders, dice) => {
        const facts = factsOf(orders);
        const shuffled = facts
          .map((fact) => ({ fact, turn: dice.next().value as number }))
          .sort((a, b) => a.turn - b.turn)
          .map(({ fact }) => ({ ...fact, arrives: '2026-04-01T00:00:00+02:00' }));
        const program = rate(...LIMITS);
        const inOrder = replay(learned(program, facts).known, millis(LATER));
        const late = replay(learned(program, shuffled).known, millis(LATER));
        expect(late.members).toEqual(inOrder.members);
        expect(late.decisions).toEqual(inOrder.decisions);
      }),
      { numRuns: 30 },
    );
  });

  test('at no instant has anybody more than their limits, nor less than there is to have', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 2, max: 31 }), (orders, day) => {
        const at = `2026-03-${String(day).padStart(2, '0')}T21:00:00+01:00`;
        const facts = factsOf(orders);
        const points = given(rate({ per: 'month', points: 150 }), facts, at);
        const whole = given(rate(), facts, at);
        for (const who of ['m', 'n']) {
          const own = facts.filter(({ customer }) => customer === `c-${who}`).map(({ id }) => String(id));
          const sum = (of: Record<string, number>): number => own.reduce((all, id) => all + (of[id] ?? 0), 0);
          expect(sum(points)).toBe(Math.min(150, sum(whole)));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('T9: limits of all together are first come', () => {
  const all = (limit: Part): Part => rate({ ...limit, of: 'all' });

  test('so many points a day, whoever comes first; the next day begins anew', () => {
    const facts = [
      ...[order('A', '03-02 10:00', 70), order('B', '03-02 11:00', 70, { of: 'n' }), order('C', '03-02 12:00', 70)],
      order('D', '03-03 10:00', 70),
    ];
    expect(given(all({ per: 'day', points: 100 }), facts)).toEqual({ A: 70, B: 30, C: 0, D: 70 });
  });

  test('the first two orders of all', () => {
    const facts = [
      order('A', '03-02 10:00', 70),
      order('B', '03-02 11:00', 7, { of: 'n' }),
      order('C', '03-02 12:00', 70),
    ];
    expect(given(all({ per: 'lifetime', times: 2 }), facts)).toEqual({ A: 70, B: 7, C: 0 });
  });

  test('first come is who arrived first, and what was granted stays: room that comes back is for whoever comes next', () => {
    const early = order('A', '03-02 10:00', 70, { arrives: '2026-03-02T15:00:00+01:00' });
    const facts = [order('B', '03-02 11:00', 70, { of: 'n' }), early];
    expect(given(all({ per: 'day', points: 100 }), facts)).toEqual({ A: 30, B: 70 });
    const back = order('B', '03-02 11:00', 70, { of: 'n', back: ['03-02 16:00', 70] });
    const next = order('C', '03-02 17:00', 50);
    expect(given(all({ per: 'day', points: 100 }), [...facts, back, next])).toEqual({ A: 30, B: 0, C: 50 });
  });

  // an order holds of its ceiling what it would give alone: neither is ever passed, though some of it may stay unused
  test('a promotion’s limit of all together stands beside its ceiling', () => {
    const double = {
      id: 'double',
      factor: 2,
      ceiling: { points: 120 },
      limits: [{ per: 'day', points: 50, of: 'all' }],
    };
    const facts = ['A', 'B', 'C'].map((id, i) => order(id, `03-0${i + 2} 10:00`, 80));
    expect(given({ ...rate(), promotions: [double] }, facts)).toEqual({ A: 130, B: 120, C: 80 });
  });
});
