import { type Fraction, floor, fraction, parseFraction, plus, round, times, ZERO } from '../rules/fraction.js';
import type { ProgramRules } from '../rules/program-rules.js';
import type { Sides } from './compare-group.js';

/** What a point is worth by either rules, in minor units of the program's money. */
export class Worth {
  private readonly values: Sides<Map<string, Fraction>>;
  /** By points when no unit is worth anything. */
  readonly rankedBy: 'money' | 'points';
  /** Ranks are whole numbers: millionths of a minor unit, or of a point. */
  private static readonly FINE = 1_000_000n;

  constructor({ before, after }: Sides<ProgramRules>) {
    const valuesOf = ({ units }: ProgramRules) =>
      new Map(Object.entries(units).map(([unit, { value }]) => [unit, parseFraction(value)]));
    this.values = { before: valuesOf(before), after: valuesOf(after) };
    const all = [...this.values.before.values(), ...this.values.after.values()];
    this.rankedBy = all.some(({ n }) => n !== 0n) ? 'money' : 'points';
  }

  private exact(side: keyof Sides<unknown>, points: Readonly<Record<string, bigint>>): Fraction {
    let sum = ZERO;
    for (const [unit, many] of Object.entries(points)) {
      if (many !== 0n) sum = plus(sum, times(fraction(many), this.values[side].get(unit) ?? ZERO));
    }
    return sum;
  }

  money(side: keyof Sides<unknown>, points: Readonly<Record<string, bigint>>, how: 'floor' | 'ceil' = 'floor'): number {
    return Number(round(this.exact(side, points), how));
  }

  /** How much more the draft comes to. */
  gain({ before, after }: Sides<Readonly<Record<string, bigint>>>): bigint {
    return this.rank('after', after) - this.rank('before', before);
  }

  private rank(side: keyof Sides<unknown>, points: Readonly<Record<string, bigint>>): bigint {
    if (this.rankedBy === 'points') return Object.values(points).reduce((sum, many) => sum + many, 0n) * Worth.FINE;
    return floor(times(this.exact(side, points), fraction(Worth.FINE)));
  }
}
