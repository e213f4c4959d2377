import { describe, expect, test } from '@jest/globals';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { programRules } from '../../src/rules/program-rules.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, orderOf } from './known-of.js';

const RULES = {
  units: {
    points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' },
    alteration: { rounding: 'floor', value: '1500', expiry: { kind: 'none' }, clawback: 'debt' },
  },
  tiers: {
    basis: 'spend',
    window: { kind: 'calendar-year' },
    levels: [{ id: 'plain' }, { id: 'silver', enter: 10_000 }],
  },
  membership: { product: 'pass', months: 1 },
  rewards: [{ id: 'sewing', kind: 'product', unit: 'alteration', points: 1 }],
};
const yearly = { id: 'sewn', unit: 'alteration', gives: 2, each: 'year', tiers: ['silver'] };
const monthly = { id: 'treat', unit: 'alteration', gives: 1, each: 'month' };

/** What stands of what was brought anew, of both members. */
function left(when: string, allowances: object[], orders: KnownOrder[] = [], more: Partial<Known> = {}): object {
  const { lots } = replay({ ...knownOf({ ...RULES, allowances }), orders, ...more }, at(when));
  return Object.fromEntries(lots.flatMap((lot) => (lot.left > 0n ? [[lot.of, Number(lot.left)]] : [])));
}
const lifting = orderOf('A', '2026-03-02T10:00', 10_000);
const refunds = [
  {
    ...{ id: 'RA', at: at('2026-04-05T10:00'), failed: null, amount: 0, shipping: { net: 0, tax: 0 } },
    lines: [{ line: 'A-1', quantity: 1, net: 10_000, tax: 0 }],
  },
];

describe('B3: what each month or year brings anew', () => {
  test('is there from the first instant of the period at which the level is held, and ends with the period', () => {
    expect(left('2026-03-02T09:59', [yearly], [lifting])).toEqual({});
    const once = { 'allowance:m1:sewn:2026#1': 2 };
    expect(left('2026-03-02T10:00', [yearly], [lifting])).toEqual(once);
    expect(left('2026-12-31T23:59', [yearly], [lifting])).toEqual(once);
    expect(left('2027-01-01T00:00', [yearly], [lifting])).toEqual({ 'allowance:m1:sewn:2027#1': 2 });
    const kept = orderOf('B', '2027-02-01T10:00', 10_000);
    expect(left('2027-02-01T12:00', [yearly], [lifting, kept])).toEqual({ 'allowance:m1:sewn:2027#1': 2 });
  });

  test('stays when the level goes, and coming back to it in the same year brings no second one', () => {
    const again = orderOf('B', '2026-06-01T10:00', 10_000);
    const once = { 'allowance:m1:sewn:2026#1': 2 };
    expect(left('2026-05-01T12:00', [yearly], [{ ...lifting, refunds }])).toEqual(once);
    expect(left('2026-06-02T12:00', [yearly], [{ ...lifting, refunds }, again])).toEqual(once);
  });

  test('for everybody at each midnight that begins a month, in the shop’s own zone; only inside a paid term where so said', () => {
    expect(left('2026-03-31T23:59', [monthly])).toEqual({
      'allowance:m1:treat:2026-3#1': 1,
      'allowance:m2:treat:2026-3#1': 1,
    });
    expect(left('2026-04-01T00:00', [monthly])).toEqual({
      'allowance:m1:treat:2026-4#1': 1,
      'allowance:m2:treat:2026-4#1': 1,
    });
    const lines = [{ id: 'P-1', product: 'pass', quantity: 1, net: 2900 }];
    const pass = orderOf('P', '2026-05-10T10:00', 2900, { lines });
    const paid = [{ ...monthly, membership: true }];
    expect(left('2026-05-20T12:00', paid, [pass])).toEqual({ 'allowance:m1:treat:2026-5#1': 1 });
    expect(left('2026-06-09T12:00', paid, [pass])).toEqual({ 'allowance:m1:treat:2026-6#1': 1 });
    expect(left('2026-07-01T12:00', paid, [pass])).toEqual({});
  });

  test('of two who turn out to be one, one is left, and the next period brings one', () => {
    const merges = [{ from: 'm2', into: 'm1', at: at('2026-03-20T10:00') }];
    expect(left('2026-03-21T12:00', [monthly], [], { merges })).toEqual({ 'allowance:m1:treat:2026-3#1': 1 });
    expect(left('2026-04-02T12:00', [monthly], [], { merges })).toEqual({ 'allowance:m1:treat:2026-4#1': 1 });
  });

  test('where nobody is known yet nothing is brought', () => {
    expect(left('2026-04-01T00:00', [monthly], [], { members: [], links: [] })).toEqual({});
  });

  test('by a level that points lift, where a gift asks the balance: what is given beside orders lifts as ever', () => {
    const [tiers, cup] = [
      { ...RULES.tiers, basis: 'points' },
      { id: 'cup', kind: 'event', gives: 2 },
    ];
    const asking = { ...RULES, tiers, deeds: [{ ...cup, when: { balance: { unit: 'points', max: 40 } } }] };
    const brought = { ...yearly, tiers: ['plain'] };
    const { lots } = replay(knownOf({ ...asking, allowances: [brought] }), at('2026-03-02T10:00'));
    expect(lots.map(({ of }) => of)).toContain('allowance:m1:sewn:2026#1');
  });

  test('by a level is refused where points lift and a rule asks the balance', () => {
    const points = { ...RULES, tiers: { ...RULES.tiers, basis: 'points' }, zone: 'Europe/Amsterdam' };
    const earning = [{ id: 'base', kind: 'rate', points: 1, per: 100, when: { balance: { min: 1 } } }];
    const money = { code: 'EUR', exponent: 2 };
    const asked = programRules.safeParse({ ...points, money, earning, allowances: [yearly, monthly] });
    expect(asked.error?.issues.map(({ path }) => path.join('.'))).toEqual(['allowances.0.tiers']);
  });
});
