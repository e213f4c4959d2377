import { describe, expect, test } from '@jest/globals';
import { grantParts } from '../../src/rules/ceilings.js';
import { replay } from '../../src/rules/replay.js';
import { millis } from '../support/read-example.js';
import type { Fact } from '../support/read-example.js';
import { given, LATER, learned, order, PROGRAM, rate } from './limited-orders.js';
import type { Part } from './limited-orders.js';

describe('D8: what is final stays within its limits', () => {
  const units = { points: { ...PROGRAM.units.points, value: '0', finalOn: 5 } };
  const on = (day: string) => `2026-${day}T12:00:00+02:00`;
  const facts = (back: string) => [
    order('A', '03-02 10:00', 100, { back: [back, 100] }),
    order('B', '03-20 10:00', 50),
  ];

  test.each<[string, Part]>([
    ['points of a rule', rate({ per: 'year', points: 100 })],
    ['orders of a rule', rate({ per: 'lifetime', times: 1 })],
    [
      'points of several rules',
      {
        ...rate(),
        sharedLimits: [{ id: 'all', unit: 'points', rules: ['rate'], limits: [{ per: 'year', points: 100 }] }],
      },
    ],
  ])('%s: a return before that day leaves room to the later order, one from that day on leaves none', (_, rules) => {
    const program = { ...rules, units };
    expect(given(program, facts('04-04 10:00'))).toEqual({ A: 0, B: 50 });
    expect(given(program, facts('04-05 10:00'))).toEqual({ A: 100, B: 0 });
    // nor does what undoes a return take again what was final at nothing
    const undone = facts('04-04 10:00').map((fact) =>
      fact.id === 'A'
        ? { ...fact, at: on('04-20'), refunds: [{ ...(fact.refunds as Part[])[0], failed: on('04-20') }] }
        : fact,
    );
    expect(given(program, undone as Fact[])).toEqual({ A: 0, B: 50 });
  });

  test('what gifts share with orders: neither', () => {
    const program = {
      ...rate(),
      units,
      joining: { gives: 0 },
      deeds: [{ id: 'visit', kind: 'event', gives: 30 }],
      sharedLimits: [{ id: 'all', unit: 'points', rules: ['rate', 'visit'], limits: [{ per: 'year', points: 100 }] }],
    };
    const done = { kind: 'deed', deed: 'event', id: 'd1', of: 'visit', member: 'm', at: on('04-20') };
    const deed = (back: string) =>
      replay(learned(program, [...facts(back), done] as Fact[]).known, millis(LATER)).decisions['event:d1']?.gives;
    expect([deed('04-04 10:00'), deed('04-05 10:00')]).toEqual([{ points: 30n }, {}]);
  });

  test.each<[string, Part, string]>([
    ['a ceiling', { ...rate(), promotions: [{ id: 'twice', factor: 2, ceiling: { points: 100 } }] }, 'twice'],
    ['a limit of all together', rate({ per: 'lifetime', of: 'all', points: 100 }), 'rate/points/lifetime/'],
  ])('%s: a part is not given back after it is final', (_, rules, place) => {
    const held = [{ order: 'A', held: { [place]: { gain: 100n, part: 100n } } }];
    const parts = (back: string) =>
      grantParts(
        learned({ ...rules, units }, facts(back).slice(0, 1)).known,
        millis(LATER),
        held,
        new Map([[place, 100n]]),
      );
    expect(parts('04-04 10:00').map(({ held: now }) => now)).toEqual([{ [place]: { gain: 0n, part: 0n } }]);
    expect(parts('04-05 10:00')).toEqual([]);
  });
});
