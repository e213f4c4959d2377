import type { Millis } from '../lib/clock.js';
import type { Calendar } from './calendar.js';
import { yearlyDay } from './expiry.js';
import { compare, fraction, minus, plus, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Tiers } from './program-rules.js';

/** How one kind of window walks along the time: states are never changed, so that any of them can be gone on from. */
export interface Walk<S> {
  readonly start: S;
  /** Something that counts arrives; nothing arrived since the state, and all of one instant comes at once. */
  arrive(state: S, at: Millis, amount: Fraction): S;
  /** Time passes until an instant (included) and nothing arrives. */
  rest(state: S, until: Millis): S;
  levelOf(state: S): number;
  /** The next instant at which time alone may change the state; null = it stays as it is. */
  turnOf(state: S): Millis | null;
  /** How far it is on the way up. */
  climbOf(state: S, clock: Millis): Climb;
}

/** What counts now towards the levels, the highest level ever held (by place), and when counting starts anew (null = never). */
export interface Climb {
  sum: Fraction;
  /** The place of the level that it earns: that held, unless a review is waited for. */
  place: number;
  held: number;
  ends: Millis | null;
  /** The level is no longer earned and is kept by grace, or until the next review, alone: until then; null = it is earned. */
  falls: Millis | null;
}

/** The highest level that is reached, to `enter` or, up to `held` (the highest held before), to come back; the first is everybody's. */
function reached(tiers: Tiers, sum: Fraction, held: number): number {
  let level = 0;
  tiers.levels.forEach((one, i) => {
    const asks = i <= held ? (one.reenter ?? one.enter) : one.enter;
    if (compare(sum, fraction(asks)) >= 0) level = Math.max(level, i);
  });
  return level;
}

function keeps(tiers: Tiers, level: number, sum: Fraction): boolean {
  const one = tiers.levels[level];
  return level === 0 || !one || compare(sum, fraction(one.keep ?? one.enter)) >= 0;
}

/** Where a level that is not kept falls to. */
function lower(tiers: Tiers, level: number, sum: Fraction): number {
  let to = level - 1;
  if (tiers.downgrade === 'to-qualified') while (to > 0 && !keeps(tiers, to, sum)) to--;
  return Math.max(0, to);
}

/** All that ever counted: a level falls by what is given back alone. */
export class Lifetime implements Walk<Fraction> {
  readonly start = ZERO;
  private readonly tiers: Tiers;

  constructor(tiers: Tiers) {
    this.tiers = tiers;
  }

  arrive(sum: Fraction, _: Millis, amount: Fraction): Fraction {
    return plus(sum, amount);
  }

  rest(sum: Fraction): Fraction {
    return sum;
  }

  levelOf(sum: Fraction): number {
    return reached(this.tiers, sum, 0);
  }

  turnOf(): null {
    return null;
  }

  climbOf(sum: Fraction): Climb {
    return { sum, place: this.levelOf(sum), held: 0, ends: null, falls: null };
  }
}

interface YearState {
  level: number;
  /** The highest level that was ever held. */
  held: number;
  /** Of the year that ends at `ends`; null = nothing has arrived yet. */
  sum: Fraction;
  year: number;
  ends: Millis | null;
  /** A fall after the grace. */
  pending: { at: Millis; to: number } | null;
}

/** Up at once by the year's sum; when a year ends (at each local New Year, the program's own, or the member's) the level is kept by the finished year, or falls after the grace. */
export class Years implements Walk<YearState> {
  readonly start: YearState = { level: 0, held: 0, sum: ZERO, year: 0, ends: null, pending: null };
  private readonly tiers: Tiers;
  private readonly calendar: Calendar;
  private readonly newYear: string;

  /** `newYear` = the day (MM-DD) on which a year begins. */
  constructor(tiers: Tiers, calendar: Calendar, newYear: string) {
    this.tiers = tiers;
    this.calendar = calendar;
    this.newYear = newYear;
  }

  private endOf(year: number): Millis {
    return this.calendar.startOf(yearlyDay(this.newYear, year + 1));
  }

  /** The year that an instant belongs to, by the number of the calendar year in which it began. */
  private yearOf(at: Millis): number {
    const year = this.calendar.yearOf(at);
    return at < this.endOf(year - 1) ? year - 1 : year;
  }

  arrive(state: YearState, at: Millis, amount: Fraction): YearState {
    const year = this.yearOf(at);
    const now = state.ends === null ? { ...state, year, ends: this.endOf(year) } : this.rest(state, at);
    const sum = plus(now.sum, amount);
    const level = Math.max(now.level, reached(this.tiers, sum, now.held));
    return { ...now, sum, level, held: Math.max(now.held, level) };
  }

  rest(state: YearState, at: Millis): YearState {
    const { tiers } = this;
    const { held } = state;
    let { level, sum, year, ends, pending } = state;
    while (ends !== null) {
      if (pending && (pending.at < Math.min(ends, at) || pending.at === at)) {
        level = Math.max(pending.to, reached(tiers, sum, held));
        pending = null;
      }
      if (ends > at) break;
      if (!keeps(tiers, level, sum)) {
        const drop = { at: this.calendar.addDays(ends, tiers.graceDays), to: lower(tiers, level, sum) };
        if (drop.at <= ends) level = drop.to;
        else pending = drop;
      }
      year += 1;
      sum = ZERO;
      ends = this.endOf(year);
    }
    return { level, held, sum, year, ends, pending };
  }

  levelOf({ level }: YearState): number {
    return level;
  }

  turnOf({ level, sum, ends, pending }: YearState): Millis | null {
    if (ends === null || pending) return pending && ends !== null ? Math.min(pending.at, ends) : null;
    return sum.n === 0n && keeps(this.tiers, level, ZERO) ? null : ends;
  }

  climbOf({ level, sum, held, ends, pending }: YearState, clock: Millis): Climb {
    // what the new year brings may earn the level again before the grace is over
    const falls = pending && !keeps(this.tiers, level, sum) ? pending.at : null;
    return { sum, place: level, held, ends: ends ?? this.endOf(this.yearOf(clock)), falls };
  }
}

interface RollingState {
  level: number;
  held: number;
  sum: Fraction;
  /** When the grace is over; null = the level is kept. */
  falls: Millis | null;
  /** How many of `leaving` no longer weigh. */
  gone: number;
}

/** Entries weigh for some days; below `keep` a grace runs, after which the level falls by one reading of `downgrade`. */
export class Rolling implements Walk<RollingState> {
  readonly start: RollingState = { level: 0, held: 0, sum: ZERO, falls: null, gone: 0 };
  private readonly tiers: Tiers;
  private readonly calendar: Calendar;
  private readonly days: number;
  /** All arrivals by the instant from which they no longer weigh, ascending. */
  private readonly leaving: { at: Millis; amount: Fraction }[] = [];

  constructor(tiers: Tiers, calendar: Calendar, days: number) {
    this.tiers = tiers;
    this.calendar = calendar;
    this.days = days;
  }

  arrive(before: RollingState, at: Millis, amount: Fraction): RollingState {
    const leaves = { at: this.calendar.addDays(at, this.days), amount };
    let place = this.leaving.length;
    while (place > 0 && (this.leaving[place - 1]?.at ?? 0) > leaves.at) place--;
    this.leaving.splice(place, 0, leaves);
    return this.change(this.rest(before, at - 1), at, amount);
  }

  rest(state: RollingState, until: Millis): RollingState {
    let now = state;
    for (let next = this.leaving[now.gone]; next && next.at <= until; next = this.leaving[now.gone]) {
      now = this.change(now, next.at, ZERO);
    }
    return this.fallUntil(now, until);
  }

  /** At one instant: what ends to weigh goes, what arrives comes. */
  private change(state: RollingState, at: Millis, amount: Fraction): RollingState {
    const { tiers } = this;
    const before = this.fallUntil(state, at - 1);
    let { gone, falls } = before;
    let sum = plus(before.sum, amount);
    for (let next = this.leaving[gone]; next && next.at <= at; next = this.leaving[++gone]) {
      sum = plus(sum, minus(ZERO, next.amount));
    }
    const level = Math.max(before.level, reached(tiers, sum, before.held));
    if (keeps(tiers, level, sum)) falls = null;
    else falls ??= this.calendar.addDays(at, tiers.graceDays);
    return this.fallUntil({ level, held: Math.max(before.held, level), sum, falls, gone }, at);
  }

  /** Each further step down needs its own grace. */
  private fallUntil(state: RollingState, limit: Millis): RollingState {
    let { level, falls } = state;
    if (falls === null || falls > limit) return state;
    while (falls !== null && falls <= limit) {
      level = lower(this.tiers, level, state.sum);
      falls = keeps(this.tiers, level, state.sum) ? null : this.calendar.addDays(falls, this.tiers.graceDays);
    }
    return { ...state, level, falls };
  }

  levelOf({ level }: RollingState): number {
    return level;
  }

  turnOf({ falls, gone }: RollingState): Millis | null {
    const leaves = this.leaving[gone]?.at ?? null;
    return falls === null || leaves === null ? (falls ?? leaves) : Math.min(falls, leaves);
  }

  climbOf({ level, sum, held, falls }: RollingState): Climb {
    return { sum, place: level, held, ends: null, falls };
  }
}
