/** How a figure was spread over its rounds. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

export type Flush = 'free' | '1ms';

/** What every benchmark is told. */
export interface Plan {
  /** Interleaved rounds: each variant once a round, forwards and backwards in turn. */
  rounds: number;
  /** How long one variant is driven within a round. */
  sliceMs: number;
  flushes: readonly Flush[];
  quick: boolean;
  large: boolean;
  /** How long memory is watched. */
  minutes: number;
  say(line: string): void;
}

/**
 * Runs all variants round by round (A B C, C B A, ...), so that a noisy neighbour hits each of them alike and a slow
 * drift of the machine cancels out. Whatever is compared is compared inside a round.
 */
export async function interleave<Name extends string, Result>(
  { rounds, say }: Pick<Plan, 'rounds' | 'say'>,
  variants: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(variants) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const result = await variants[name]();
      results[name].push(result);
      const shown = typeof result === 'number' ? `${figure(result)}/s` : shownOf(result);
      say(`  round ${round + 1}/${rounds}  ${name.padEnd(44)} ${shown}`);
    }
  }
  return results;
}

const shownOf = (result: unknown): string =>
  typeof result !== 'object' || result === null
    ? String(result)
    : Object.entries(result)
        .map(([name, value]) => (typeof value === 'number' ? `${name} ${figure(value)}` : ''))
        .filter(Boolean)
        .join('  ');

/**
 * Drives `work` on so many lanes for a while, each doing the next piece as soon as its last is done. Gives pieces a
 * second; `work` says how many it did. `durations` collects the milliseconds of each call.
 */
export async function closedLoop(
  lanes: number,
  ms: number,
  work: (lane: number) => Promise<number>,
  durations?: number[],
): Promise<number> {
  const start = performance.now();
  const done = await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      let pieces = 0;
      while (performance.now() - start < ms) {
        const before = performance.now();
        pieces += await work(lane);
        durations?.push(performance.now() - before);
      }
      return pieces;
    }),
  );
  return done.reduce((sum, pieces) => sum + pieces, 0) / ((performance.now() - start) / 1000);
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN };
}

/** a / b, round by round. */
export function ratio(a: readonly number[], b: readonly number[]): Spread {
  return spread(a.map((value, round) => value / (b[round] ?? NaN)));
}

/** The better of several variants in each round: for "its best connection count". */
export function best(...variants: readonly (readonly number[])[]): number[] {
  return (variants[0] ?? []).map((_, round) => Math.max(...variants.map((values) => values[round] ?? NaN)));
}

/** Of values in any order; the middle of two for an even median. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) return NaN;
  if (q === 0.5 && sorted.length % 2 === 0)
    return ((sorted[sorted.length / 2 - 1] ?? NaN) + (sorted[sorted.length / 2] ?? NaN)) / 2;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}

/** Milliseconds since the epoch with fractions: the same clock in every process of this machine. */
export const instant = (): number => performance.timeOrigin + performance.now();

/** Three digits that matter. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toString();
  if (size >= 10) return value.toFixed(1);
  return size >= 1 ? value.toFixed(2) : value.toFixed(3);
}
