import { addDays, instantOf, localTimeOf } from './calendar.js';
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

const reached = (tiers: Tiers, total: Fraction): Level =>
  tiers.levels.reduce((best, _, level) => (level === 0 || atLeast(total, enterOf(tiers, level)) ? level : best), 0);

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
    level = Math.max(level, reached(tiers, total));
    const below = level > 0 && !atLeast(total, keepOf(tiers, level));
    falls = below ? Math.min(falls, addDays(now, tiers.graceDays ?? 0, zone)) : Infinity;
  }
  fallUntil(t + 1);
  return level;
}

/** FORMAT 8.4. */
export function calendarYear(tiers: Tiers, entries: Entry[], t: number, zone: string): Level {
  const first = entries[0];
  if (!first || first.at > t) return 0;
  const totalOf = (year: number, by: number): Fraction =>
    sum(
      entries
        .filter((entry) => entry.at <= by && localTimeOf(entry.at, zone).year === year)
        .map((entry) => entry.weight),
    );
  let level: Level = 0;
  for (let year = localTimeOf(first.at, zone).year; year <= localTimeOf(t, zone).year; year += 1) {
    const newYear = instantOf(`${year}-01-01`, zone);
    const finished = totalOf(year - 1, newYear);
    if (level > 0 && !atLeast(finished, keepOf(tiers, level))) {
      const drops = addDays(newYear, tiers.graceDays ?? 0, zone);
      level = Math.max(level, reached(tiers, totalOf(year, Math.min(t, drops))));
      if (drops <= t && level > 0 && !atLeast(finished, keepOf(tiers, level))) level = downFrom(tiers, level, finished);
    }
    level = Math.max(level, reached(tiers, totalOf(year, t)));
  }
  return level;
}
