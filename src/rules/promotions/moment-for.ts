import type { Millis } from '../../lib/clock.js';
import { Calendar, parseTime } from '../calendar.js';
import { plainPins } from '../conditions/index.js';
import { TIME } from '../conditions/time.js';
import type { Asked, Holds, WhenKind } from '../conditions/kind.js';
import type { When } from '../program-rules.js';

/** Days that are looked at: two years hold every season, and most of what comes back. */
const DAYS = 732;
const QUARTER = 900_000;
const NOON = 48 * QUARTER;

/**
 * The first moment found from `since` on at which all windows are open: noon of a day where it may be, else when a window
 * opens. Null = none within two years.
 */
export function momentFor(whens: readonly When[], zone: string, since: Millis): Millis | null {
  const calendar = Calendar.of(zone);
  const all = opensAt(whens, zone);
  const opens = (at: Millis): boolean => at >= since && all(at);
  const first = Math.max(since, ...beginnings(whens, zone));
  const times = [NOON, ...whens.flatMap(({ hours }) => (hours ? [parseTime(hours.from)] : [])), 0];
  // an hour of another zone is any hour here
  if (whens.some((when) => when.zone !== undefined)) times.push(...Array.from({ length: 96 }, (_, i) => i * QUARTER));
  if (opens(first)) return atNoon(calendar, first, opens);
  const day = calendar.dayOf(first);
  for (let days = 0; days < DAYS; days++) {
    const start = calendar.startOf(day + days);
    for (const time of times) if (opens(start + time)) return start + time;
  }
  return null;
}

/** Whether all windows are open at an instant. */
export function opensAt(whens: readonly When[], zone: string): (at: Millis) => boolean {
  const checks = whens.flatMap((when) => checksOf(when, Calendar.of(when.zone ?? zone)));
  return (at) => checks.every((holds) => holds({ pins: plainPins(at, null) } as Asked));
}

/** A rounder moment of the same day, if it may be. */
function atNoon(calendar: Calendar, first: Millis, opens: (at: Millis) => boolean): Millis {
  const noon = calendar.startOf(calendar.dayOf(first)) + NOON;
  return opens(noon) ? noon : first;
}

function beginnings(whens: readonly When[], zone: string): Millis[] {
  return whens.flatMap(({ from, dates, zone: own }) => {
    const calendar = Calendar.of(own ?? zone);
    return [
      ...(from === undefined ? [] : [calendar.instantOf(from)]),
      ...(dates === undefined ? [] : [calendar.instantOf(`${dates.from}T00:00`)]),
    ];
  });
}

function checksOf(when: When, calendar: Calendar): Holds[] {
  return (Object.keys(TIME) as (keyof typeof TIME)[]).flatMap((word) => {
    const wanted = when[word];
    const { prepare } = TIME[word] as WhenKind<unknown>;
    return wanted === undefined ? [] : [prepare(wanted, calendar)];
  });
}
