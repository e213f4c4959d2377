import { addMonthsToDate, type Calendar, dayNumber } from './calendar.js';
import type { Millis } from '../lib/clock.js';
import type { Compiled } from './compile.js';

/** An order, as far as it is asked here: by which rules, and since when it counts for its member; null = not (yet) at all. */
interface Counted {
  times: { compiled: Compiled };
  countsFor: Millis | null;
}

/**
 * From when nothing changes any more what an order gives of a unit: the day `finalOn` of the month after the one in which it began
 * to count; Infinity = never. A return, a dispute or a cancellation comes too late then, and so does what undoes one.
 */
export function finalAt({ times: { compiled }, countsFor }: Counted, unit: string): Millis {
  const day = compiled.rules.units[unit]?.finalOn;
  return day === undefined || countsFor === null ? Infinity : finalOf(compiled.calendar, countsFor, day);
}

/** The start of a day of the month after the local month of an instant. */
export function finalOf(calendar: Calendar, counted: Millis, day: number): Millis {
  const { year, month } = calendar.wallClock(counted);
  const next = addMonthsToDate({ year, month, day: 1 }, 1);
  return calendar.startOf(dayNumber(next.year, next.month, day));
}

/** The units whose day has come for an order. */
export function finalUnits(order: Counted, at: Millis): string[] {
  const { units } = order.times.compiled.rules;
  return Object.keys(units).filter((unit) => finalAt(order, unit) <= at);
}

/** What limits of a unit's points bear upon, as orders count them: its rules and promotions, and limits over several rules. */
export function limitedIn({ units, shared }: Compiled, unit: string): string[] {
  const own = units.find((one) => one.unit === unit);
  return [
    ...(own ? [...own.rules, ...own.promotions].map(({ id }) => id) : []),
    ...shared.flatMap((one) => (one.unit === unit ? [one.key] : [])),
  ];
}
