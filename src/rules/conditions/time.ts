import { parseDate, parseTime } from '../calendar.js';
import { WEEKDAYS } from '../rule-parts.js';
import type { WhenKinds } from './kind.js';
import { prepareRecurring } from './recurring.js';

/** "12-20" -> 1220: enough to compare days of a year. */
function dayOfYear(text: string): number {
  return Number(text.slice(0, 2)) * 100 + Number(text.slice(3, 5));
}

/** When the order had its moment, on the wall clock of the program or of the condition's own `zone`. */
export const TIME: WhenKinds<'from' | 'to' | 'dates' | 'season' | 'weekdays' | 'recurs' | 'hours' | 'except'> = {
  from: {
    missed: 'window',
    prepare(text, calendar) {
      const from = calendar.instantOf(text);
      return ({ pins }) => pins.moment >= from;
    },
  },
  to: {
    missed: 'window',
    prepare(text, calendar) {
      const to = calendar.instantOf(text);
      return ({ pins }) => pins.moment < to;
    },
  },
  /** Both days included. */
  dates: {
    prepare(dates, calendar) {
      const from = calendar.startOf(parseDate(dates.from));
      const to = calendar.startOf(parseDate(dates.to) + 1);
      return ({ pins }) => pins.moment >= from && pins.moment < to;
    },
  },
  /** Both days included; it may wrap over the new year. */
  season: {
    prepare(season, calendar) {
      const from = dayOfYear(season.from);
      const to = dayOfYear(season.to);
      return ({ pins }) => {
        const clock = calendar.wallClock(pins.moment);
        const day = clock.month * 100 + clock.day;
        return from <= to ? day >= from && day <= to : day >= from || day <= to;
      };
    },
  },
  weekdays: {
    prepare(names, calendar) {
      const days = new Set(names.map((day) => WEEKDAYS.indexOf(day)));
      return ({ pins }) => days.has(calendar.wallClock(pins.moment).weekday);
    },
  },
  recurs: {
    prepare(recurs, calendar) {
      const falls = prepareRecurring(recurs);
      return ({ pins }) => falls(calendar.wallClock(pins.moment));
    },
  },
  /** from <= time < to; it may wrap over midnight. */
  hours: {
    prepare(hours, calendar) {
      const from = parseTime(hours.from);
      const to = parseTime(hours.to);
      return ({ pins }) => {
        const { time } = calendar.wallClock(pins.moment);
        return from < to ? time >= from && time < to : time >= from || time < to;
      };
    },
  },
  /** Local days that are left out, both ends of a span included. */
  except: {
    prepare(except, calendar) {
      const spans = except.map((out) => (typeof out === 'string' ? { from: out, to: out } : out));
      const out = spans.map(({ from, to }) => ({ from: parseDate(from), to: parseDate(to) }));
      return ({ pins }) => {
        const day = calendar.dayOf(pins.moment);
        return !out.some(({ from, to }) => day >= from && day <= to);
      };
    },
  },
};
