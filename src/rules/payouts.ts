import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity } from './activities.js';
import type { Compiled } from './compile.js';
import type { Expiry } from './rule-parts.js';

/** What one filling pays. 0 = it is kept for its own sake. */
export interface Pay {
  unit: string;
  gives: number;
  /** Terms of its own. */
  expiry?: Expiry | undefined;
}

/**
 * What one person was paid for one thing that fills again and again: a stamp card, a goal. `<name>#K` is the K-th filling; one
 * that is no longer filled is taken back, the last first, and dated anew when it is filled again. A payout is what the rules
 * paid when it was filled.
 */
export class Payouts {
  /** By name and unit. */
  readonly all = new Map<string, Activity>();
  /** Those that stand, in the order in which they were filled. */
  live: Activity[] = [];
  /** Of those, what was filled for nothing, and why. */
  readonly inVain = new Map<Activity, string>();
  private readonly name: string;
  private readonly person: string;

  constructor(name: string, person: string) {
    this.name = name;
    this.person = person;
  }

  /** After a merge what the other was paid is this person's. */
  adopt(other: Payouts): void {
    if (other.live.length === 0) return;
    this.live = [...this.live, ...other.live].sort(byFilling);
    for (const [one, why] of other.inVain) this.inVain.set(one, why);
    other.live = [];
  }

  /** Takes back what is more than so many, the last first. */
  keep(most: number, at: Millis): void {
    while (this.live.length > most) this.live.pop()?.steps.push({ at, target: 0n });
  }

  /** Pays for what is filled, takes back for what is no longer filled. `missed` = why a filling is not paid for at all, by its name. */
  fill(
    filled: number,
    at: Millis,
    pay: Pay,
    compiled: Compiled,
    missed: (of: string) => string | null = () => null,
  ): void {
    const { unit, gives, expiry } = pay;
    this.keep(filled, at);
    while (this.live.length < filled) {
      const of = `${this.name}#${this.live.length + 1}`;
      const key = `${of}\n${unit}`;
      const why = missed(of);
      const target = why === null ? BigInt(gives) : 0n;
      const before = this.all.get(key);
      if (before) before.steps.push({ at, target, anew: compiled });
      const one = before ?? { ...activity(of, this.person, unit, compiled, [{ at, target }]), expiry };
      this.all.set(key, one);
      if (why === null) this.inVain.delete(one);
      else this.inVain.set(one, why);
      this.live.push(one);
    }
  }
}

/** The first filled first; of one instant by number. */
function byFilling(a: Activity, b: Activity): number {
  return filledAt(a) - filledAt(b) || numberOf(a) - numberOf(b) || (a.of < b.of ? -1 : 1);
}

function numberOf(payout: Activity): number {
  return Number(payout.of.slice(payout.of.lastIndexOf('#') + 1));
}

export function filledAt(payout: Activity): Millis {
  return payout.steps.at(-1)?.at ?? 0;
}
