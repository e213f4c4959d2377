import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allocate, exponentOf, formatMoney, parseAmount, writeAmount } from '../../src/commerce/money.js';

describe('T1: money is exact, in the decimals of its currency', () => {
  test('the exponents of ISO 4217', () => {
    expect(['EUR', 'JPY', 'KWD', 'CLF', 'ISK', 'HUF', 'XAF'].map(exponentOf)).toEqual([2, 0, 3, 4, 0, 2, 0]);
  });

  test.each([
    ['12.5', 2, 1250],
    ['12', 2, 1200],
    ['0.010', 2, 1],
    ['-3.00', 2, -300],
    ['19.246', 3, 19246],
    ['5599', 0, 5599],
    ['5599.00', 0, 5599],
    ['12.3456', 4, 123456],
    ['-0.00', 2, 0],
  ])('%s at exponent %i is %i', (text, exponent, minor) => expect(parseAmount(text, exponent)).toBe(minor));

  test.each([
    1.5,
    '1e309',
    'Infinity',
    '0x10',
    '１２',
    '',
    '1,5',
    '.5',
    '--1',
    '1.005',
    '10000000000000000',
    null,
    'NaN',
  ])('refuses %p', (text) => expect(() => parseAmount(text, 2)).toThrow(/is not an amount/));

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), fc.constantFrom(0, 2, 3, 4), (minor, exponent) => {
        expect(parseAmount(writeAmount(minor, exponent), exponent)).toBe(minor === 0 ? 0 : minor);
      }),
    );
  });

  test('shown with the decimals of our own table, whatever the machine thinks', () => {
    expect(formatMoney(1250, { code: 'EUR', exponent: 2 }, 'en')).toBe('€12.50');
    expect(formatMoney(19246, { code: 'KWD', exponent: 3 }, 'en')).toContain('19.246');
    expect(formatMoney(1e15, { code: 'EUR', exponent: 2 }, 'en')).toBe('€10,000,000,000,000.00');
  });

  test('an allocation sums to the whole, and nobody is off by one or more', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weights, (whole, all) => {
        const sum = all.reduce((a, b) => a + b, 0n);
        const parts = allocate(whole, all);
        if (sum === 0n) return expect(parts.every((part) => part === 0n)).toBe(true);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(whole);
        parts.forEach((part, i) => {
          const off = part * sum - whole * (all[i] ?? 0n);
          expect(off > -sum && off < sum).toBe(true);
        });
      }),
    );
  });
});
