/** What is known of many amounts without any of them: how many, their sum, and the sum of their squares. */
export interface Sample {
  n: number;
  sum: number;
  squares: number;
}

/** An amount with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

const Z = 1.959964;
export const NOTHING: Sample = { n: 0, sum: 0, squares: 0 };

export const together = (samples: readonly Sample[]): Sample =>
  samples.reduce(
    (all, { n, sum, squares }) => ({ n: all.n + n, sum: all.sum + sum, squares: all.squares + squares }),
    NOTHING,
  );

export const meanOf = ({ n, sum }: Sample): number | null => (n === 0 ? null : sum / n);

/** Of the mean, not of the amounts. */
function varianceOf({ n, sum, squares }: Sample): number {
  return Math.max(0, squares - (sum * sum) / n) / (n - 1) / n;
}

const around = (value: number, variance: number): Estimate => {
  const half = Z * Math.sqrt(variance);
  return { value, low: value - half, high: value + half };
};

/** The mean with what it may be; null of fewer than two, which say nothing of spread. */
export function estimateOf(sample: Sample): Estimate | null {
  const mean = meanOf(sample);
  return mean === null || sample.n < 2 ? null : around(mean, varianceOf(sample));
}

/** Alike in what they are compared by. */
export interface Stratum {
  one: Sample;
  other: Sample;
}

/** The mean of one, that of the others weighted to be like it, and the difference; null where nobody can be compared. */
export interface Compared {
  one: number;
  other: number;
  difference: Estimate;
  /** Of how many, of how many others it is, and how many of `one` had nobody to be held against. */
  ones: number;
  others: number;
  alone: number;
}

/**
 * Direct standardisation: within each stratum one is held against the other, and strata count by how many of `one` they hold, so
 * that the others are made up as the ones are. Strata with fewer than two on a side say nothing of spread: they are left out.
 */
export function compareLike(strata: readonly Stratum[]): Compared | null {
  const held = strata.filter(({ one, other }) => one.n >= 2 && other.n >= 2);
  const ones = held.reduce((sum, { one }) => sum + one.n, 0);
  if (ones === 0) return null;
  let [mean, other, variance] = [0, 0, 0];
  for (const stratum of held) {
    const weight = stratum.one.n / ones;
    mean += (weight * stratum.one.sum) / stratum.one.n;
    other += (weight * stratum.other.sum) / stratum.other.n;
    variance += weight * weight * (varianceOf(stratum.one) + varianceOf(stratum.other));
  }
  return {
    one: mean,
    other,
    difference: around(mean - other, variance),
    ones,
    others: held.reduce((sum, stratum) => sum + stratum.other.n, 0),
    alone: strata.reduce((sum, { one }) => sum + one.n, 0) - ones,
  };
}
