import type { Minor } from '../src/commerce/order.js';

const EXPONENTS: Readonly<Record<string, number>> = {
  ...entries(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...entries(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...entries(4, 'CLF UYW'),
};
const LARGEST = 10 ** 15;

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
 * The exponent of a Shopify snapshot: that of its currency, or more when an amount says more. Trailing zeros say nothing.
 */
export function exponentOf(code: string, amounts: readonly string[]): number {
  const written = amounts.reduce((most, amount) => Math.max(most, writtenDigits(amount)), 0);
  return valid(Math.max(isoExponent(code), Math.min(written, 4)));
}

/**
 * The exponent of a WooCommerce snapshot: the decimals that the store writes *now*, zeros included, whatever the
 * currency (FORMAT 4.4: a yen order from a store left at two decimals says `59.97`). Reads with `dp=6` write more than
 * four: they show unrounded lines, which are rounded to what the store itself writes, so that they equal its deliveries.
 */
export function decimalsOf(
  code: string,
  amounts: readonly string[],
  store: { code: string; exponent: number },
): number {
  const digits = amounts.reduce((most, amount) => Math.max(most, amount.split('.')[1]?.length ?? 0), 0);
  if (digits <= 4) return valid(digits);
  const written = amounts.reduce((most, amount) => Math.max(most, writtenDigits(amount)), 0);
  return written <= 4 ? valid(written) : valid(store.code === code ? store.exponent : isoExponent(code));
}

/** Amounts are kept with 0, 2, 3 or 4 decimals. */
function valid(exponent: number): number {
  return exponent === 1 ? 2 : exponent;
}

/**
 * A decimal text (`-12.50`) as whole minor units, half away from zero when it has more digits than `exponent`.
 * Throws `RangeError` above 10^15, which no order is worth.
 */
export function toMinor(amount: string, exponent: number): Minor {
  const negative = amount.startsWith('-');
  const start = negative ? 1 : 0;
  const point = amount.indexOf('.', start);
  const whole = point < 0 ? amount.slice(start) : amount.slice(start, point);
  const fraction = point < 0 ? '' : amount.slice(point + 1);
  // a float is exact far beyond what is let through
  const minor =
    Number(whole + fraction.slice(0, exponent).padEnd(exponent, '0')) + (fraction.charAt(exponent) >= '5' ? 1 : 0);
  return bounded(negative && minor !== 0 ? -minor : minor);
}

/** Throws `RangeError` above 10^15, which no order is worth. */
export function bounded(minor: Minor): Minor {
  if (Math.abs(minor) > LARGEST) throw new RangeError('an amount is above 10^15 minor units');
  return minor;
}

/** part/of of an amount in whole minor units, half away from zero; exact for any amounts that `toMinor` gives. */
export function share(amount: Minor, part: number, of: number): Minor {
  if (of === 0) return 0;
  const exact = BigInt(amount) * BigInt(part);
  const divisor = BigInt(of);
  const half = exact < 0n ? -divisor : divisor;
  return Number((2n * exact + half) / (2n * divisor));
}
