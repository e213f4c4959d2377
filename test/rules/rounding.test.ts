import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OrderCase } from '../../src/rules/order-case.js';
import type { RuleVersion } from '../../src/rules/known.js';
import { NOON, orderCase, versionOf } from './one-order.js';

const EXPONENTS = [0, 2, 3, 4];
const ROUNDINGS = ['floor', 'nearest', 'ceil'] as const;
const RATES: [bigint, bigint][] = [
  [1n, 100n],
  [1n, 3n],
  [3n, 250n],
  [7n, 10n],
];

interface Setting {
  version: RuleVersion;
  rounding: (typeof ROUNDINGS)[number];
  top: bigint;
  per: bigint;
}

const settings: Setting[] = EXPONENTS.flatMap((exponent) =>
  ROUNDINGS.flatMap((rounding) =>
    RATES.map(([top, per]) => {
      const units = { points: { rounding, value: '1', expiry: { kind: 'none' }, clawback: 'debt' } };
      const earning = [{ id: 'base', kind: 'rate', points: String(top), per: Number(per) }];
      return { version: versionOf({ money: { code: 'XTS', exponent }, units, earning }), rounding, top, per };
    }),
  ),
);

/** The arithmetic by hand: exact, in whole numbers. */
function rounded({ rounding, top, per }: Setting, base: bigint): bigint {
  const exact = base * top;
  if (rounding === 'floor') return exact / per;
  return rounding === 'ceil' ? (exact + per - 1n) / per : (2n * exact + per) / (2n * per);
}

const HOUR = 3_600_000;
const plain = orderCase(versionOf({}), { lines: [{ id: '0' }, { id: '1' }] }).order;
const owner = { member: { id: 'm', joined: 0, mailbox: null, phone: null, birthdays: [] }, since: 0, claimed: false };

/** An order of two lines, of which so much goes back an hour after the other. */
function orderOf(setting: Setting, nets: number[], back: number[]): OrderCase {
  const lines = plain.lines.map((line, i) => ({ ...line, net: nets[i] ?? 0 }));
  const refunds = back.map((amount, i) => {
    const at = NOON + (i + 1) * HOUR;
    return { id: String(i), at, amount, lines: [], shipping: { net: 0, tax: 0 }, failed: null };
  });
  const { money } = setting.version.rules;
  return new OrderCase({ ...plain, money, lines, refunds }, owner, [setting.version]);
}

const amount = fc.integer({ min: 0, max: 50_000 });

/** What is wrong with an order that is refunded in two parts and then whole; null = nothing. */
function wrongWith(setting: Setting, nets: [number, number], back: [number, number]): string | null {
  const whole = nets[0] + nets[1];
  const order = orderOf(setting, nets, [...back, whole]);
  const points = (of: OrderCase, hours: number): bigint => of.givesAt(NOON + hours * HOUR).points ?? 0n;
  const given = points(order, 0);
  if (given !== rounded(setting, BigInt(whole))) return `${whole} gives ${given}`;
  const { lines: by, extra } = order.judgementAt(NOON);
  const told = Object.values(by.points ?? {}).reduce((a, b) => a + b, extra.points ?? 0n);
  if (told !== given) return `lines and extra come to ${told}, not ${given}`;
  const left = Math.max(0, whole - back[0] - back[1]);
  const split = points(order, 2);
  if (split !== (left > 0 ? rounded(setting, BigInt(left)) : 0n)) return `with ${left} left it gives ${split}`;
  if (split !== points(orderOf(setting, nets, [back[0] + back[1]]), 1)) return 'split refunds differ from one';
  if (split > points(order, 1) || points(order, 1) > given) return 'a further refund raised the points';
  return points(order, 3) === 0n ? null : 'refunded in full it still gives points';
}

describe('T1, T8: rounded once, reversed exactly, in currencies of 0, 2, 3 and 4 decimals', () => {
  test('the sum of an order, and of what refunds leave of it, is the arithmetic by hand', () => {
    fc.assert(
      fc.property(fc.nat(settings.length - 1), amount, amount, amount, amount, (which, a, b, x, y) => {
        const setting = settings[which];
        const wrong = setting ? wrongWith(setting, [a, b], [x, y]) : 'no such setting';
        if (wrong !== null) throw new Error(wrong);
      }),
      { numRuns: Number(process.env['ROUNDING_CASES'] ?? 50_000) },
    );
    expect(settings).toHaveLength(EXPONENTS.length * ROUNDINGS.length * RATES.length);
  }, 600_000);
});
