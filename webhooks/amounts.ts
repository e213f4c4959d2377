import type { Minor } from '../src/commerce/order.js';

const EXPONENTS: Readonly<Record<string, number>> = {
  ...entries(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...entries(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...entries(4, 'CLF UYW'),
};
const LARGEST = 10n ** 15n;

function entries(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}

/** Decimals of a currency by ISO 4217; 2 for those that it does not know. */
export function isoExponent(code: string): number {
  return EXPONENTS[code] ?? 2;
}

/** Digits after the point that say something: `59.970000` has two. */
export function writtenDigits(amount: string): number {
  const point = amount.indexOf('.');
  return point < 0 ? 0 : amount.slice(point + 1).replace(/0+$/, '').length;
}

/**
 * The exponent of a snapshot: that of its currency, or more when its amounts are written with more (FORMAT 4.4: a yen
 * order from a store that was left at two decimals says `59.97`, which is no whole number of yen). 1 counts as 2.
 * More than four digits come from reads with `dp=6`, which show unrounded lines; those are rounded to what the store
 * itself writes, so that a delivery and a re-read of it are equal.
 */
export function exponentOf(
  code: string,
  amounts: readonly string[],
  store: { code: string; exponent: number },
): number {
  const written = amounts.reduce((most, amount) => Math.max(most, writtenDigits(amount)), 0);
  const least = isoExponent(code);
  if (written > 4) return Math.max(least, store.code === code ? store.exponent : 0);
  const needed = Math.max(least, written);
  return needed === 1 ? 2 : needed;
}

/**
 * A decimal text (`-12.50`) as whole minor units, half away from zero when it has more digits than `exponent`.
 * Throws `RangeError` above 10^15, which no order is worth.
 */
export function toMinor(amount: string, exponent: number): Minor {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  const up = (fraction[exponent] ?? '0') >= '5' ? 1n : 0n;
  const minor = BigInt(whole + kept) + up;
  if (minor > LARGEST) throw new RangeError('an amount is above 10^15 minor units');
  return Number(negative && minor !== 0n ? -minor : minor);
}

/** part/of of an amount in whole minor units, half away from zero; exact for any amounts that `toMinor` gives. */
export function share(amount: Minor, part: number, of: number): Minor {
  if (of === 0) return 0;
  const exact = BigInt(amount) * BigInt(part);
  const divisor = BigInt(of);
  const half = exact < 0n ? -divisor : divisor;
  return Number((2n * exact + half) / (2n * divisor));
}
