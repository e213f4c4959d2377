/**
 * An exact fraction. `d` is always positive. Fractions are left unreduced: sums of one order share their denominator,
 * so that adding stays one bigint addition; only what is shown is reduced.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };
export const ONE: Fraction = { n: 1n, d: 1n };

export function fraction(n: bigint | number, d: bigint | number = 1n): Fraction {
  const den = BigInt(d);
  if (den <= 0n) throw new RangeError('the denominator of a fraction must be positive');
  return { n: BigInt(n), d: den };
}

/** Reads "3/250", "12" or 12. Refuses anything else. */
export function parseFraction(text: string | number): Fraction {
  if (typeof text === 'number') {
    if (!Number.isSafeInteger(text)) throw new RangeError(`not a whole number: ${text}`);
    return { n: BigInt(text), d: 1n };
  }
  const match = /^(-?\d+)(?:\/([1-9]\d*))?$/.exec(text);
  if (!match) throw new RangeError(`not a fraction: "${text}"`);
  return { n: BigInt(match[1] ?? '0'), d: BigInt(match[2] ?? '1') };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  if (a.d === b.d) return { n: a.n - b.n, d: a.d };
  return { n: a.n * b.d - b.n * a.d, d: a.d * b.d };
}

export function times(a: Fraction, b: Fraction): Fraction {
  if (a === ONE) return b;
  if (b === ONE) return a;
  return { n: a.n * b.n, d: a.d * b.d };
}

/** Negative, zero or positive as a is less than, equal to or more than b. */
export function compare(a: Fraction, b: Fraction): number {
  const left = a.d === b.d ? a.n : a.n * b.d;
  const right = a.d === b.d ? b.n : b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

export function floor(a: Fraction): bigint {
  const q = a.n / a.d;
  return a.n < 0n && q * a.d !== a.n ? q - 1n : q;
}

export type Rounding = 'floor' | 'nearest' | 'ceil';

/** Whole points; `nearest` takes a half up. */
export function round(a: Fraction, how: Rounding): bigint {
  if (how === 'floor') return floor(a);
  if (how === 'ceil') return -floor({ n: -a.n, d: a.d });
  return floor({ n: 2n * a.n + a.d, d: 2n * a.d });
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

export function reduce(a: Fraction): Fraction {
  const g = gcd(a.n, a.d);
  return g <= 1n ? a : { n: a.n / g, d: a.d / g };
}

/** "143/100", or "12" when whole. */
export function show(a: Fraction): string {
  const r = reduce(a);
  return r.d === 1n ? r.n.toString() : `${r.n}/${r.d}`;
}

/** Fractions over one denominator, as whole weights. */
export function overOne(fractions: readonly Fraction[]): bigint[] {
  const first = fractions[0]?.d ?? 1n;
  if (fractions.every((f) => f.d === first || f.n === 0n)) return fractions.map((f) => f.n);
  const common = fractions.reduce((d, f) => (f.d % d === 0n ? f.d : d % f.d === 0n ? d : d * f.d), 1n);
  return fractions.map((f) => (f.n * common) / f.d);
}
