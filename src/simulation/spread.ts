import type { SimulationReport } from './report.js';

type Spread = NonNullable<SimulationReport['spread']>;

/** By how much members are better or worse off, in steps of 1, 2, 5, 10, 20, 50 ... points; who stays the same is not in it. */
export class Spreads {
  private readonly units = new Map<string, Map<bigint, number>>();

  add(unit: string, more: bigint): void {
    if (more === 0n) return;
    const steps = this.units.get(unit) ?? new Map<bigint, number>();
    this.units.set(unit, steps);
    const top = more > 0n ? stepOf(more) : -stepOf(-more);
    steps.set(top, (steps.get(top) ?? 0) + 1);
  }

  report(): Spread {
    return Object.fromEntries(
      [...this.units]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([unit, steps]) => [
          unit,
          [...steps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([top, members]) => ({ ...endsOf(top), members })),
        ]),
    );
  }
}

/** The smallest round figure that is not below it. */
function stepOf(points: bigint): bigint {
  for (let power = 1n; ; power *= 10n) {
    for (const digit of [1n, 2n, 5n]) if (digit * power >= points) return digit * power;
  }
}

function endsOf(top: bigint): { from: string; to: string } {
  const size = top < 0n ? -top : top;
  const digit = Number(size.toString()[0]);
  const below = digit === 1 ? size / 2n : digit === 2 ? size / 2n : (size / 5n) * 2n;
  const near = size === 1n ? 1n : below + 1n;
  return top < 0n ? { from: `${top}`, to: `${-near}` } : { from: `${near}`, to: `${top}` };
}
