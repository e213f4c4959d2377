/** Exact fractions of whole numbers: no rounding happens before somebody asks for it. */
export interface Fraction {
  top: bigint;
  bottom: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

export const fraction = (top: bigint, bottom: bigint): Fraction => {
  if (bottom === 0n) throw new Error('a fraction over nothing');
  const by = gcd(top, bottom) || 1n;
  const sign = bottom < 0n ? -1n : 1n;
  return { top: (sign * top) / by, bottom: (sign * bottom) / by };
};

/** FORMAT head: rates are fractions written as text ("3/250") or whole numbers. */
export const read = (written: string | number): Fraction => {
  const before = alreadyRead.get(written);
  if (before) return before;
  const [top, bottom] = String(written).split('/');
  const found = fraction(BigInt(top ?? '0'), BigInt(bottom ?? '1'));
  alreadyRead.set(written, found);
  return found;
};
const alreadyRead = new Map<string | number, Fraction>();

export const whole = (n: number): Fraction => ({ top: BigInt(n), bottom: 1n });
export const ZERO = whole(0);
export const ONE = whole(1);

export const plus = (a: Fraction, b: Fraction): Fraction =>
  a.bottom === b.bottom && a.bottom === 1n
    ? { top: a.top + b.top, bottom: 1n }
    : fraction(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { top: -b.top, bottom: b.bottom });
export const times = (a: Fraction, b: Fraction): Fraction =>
  a.bottom === 1n && b.bottom === 1n
    ? { top: a.top * b.top, bottom: 1n }
    : fraction(a.top * b.top, a.bottom * b.bottom);
export const over = (a: Fraction, b: Fraction): Fraction => fraction(a.top * b.bottom, a.bottom * b.top);
export const compare = (a: Fraction, b: Fraction): number => {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const atLeast = (a: Fraction, b: Fraction): boolean => compare(a, b) >= 0;
export const isPositive = (a: Fraction): boolean => a.top > 0n;
export const larger = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);
export const sum = (all: Fraction[]): Fraction => all.reduce(plus, ZERO);

export const floor = (a: Fraction): number => {
  const quotient = a.top / a.bottom;
  return Number(a.top % a.bottom !== 0n && a.top < 0n ? quotient - 1n : quotient);
};
export const ceil = (a: Fraction): number => 0 - floor({ top: -a.top, bottom: a.bottom });

/** FORMAT 3.6: nearest takes a half up. */
export const round = (a: Fraction, how: 'floor' | 'nearest' | 'ceil'): number =>
  how === 'floor' ? floor(a) : how === 'ceil' ? ceil(a) : floor(plus(a, fraction(1n, 2n)));
