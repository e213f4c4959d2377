import { describe, expect, test } from '@jest/globals';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { programRules } from '../../src/rules/program-rules.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, MEMBER, orderOf } from './known-of.js';

const RULES = {
  tiers: {
    basis: 'spend',
    window: { kind: 'calendar-year' },
    levels: [
      { id: 'plain' },
      { id: 'silver', enter: 10_000, entry: { gives: 50 } },
      { id: 'gold', enter: 50_000, entry: { gives: 300, expiry: { kind: 'days', days: 30 } } },
    ],
  },
};
const kept = {
  tiers: {
    ...RULES.tiers,
    levels: RULES.tiers.levels.map(({ entry, ...level }) => ({
      ...level,
      ...(entry && { entry: { ...entry, undone: 'keep' } }),
    })),
  },
};
const back = (order: KnownOrder, when: string): KnownOrder => ({
  ...order,
  refunds: [
    {
      ...{ id: `R${order.id}`, at: at(when), failed: null, amount: 0, shipping: { net: 0, tax: 0 } },
      lines: [{ line: `${order.id}-1`, quantity: 1, net: order.lines[0]?.net ?? 0, tax: 0 }],
    },
  ],
});

/** What stands of gifts at an instant. */
function gifts(
  orders: KnownOrder[],
  when: string,
  rules: Record<string, unknown> = RULES,
  more: Partial<Known> = {},
): object {
  const { lots } = replay({ ...knownOf(rules), orders, ...more }, at(when));
  return Object.fromEntries(lots.flatMap(({ of, left }) => (left > 0n ? [[of, Number(left)]] : [])));
}
const silver = `entry:${MEMBER}:silver`;
const gold = `entry:${MEMBER}:gold`;
const A = orderOf('A', '2026-03-02T10:00', 10_000);
const B = orderOf('B', '2026-03-03T10:00', 40_000);

describe('B3: what is given once on entering a level', () => {
  test('by many small orders or one large, in any order of arrival: each level once', () => {
    const both = { [`${silver}#1`]: 50, [`${gold}#1`]: 300 };
    expect(gifts([A], '2026-03-02T12:00')).toEqual({ [`${silver}#1`]: 50 });
    expect(gifts([A, B], '2026-03-03T12:00')).toEqual(both);
    expect(gifts([B, A], '2026-03-03T12:00')).toEqual(both);
    expect(gifts([orderOf('C', '2026-03-02T10:00', 50_000)], '2026-03-03T12:00')).toEqual(both);
    const more = orderOf('D', '2026-03-04T10:00', 90_000);
    expect(gifts([A, B, more], '2026-03-04T12:00')).toEqual(both);
    expect(gifts([A, B], '2026-04-03T00:00')).toEqual({ [`${silver}#1`]: 50 });
  });

  test('a refund that undoes the entry takes it back, and the next entry gives it anew', () => {
    const returned = back(B, '2026-03-05T10:00');
    expect(gifts([A, returned], '2026-03-05T12:00')).toEqual({ [`${silver}#1`]: 50 });
    const again = orderOf('C', '2026-03-06T10:00', 40_000);
    expect(gifts([A, returned, again], '2026-03-06T12:00')).toEqual({ [`${silver}#1`]: 50, [`${gold}#1`]: 300 });
    expect(gifts([A, returned, again], '2026-04-05T12:00')).toEqual({ [`${silver}#1`]: 50, [`${gold}#1`]: 300 });
  });

  test('or it is kept, and the entry after that is the one that it was given for', () => {
    const returned = back(B, '2026-03-05T10:00');
    const again = orderOf('C', '2026-03-06T10:00', 40_000);
    const both = { [`${silver}#1`]: 50, [`${gold}#1`]: 300 };
    for (const orders of [
      [A, returned],
      [A, returned, again],
    ]) {
      expect(gifts(orders, '2026-03-30T12:00', kept)).toEqual(both);
    }
    expect(gifts([A, returned, again], '2026-04-05T12:00', kept)).toEqual({ [`${silver}#1`]: 50 });
  });

  test('a level that was lost at New Year and is entered again gives again', () => {
    const next = orderOf('C', '2028-02-01T10:00', 10_000);
    expect(gifts([A, next], '2028-03-01T00:00')).toEqual({ [`${silver}#1`]: 50, [`${silver}#2`]: 50 });
  });

  test('who was on it before the rules gave for it has not entered it since', () => {
    const { rules: before } = knownOf({
      tiers: { ...RULES.tiers, levels: [{ id: 'plain' }, { id: 'silver', enter: 10_000 }] },
    });
    const { rules: after } = knownOf(RULES);
    const from = at('2026-03-02T18:00');
    const rules = [...before, ...after.map((version) => ({ ...version, version: 2, from }))];
    expect(gifts([A], '2026-03-04T00:00', RULES, { rules })).toEqual({});
    expect(gifts([A, B], '2026-03-04T00:00', RULES, { rules })).toEqual({ [`${gold}#1`]: 300 });
  });

  test('of two who turn out to be one, one gift stays', () => {
    const theirs = { ...orderOf('C', '2026-03-04T10:00', 10_000), customer: 'cm2' };
    const merges = [{ from: 'm2', into: MEMBER, at: at('2026-03-05T00:00') }];
    expect(Object.values(gifts([A, theirs], '2026-03-04T12:00'))).toEqual([50, 50]);
    expect(Object.values(gifts([A, theirs], '2026-03-05T12:00', RULES, { merges }))).toEqual([50]);
  });

  test('nobody enters the first level, and where points lift the balance may not be asked as well', () => {
    const wrong = (tiers: object, more: object = {}) => {
      const whole = { zone: 'UTC', money: { code: 'EUR', exponent: 2 }, units: { points: {} }, tiers, ...more };
      return programRules.safeParse(whole).error?.issues.map(({ path }) => path.join('.'));
    };
    const window = { kind: 'lifetime' };
    expect(wrong({ basis: 'spend', window, levels: [{ id: 'all', entry: { gives: 1 } }] })).toEqual([
      'tiers.levels.0.entry',
    ]);
    const levels = [{ id: 'all' }, { id: 'top', enter: 5, entry: { gives: 1 } }];
    const earning = [{ id: 'rich', kind: 'fixed', gives: 1, when: { balance: { min: 1 } } }];
    expect(wrong({ basis: 'points', window, levels })).toBeUndefined();
    expect(wrong({ basis: 'points', window, levels }, { earning })).toEqual(['tiers.levels.1.entry']);
  });
});
