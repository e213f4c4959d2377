import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import type { Calendar } from '../calendar.js';
import { civilOf, dayNumber, parseDate } from '../calendar.js';
import { compare, floor, fraction, minus, plus, times, ZERO } from '../fraction.js';
import type { Fraction } from '../fraction.js';
import { localDate } from '../rule-parts.js';
import type { Counted } from './kind.js';

const period = z.enum(['week', 'month', 'year']);
type Period = z.infer<typeof period>;

/**
 * In which time what counts must be done: ever, on dates (both included), in so many days from joining, in any so many days
 * on end, anew in each calendar period, or at least `least` in each of so many periods on end. Weeks begin on Monday.
 */
export const within = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lifetime') }),
  z.strictObject({ kind: z.literal('dates'), from: localDate.optional(), to: localDate.optional() }),
  z.strictObject({ kind: z.literal('joining'), days: z.int().min(1).max(36_500) }),
  z.strictObject({ kind: z.literal('rolling'), days: z.int().min(1).max(36_500) }),
  z.strictObject({ kind: z.literal('each'), period }),
  z.strictObject({ kind: z.literal('streak'), period, least: z.int().min(1).default(1) }),
]);
export type Within = z.infer<typeof within>;

/** What a goal asks of what counts. */
export interface Ask {
  within: Within;
  needs: number;
  every: boolean;
}

/** How often a goal was reached, by calendar period where it begins anew with each ('' = by none). */
export type Reached = Map<string, number>;

export interface Progress {
  /** What counts now towards the next time it is reached; of what it counts, or periods of a streak. */
  have: Fraction;
  /** When that must be done by; null = there is time. */
  ends: Millis | null;
}

interface Span {
  from: Millis;
  to: Millis;
}

/** `joined` = since when the person is a member; `counted` ascends. */
export function reachedIn(ask: Ask, counted: readonly Counted[], joined: Millis, calendar: Calendar): Reached {
  const { within: window } = ask;
  switch (window.kind) {
    case 'lifetime':
    case 'dates':
    case 'joining':
      return atMost('', ask, sumIn(counted, spanOf(window, joined, calendar)));
    case 'each': {
      const sums = sumsByPeriod(counted, window.period, calendar);
      return new Map([...sums].flatMap(([n, sum]) => [...atMost(labelOf(n, window.period), ask, sum)]));
    }
    case 'rolling':
      return new Map([['', roll(ask, window.days, counted, calendar).times]]);
    case 'streak':
      return new Map([['', streaks(ask, window, counted, calendar).times]]);
  }
}

/** How far a person is at an instant. */
export function progressIn(
  ask: Ask,
  counted: readonly Counted[],
  joined: Millis,
  now: Millis,
  calendar: Calendar,
): Progress {
  const { within: window } = ask;
  switch (window.kind) {
    case 'lifetime':
    case 'dates':
    case 'joining': {
      const span = spanOf(window, joined, calendar);
      return { have: restOf(ask, sumIn(counted, span)), ends: span.to === Infinity ? null : span.to };
    }
    case 'each': {
      const n = periodOf(now, window.period, calendar);
      const sum = sumsByPeriod(counted, window.period, calendar).get(n) ?? ZERO;
      return { have: restOf(ask, sum), ends: startOfPeriod(n + 1, window.period, calendar) };
    }
    case 'rolling': {
      const { times: reached, open } = roll(ask, window.days, counted, calendar);
      if (reached > 0 && !ask.every) return { have: fraction(ask.needs), ends: null };
      const live = open.filter(({ at }) => calendar.addDays(at, window.days) > now);
      const first = live[0];
      return { have: sumOf(live), ends: first ? calendar.addDays(first.at, window.days) : null };
    }
    case 'streak': {
      const { times: reached, open, last } = streaks(ask, window, counted, calendar);
      const n = periodOf(now, window.period, calendar);
      if (reached > 0 && !ask.every) return { have: fraction(ask.needs), ends: null };
      const runs = last !== null && last >= n - 1 && open > 0;
      const ends = runs ? startOfPeriod(last + 2, window.period, calendar) : null;
      return { have: fraction(runs ? open : 0), ends };
    }
  }
}

function atMost(label: string, ask: Ask, sum: Fraction): Reached {
  const all = Number(floor(times(sum, fraction(1, ask.needs))));
  const reached = ask.every ? all : Math.min(all, 1);
  return reached > 0 ? new Map([[label, reached]]) : new Map<string, number>();
}

/** Of a goal that is reached again and again, what counts towards the next time. */
function restOf(ask: Ask, sum: Fraction): Fraction {
  if (!ask.every) return sum;
  const full = floor(times(sum, fraction(1, ask.needs)));
  return minus(sum, times(fraction(full), fraction(ask.needs)));
}

function sumOf(counted: readonly Counted[]): Fraction {
  return counted.reduce((sum, { amount }) => plus(sum, amount), ZERO);
}

function sumIn(counted: readonly Counted[], { from, to }: Span): Fraction {
  return sumOf(counted.filter(({ at }) => at >= from && at < to));
}

function spanOf(
  window: Extract<Within, { kind: 'lifetime' | 'dates' | 'joining' }>,
  joined: Millis,
  calendar: Calendar,
): Span {
  if (window.kind === 'lifetime') return { from: -Infinity, to: Infinity };
  if (window.kind === 'joining') return { from: joined, to: calendar.addDays(joined, window.days) };
  return {
    from: window.from === undefined ? -Infinity : calendar.startOf(parseDate(window.from)),
    to: window.to === undefined ? Infinity : calendar.startOf(parseDate(window.to) + 1),
  };
}

/** Whatever reached a goal once is used up; what is older than the window falls out. */
function roll(
  ask: Ask,
  days: number,
  counted: readonly Counted[],
  calendar: Calendar,
): { times: number; open: Counted[] } {
  const needs = fraction(ask.needs);
  let open: Counted[] = [];
  let reached = 0;
  for (const one of counted) {
    open = [...open.filter(({ at }) => calendar.addDays(at, days) > one.at), one];
    let sum = sumOf(open);
    if (compare(sum, needs) < 0) continue;
    if (!ask.every) return { times: 1, open };
    for (; compare(sum, needs) >= 0; sum = minus(sum, needs)) reached++;
    open = sum.n > 0n ? [{ at: one.at, amount: sum }] : [];
  }
  return { times: reached, open };
}

/** Periods on end with enough in each. `open` = how long the last run is, less what it was given for; `last` = its last period. */
function streaks(
  ask: Ask,
  window: Extract<Within, { kind: 'streak' }>,
  counted: readonly Counted[],
  calendar: Calendar,
): { times: number; open: number; last: number | null } {
  const least = fraction(window.least);
  const full = [...sumsByPeriod(counted, window.period, calendar)]
    .filter(([, sum]) => compare(sum, least) >= 0)
    .map(([n]) => n)
    .sort((a, b) => a - b);
  let [reached, open, last] = [0, 0, null as number | null];
  for (const n of full) {
    open = last === n - 1 ? open + 1 : 1;
    last = n;
    if (open < ask.needs) continue;
    reached++;
    open = 0;
    if (!ask.every) break;
  }
  return { times: reached, open, last };
}

function sumsByPeriod(counted: readonly Counted[], of: Period, calendar: Calendar): Map<number, Fraction> {
  const sums = new Map<number, Fraction>();
  for (const { at, amount } of counted) {
    const n = periodOf(at, of, calendar);
    sums.set(n, plus(sums.get(n) ?? ZERO, amount));
  }
  return sums;
}

/** Numbers periods so that the next one is one more. */
function periodOf(at: Millis, of: Period, calendar: Calendar): number {
  const day = calendar.dayOf(at);
  if (of === 'week') return Math.floor((day + 3) / 7);
  const { year, month } = civilOf(day);
  return of === 'year' ? year : year * 12 + month - 1;
}

function startOfPeriod(n: number, of: Period, calendar: Calendar): Millis {
  return calendar.startOf(firstDayOf(n, of));
}

function firstDayOf(n: number, of: Period): number {
  if (of === 'week') return n * 7 - 3;
  return of === 'year' ? dayNumber(n, 1, 1) : dayNumber(Math.floor(n / 12), (n % 12) + 1, 1);
}

/** "2026", "2026-03", and a week by its Monday, "2026-03-02". */
function labelOf(n: number, of: Period): string {
  const { year, month, day } = civilOf(firstDayOf(n, of));
  const two = (part: number) => String(part).padStart(2, '0');
  return of === 'year' ? `${year}` : of === 'month' ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(day)}`;
}
