import type { Millis } from '../lib/clock.js';
import { civilOf, dateText } from './calendar.js';
import type { Calendar } from './calendar.js';
import type { Fraction } from './fraction.js';
import { reviewAt } from './level-reviews.js';
import type { Tiers } from './program-rules.js';
import { Lifetime, Rolling, Years } from './tier-windows.js';
import type { Climb, Walk } from './tier-windows.js';

/** So many turns of time are looked ahead; what lies further is looked for again then. */
const MOST_TURNS = 500;

/** From which place the level rose to which. */
export interface Rise {
  at: Millis;
  from: number;
  to: number;
}

/** The level held over time, as what counts towards it arrives in order. Any instant up to the last arrival can be asked. */
export class TierPath {
  private readonly ask: Walked['ask'];
  private readonly askHighest: Walked['askHighest'];
  private readonly askClimb: Walked['askClimb'];
  private readonly rises: Walked['rises'];
  private readonly falls: Walked['falls'];
  /** All that counts from one instant; instants ascend. */
  readonly arrive: (at: Millis, amount: Fraction) => void;

  /** `joined` = when the member did, on whose day of the year a membership year begins. */
  constructor(tiers: Tiers, calendar: Calendar, joined: Millis) {
    const { window, downgradeEach: each } = tiers;
    const since = each && ((at: Millis) => reviewAt(calendar, each, at));
    const { ask, askHighest, askClimb, arrive, rises, falls } =
      window.kind === 'lifetime'
        ? walked(new Lifetime(tiers), since)
        : window.kind === 'rolling'
          ? walked(new Rolling(tiers, calendar, window.days), since)
          : walked(new Years(tiers, calendar, newYearOf(window, calendar, joined)), since);
    this.ask = ask;
    this.askHighest = askHighest;
    this.askClimb = askClimb;
    this.arrive = arrive;
    this.rises = rises;
    this.falls = falls;
  }

  /** The place of the level at `clock`, of what had arrived by `facts`. */
  levelAt(facts: Millis, clock: Millis): number {
    return this.ask(facts, clock);
  }

  /** The place of the highest level from one instant to another, both included, of what had arrived by each. */
  highestBetween(from: Millis, to: Millis): number {
    return this.askHighest(from, to);
  }

  /** Every time that the level rose by what has arrived, ascending. */
  risesSoFar(): Rise[] {
    return this.rises();
  }

  /** When the level falls if nothing arrives after an instant; null = never. */
  fallsAfter(at: Millis): Millis | null {
    return this.falls(at);
  }

  climbAt(facts: Millis, clock: Millis): Climb {
    return this.askClimb(facts, clock);
  }
}

type YearWindow = Exclude<Tiers['window'], { kind: 'lifetime' | 'rolling' }>;

export const isYearly = (window: Tiers['window']): window is YearWindow =>
  window.kind !== 'lifetime' && window.kind !== 'rolling';

/** The day (MM-DD) on which a year begins; a membership year on that of joining, of 29 February on the last of the month. */
export function newYearOf(window: YearWindow, calendar: Calendar, joined: Millis): string {
  if (window.kind === 'program-year') return window.from;
  return window.kind === 'calendar-year' ? '01-01' : dateText(civilOf(calendar.dayOf(joined))).slice(5);
}

interface Walked {
  ask: (facts: Millis, clock: Millis) => number;
  askHighest: (from: Millis, to: Millis) => number;
  askClimb: (facts: Millis, clock: Millis) => Climb;
  arrive: TierPath['arrive'];
  rises: () => Rise[];
  falls: (at: Millis) => Millis | null;
}

/** `since` = the review since which a level does not fall again; absent where levels fall at once. */
function walked<S>(walk: Walk<S>, since?: (at: Millis) => Millis): Walked {
  const ats: Millis[] = [];
  const states: S[] = [];
  const arrivedBy = (facts: Millis): number => {
    let low = 0;
    let high = ats.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ats[middle] ?? 0) <= facts) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const stateAt = (facts: Millis, clock: Millis): S => walk.rest(states[arrivedBy(facts) - 1] ?? walk.start, clock);
  // by time alone no level rises: beside the beginning only what arrives needs to be looked at
  const highest = (from: Millis, to: Millis): number =>
    states
      .slice(arrivedBy(from), arrivedBy(to))
      .reduce((level, state) => Math.max(level, walk.levelOf(state)), walk.levelOf(stateAt(from, from)));
  const heldAt = (at: Millis): number => highest(since?.(at) ?? at, at);
  return {
    arrive: (at, amount) => {
      states.push(walk.arrive(states.at(-1) ?? walk.start, at, amount));
      ats.push(at);
    },
    ask: (facts, clock) => walk.levelOf(stateAt(facts, clock)),
    askHighest: highest,
    askClimb: (facts, clock) => walk.climbOf(stateAt(facts, clock), clock),
    rises: () =>
      ats.flatMap((at) => {
        const [from, to] = [heldAt(at - 1), heldAt(at)];
        return to > from ? [{ at, from, to }] : [];
      }),
    falls: (now) => {
      let state = stateAt(now, now);
      const held = walk.levelOf(state);
      let at = held === 0 ? null : walk.turnOf(state);
      for (let turns = 1; at !== null && turns < MOST_TURNS; turns++) {
        state = walk.rest(state, at);
        if (walk.levelOf(state) < held) return at;
        at = walk.turnOf(state);
      }
      return at;
    },
  };
}
