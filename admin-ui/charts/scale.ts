/** Round steps that reach from zero (or below it) to the greatest value: 0, 20, 40, 60. What is counted in wholes has no halves. */
export function ticksOf(values: readonly number[], about = 4): number[] {
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const rough = (top - bottom || 1) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  // all wholes up to one may be a share of nothing and of everything
  const step = top > 1 && values.every(Number.isInteger) ? Math.max(1, round) : round;
  const ticks: number[] = [];
  for (let tick = Math.floor(bottom / step) * step; tick < top + step; tick += step)
    ticks.push(Number(tick.toPrecision(12)));
  return ticks;
}

/** From the values' range to the picture's. */
export const scaleOf = (from: readonly [number, number], to: readonly [number, number]) => (value: number) =>
  to[0] + ((value - from[0]) / (from[1] - from[0] || 1)) * (to[1] - to[0]);
