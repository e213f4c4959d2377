import { AppError } from '../lib/errors.js';
import type { Minor } from './order.js';

/** Amounts are whole minor units of at most this size, so that they are exact as numbers. */
export const MAX_MINOR = 1e15;

/** ISO 4217: the codes whose minor unit is not a hundredth. Everything else has two decimals. */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...of(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...of(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...of(4, 'CLF UYW'),
};

function of(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]));
}

/** The decimals of a currency by ISO 4217; 2 for a code that the standard gives no other. */
export function exponentOf(code: string): number {
  return EXPONENTS[code] ?? 2;
}

function refuse(text: unknown, why: string): never {
  throw new AppError('amount_malformed', 422, `${JSON.stringify(text)} is not an amount: ${why}.`, { value: text });
}

/**
 * Exact minor units of a decimal written as text ("12.5" at exponent 2 is 1250). Trailing zeros beyond the exponent are
 * fine, other digits there are refused, as are signs other than a leading minus, exponents, hex and non-ASCII digits.
 */
export function parseAmount(text: unknown, exponent: number): Minor {
  if (typeof text !== 'string') return refuse(text, 'it must be text, never a number');
  const match = /^(-?)([0-9]{1,17})(?:\.([0-9]*))?$/.exec(text.trim());
  if (!match) return refuse(text, 'write digits with at most one point');
  const decimals = match[3] ?? '';
  if (/[1-9]/.test(decimals.slice(exponent))) return refuse(text, `the currency has ${exponent} decimals`);
  const minor = Number((match[2] ?? '') + decimals.slice(0, exponent).padEnd(exponent, '0'));
  if (minor > MAX_MINOR) return refuse(text, 'it is larger than 10^15 minor units');
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/** How many decimals a written amount really has: for snapshots that carry more or fewer than the currency. */
export function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** "12.50": the plain decimal of minor units, with a point and no grouping, for protocols. */
export function writeAmount(minor: Minor, exponent: number): string {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** What a person reads: "€12.50" in the manner of the locale, with the decimals of *our* table. */
export function formatMoney(minor: Minor, money: { code: string; exponent: number }, locale: string): string {
  const key = `${locale}/${money.code}/${money.exponent}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: money.code,
      minimumFractionDigits: money.exponent,
      maximumFractionDigits: money.exponent,
    });
    formats.set(key, format);
  }
  return format.format(writeAmount(minor, money.exponent) as `${number}`);
}
const formats = new Map<string, Intl.NumberFormat>();

/**
 * Splits `whole` over the weights in proportion, in whole parts that sum to it: each gets the floor of its quota, what
 * is left over goes to the largest remainders, ties to the earlier. Weights are not negative; all zero gives zeros.
 */
export function allocate(whole: bigint, weights: readonly bigint[]): bigint[] {
  let sum = 0n;
  for (const weight of weights) sum += weight;
  if (sum === 0n) return weights.map(() => 0n);
  let over = whole;
  const parts: bigint[] = [];
  const rests: { index: number; rest: bigint }[] = [];
  weights.forEach((weight, index) => {
    const part = (whole * weight) / sum;
    parts.push(part);
    over -= part;
    rests.push({ index, rest: whole * weight - part * sum });
  });
  if (over === 0n) return parts;
  rests.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1));
  for (const { index } of rests.slice(0, Number(over))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}
