/** A share with its 95 % interval. */
export interface Share {
  share: number;
  low: number;
  high: number;
}

const Z = 1.959964;

/** Wilson's score interval (Wilson 1927): honest also for few. Null for none. */
export function shareOf(part: number, whole: number): Share | null {
  if (whole === 0) return null;
  const p = part / whole;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * whole)) / (1 + z2 / whole);
  const half = (Z * Math.sqrt((p * (1 - p)) / whole + z2 / (4 * whole * whole))) / (1 + z2 / whole);
  return { share: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** One share less another, with a 95 % interval from both (Newcombe 1998, method 10). Null when either is of none. */
export function differenceOf(one: Share | null, other: Share | null): Share | null {
  if (!one || !other) return null;
  const share = one.share - other.share;
  return {
    share,
    low: share - Math.hypot(one.share - one.low, other.high - other.share),
    high: share + Math.hypot(one.high - one.share, other.share - other.low),
  };
}
