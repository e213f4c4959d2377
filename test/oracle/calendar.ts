import { Temporal } from 'temporal-polyfill';

/** FORMAT 2: local days and wall clocks. Instants are epoch milliseconds; dates are "YYYY-MM-DD". */
export interface LocalTime {
  date: string;
  year: number;
  /** "MM-DD" */
  monthDay: string;
  weekday: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
  /** "HH:MM:SS" */
  clock: string;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The questions below have one answer for ever and are slow to work out, so answers are kept. */
function remembering<A>(answer: (question: string, zone: string, n: number) => A) {
  const known = new Map<string, Map<string, Map<number, A>>>();
  let kept = 0;
  return (question: string, zone: string, n: number): A => {
    const zones = inside(known, question, () => new Map<string, Map<number, A>>());
    const numbers = inside(zones, zone, () => new Map<number, A>());
    const before = numbers.get(n);
    if (before !== undefined) return before;
    const found = answer(question, zone, n);
    numbers.set(n, found);
    kept += 1;
    if (kept > 200_000) {
      known.clear();
      kept = 0;
    }
    return found;
  };
}

function inside<K, V>(of: Map<K, V>, key: K, make: () => V): V {
  const held = of.get(key) ?? make();
  of.set(key, held);
  return held;
}

const zoned = (t: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone);

const localTime = remembering((_, zone, t): LocalTime => {
  const local = zoned(t, zone);
  // as it would be written in a zone that is never ahead or behind
  const shifted = new Date(t + local.offsetNanoseconds / 1e6).toISOString();
  return {
    date: shifted.slice(0, 10),
    year: local.year,
    monthDay: shifted.slice(5, 10),
    weekday: WEEKDAYS[local.dayOfWeek - 1] ?? 'mon',
    clock: shifted.slice(11, 19),
  };
});
export const localTimeOf = (t: number, zone: string): LocalTime => localTime('local', zone, t);

const daysLater = remembering((days, zone, t) => zoned(t, zone).add({ days: Number(days) }).epochMilliseconds);
/** FORMAT 2.1: the same wall clock, so many local days later. */
export const addDays = (t: number, days: number, zone: string): number => daysLater(String(days), zone, t);

/** FORMAT 2.1: the same wall clock, clamped to the last day of the target month. */
export const addMonths = (t: number, months: number, zone: string): number => monthsLater(String(months), zone, t);
const monthsLater = remembering((months, zone, t) => zoned(t, zone).add({ months: Number(months) }).epochMilliseconds);

const wallClock = remembering(
  (text, zone) =>
    Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
);
/** FORMAT 2.2: the first of two, or moved on by the gap. `text` is a local date-time, or a date for its 00:00. */
export const instantOf = (text: string, zone: string): number =>
  wallClock(text.length === 10 ? `${text}T00:00` : text, zone, 0);

export const nextDay = (date: string): string => dayPlusDays(date, 1);
const plusDays = remembering((date, _, days) => Temporal.PlainDate.from(date).add({ days }).toString());
export const dayPlusDays = (date: string, days: number): string => plusDays(date, '', days);
const plusMonths = remembering((date, _, months) => Temporal.PlainDate.from(date).add({ months }).toString());
export const dayPlusMonths = (date: string, months: number): string => plusMonths(date, '', months);

const midnightAfter = remembering((date, zone) => instantOf(nextDay(date), zone));
/** FORMAT 7.2: a last day is whole; what is good on it ends at the next local midnight. */
export const endOfDay = (date: string, zone: string): number => midnightAfter(date, zone, 0);

const lastDay = remembering((date, period) => {
  const day = Temporal.PlainDate.from(date);
  const month = period === 'month' ? day.month : period === 'quarter' ? Math.ceil(day.month / 3) * 3 : 12;
  const first = Temporal.PlainDate.from({ year: day.year, month, day: 1 });
  return first.with({ day: first.daysInMonth }).toString();
});
/** The last day of the month, quarter or year that holds this date. */
export const lastDayOf = (period: 'month' | 'quarter' | 'year', date: string): string => lastDay(date, period, 0);

/** The last local midnight at which a month, a quarter or a year began. */
export function reviewBefore(period: 'month' | 'quarter' | 'year', t: number, zone: string): number {
  const { date } = localTimeOf(t, zone);
  const months = { month: 1, quarter: 3, year: 12 }[period];
  return instantOf(`${dayPlusMonths(lastDayOf(period, date), 1 - months).slice(0, 7)}-01`, zone);
}

export const isLeapYear = (year: number): boolean => Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
