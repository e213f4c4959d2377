import { addDays, instantOf, isLeapYear, localTimeOf } from './calendar.js';
import type { Tiers } from './format.js';
import type { Fraction } from './fraction.js';
import { atLeast, sum, whole } from './fraction.js';

/** Something that counts towards a tier, from when it counted (FORMAT 8.2). */
export interface Entry {
  at: number;
  weight: Fraction;
}

/** The place of a level among the levels; the first is everybody's. */
type Level = number;

const enterOf = (tiers: Tiers, level: Level): Fraction => whole(tiers.levels[level]?.enter ?? 0);
const keepOf = (tiers: Tiers, level: Level): Fraction =>
  whole(tiers.levels[level]?.keep ?? tiers.levels[level]?.enter ?? 0);

/** Up to the highest level held before, what it takes to come back to one (docs/decisions/0015). */
const reached = (tiers: Tiers, total: Fraction, held: Level = 0): Level =>
  tiers.levels.reduce((best, { reenter }, level) => {
    const asked = level <= held && reenter !== undefined ? whole(reenter) : enterOf(tiers, level);
    return level === 0 || atLeast(total, asked) ? level : best;
  }, 0);

/** FORMAT 8.3: one step, or to the highest lower level whose `keep` holds. */
function downFrom(tiers: Tiers, level: Level, total: Fraction): Level {
  if (tiers.downgrade === 'one-step') return level - 1;
  let lower = level - 1;
  while (lower > 0 && !atLeast(total, keepOf(tiers, lower))) lower -= 1;
  return lower;
}

export const lifetime = (tiers: Tiers, entries: Entry[], t: number): Level =>
  reached(tiers, sum(entries.filter((entry) => entry.at <= t).map((entry) => entry.weight)));

/** FORMAT 8.3. */
export function rolling(tiers: Tiers, entries: Entry[], t: number, zone: string): Level {
  const days = tiers.window.kind === 'rolling' ? tiers.window.days : 0;
  const spans = entries.map((entry) => ({ ...entry, until: addDays(entry.at, days, zone) }));
  const changes = [...new Set(spans.flatMap((span) => [span.at, span.until]))]
    .filter((at) => at <= t)
    .sort((a, b) => a - b);
  let level: Level = 0;
  let held: Level = 0;
  let falls = Infinity;
  let total: Fraction = whole(0);
  const fallUntil = (now: number): void => {
    while (falls < now) {
      const at = falls;
      level = downFrom(tiers, level, total);
      falls = level > 0 && !atLeast(total, keepOf(tiers, level)) ? addDays(at, tiers.graceDays ?? 0, zone) : Infinity;
    }
  };
  for (const now of changes) {
    fallUntil(now);
    total = sum(spans.filter((span) => span.at <= now && now < span.until).map((span) => span.weight));
    level = Math.max(level, reached(tiers, total, held));
    held = Math.max(held, level);
    const below = level > 0 && !atLeast(total, keepOf(tiers, level));
    falls = below ? Math.min(falls, addDays(now, tiers.graceDays ?? 0, zone)) : Infinity;
  }
  fallUntil(t + 1);
  return level;
}

/**
 * FORMAT 8.4; of a program's own year the day on which it begins takes the place of the local New Year, of a member's own year
 * the day on which they, whoever they were then, first joined.
 */
export function yearly(tiers: Tiers, entries: Entry[], t: number, zone: string, joined: number): Level {
  const first = entries[0];
  if (!first || first.at > t) return 0;
  const { window } = tiers;
  const own = window.kind === 'member-year' ? localTimeOf(joined, zone).date.slice(5) : '01-01';
  const monthDay = window.kind === 'program-year' ? window.from : own;
  const newYearOf = (year: number): number => {
    const day = monthDay === '02-29' && !isLeapYear(year) ? '02-28' : monthDay;
    return instantOf(`${year}-${day}`, zone);
  };
  const yearOf = (at: number): number => {
    const { year } = localTimeOf(at, zone);
    return at < newYearOf(year) ? year - 1 : year;
  };
  const totalOf = (year: number, by: number): Fraction =>
    sum(entries.filter((entry) => entry.at <= by && yearOf(entry.at) === year).map((entry) => entry.weight));
  let level: Level = 0;
  let held: Level = 0;
  const rise = (total: Fraction): void => {
    level = Math.max(level, reached(tiers, total, held));
    held = Math.max(held, level);
  };
  for (let year = yearOf(first.at); year <= yearOf(t); year += 1) {
    const finished = totalOf(year - 1, newYearOf(year));
    if (level > 0 && !atLeast(finished, keepOf(tiers, level))) {
      const drops = addDays(newYearOf(year), tiers.graceDays ?? 0, zone);
      rise(totalOf(year, Math.min(t, drops)));
      if (drops <= t && level > 0 && !atLeast(finished, keepOf(tiers, level))) level = downFrom(tiers, level, finished);
    }
    rise(totalOf(year, t));
  }
  return level;
}
