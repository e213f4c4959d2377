export interface Limits {
  /** Above it a second person agrees; null = never. */
  alone: string | null;
  atOnce: string;
  /** Of today. */
  left: string;
}

/** What becomes of an amount under somebody's limits, as the service would judge it; none = whoever has no limits. */
export function withinLimits(points: string, limits: Limits | null): 'fits' | 'waits' | 'too-much' | 'too-much-today' {
  if (limits === null) return 'fits';
  const size = BigInt(points.replace('-', ''));
  if (size > BigInt(limits.atOnce)) return 'too-much';
  if (size > BigInt(limits.left)) return 'too-much-today';
  return limits.alone !== null && size > BigInt(limits.alone) ? 'waits' : 'fits';
}
