/** Numbers that look thrown and are not: the same seed and number throw the same, whoever threw before (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number, number: number) {
    this.state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul((number + 1) | 0, 0x85ebca6b)) | 0;
  }

  /** From 0 to below 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /** Both included. */
  whole(from: number, to: number): number {
    return Math.floor(this.between(from, to + 1));
  }

  one<T>(all: readonly T[]): T {
    const found = all[Math.floor(this.next() * all.length)];
    if (found === undefined) throw new RangeError('nothing to choose from');
    return found;
  }

  weighted<T extends { share: number }>(all: readonly T[]): T {
    let left = this.next() * all.reduce((sum, { share }) => sum + share, 0);
    return all.find(({ share }) => (left -= share) < 0) ?? this.one(all);
  }

  /** A wait whose mean is this. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }

  /** Around a middle, as many times more as less (log-normal). */
  around(middle: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
    return middle * Math.exp(spread * normal);
  }

  /** Any day of the year; the 29th of February, too. */
  monthDay(): string {
    const date = new Date(Date.UTC(2024, 0, this.whole(1, 366)));
    return date.toISOString().slice(5, 10);
  }
}
