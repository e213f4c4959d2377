import type { Millis } from '../lib/clock.js';
import type { Calendar } from './calendar.js';
import { compare, fraction, minus, plus, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Tiers } from './program-rules.js';

/** Something that counts towards a tier, from the instant when it counted. */
export interface TierEntry {
  at: Millis;
  amount: Fraction;
}

/** The place of the level held at an instant, by what stood then. Entries may come in any order. */
export function levelAt(tiers: Tiers, calendar: Calendar, entries: readonly TierEntry[], at: Millis): number {
  const sorted = [...entries].sort((a, b) => a.at - b.at);
  const { window } = tiers;
  if (window.kind === 'lifetime')
    return reached(
      tiers,
      sorted.reduce((sum, entry) => plus(sum, entry.amount), ZERO),
    );
  if (window.kind === 'calendar-year') return byYears(tiers, calendar, sorted, at);
  return rolling(tiers, calendar, sorted, window.days, at);
}

/** The highest level whose `enter` is reached; the first is everybody's. */
function reached(tiers: Tiers, sum: Fraction): number {
  let level = 0;
  tiers.levels.forEach((one, i) => {
    if (compare(sum, fraction(one.enter)) >= 0) level = Math.max(level, i);
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

/** Up at once by the year's sum; at each local New Year the level is kept by the finished year, or falls after the grace. */
function byYears(tiers: Tiers, calendar: Calendar, entries: readonly TierEntry[], at: Millis): number {
  const first = entries[0];
  if (!first) return 0;
  let level = 0;
  let pending: { at: Millis; to: number } | null = null;
  for (let year = calendar.yearOf(first.at); ; year++) {
    const ends = calendar.instantOf(`${String(year + 1).padStart(4, '0')}-01-01T00:00`);
    let sum = ZERO;
    const inYear = entries.filter((entry) => entry.at < ends && entry.at <= at && calendar.yearOf(entry.at) === year);
    for (const entry of inYear) {
      if (pending && pending.at <= entry.at) {
        level = Math.max(pending.to, reached(tiers, sum));
        pending = null;
      }
      sum = plus(sum, entry.amount);
      level = Math.max(level, reached(tiers, sum));
    }
    const until = Math.min(ends, at);
    if (pending && (pending.at < until || pending.at === at)) {
      level = Math.max(pending.to, reached(tiers, sum));
      pending = null;
    }
    if (ends > at) return level;
    if (!keeps(tiers, level, sum)) {
      const drop = { at: calendar.addDays(ends, tiers.graceDays), to: lower(tiers, level, sum) };
      if (drop.at <= ends) level = drop.to;
      else pending = drop;
    }
  }
}

/** Entries weigh for some days; below `keep` a grace runs, after which the level falls by one reading of `downgrade`. */
function rolling(tiers: Tiers, calendar: Calendar, entries: readonly TierEntry[], days: number, at: Millis): number {
  const changes = new Map<Millis, Fraction>();
  const add = (when: Millis, amount: Fraction): void => {
    changes.set(when, plus(changes.get(when) ?? ZERO, amount));
  };
  for (const entry of entries) {
    add(entry.at, entry.amount);
    add(calendar.addDays(entry.at, days), minus(ZERO, entry.amount));
  }
  const instants = [...changes.keys()].filter((when) => when <= at).sort((a, b) => a - b);
  let level = 0;
  let sum = ZERO;
  let falls: Millis | null = null;
  const fallUntil = (limit: Millis): void => {
    while (falls !== null && falls <= limit) {
      level = lower(tiers, level, sum);
      falls = keeps(tiers, level, sum) ? null : calendar.addDays(falls, tiers.graceDays);
    }
  };
  for (const when of instants) {
    fallUntil(when - 1);
    sum = plus(sum, changes.get(when) ?? ZERO);
    const up = reached(tiers, sum);
    if (up > level) level = up;
    if (keeps(tiers, level, sum)) falls = null;
    else if (falls === null) falls = calendar.addDays(when, tiers.graceDays);
    fallUntil(when);
  }
  fallUntil(at);
  return level;
}
