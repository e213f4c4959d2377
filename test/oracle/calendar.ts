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
  const known = new Map<string, A>();
  return (question: string, zone: string, n: number): A => {
    const key = `${question} ${zone} ${n}`;
    if (!known.has(key)) {
      if (known.size > 200_000) known.clear();
      known.set(key, answer(question, zone, n));
    }
    return known.get(key) as A;
  };
}

const zoned = (t: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(t).toZonedDateTimeISO(zone);

const localTime = remembering((_, zone, t): LocalTime => {
  const local = zoned(t, zone);
  return {
    date: local.toPlainDate().toString(),
    year: local.year,
    monthDay: local.toPlainDate().toString().slice(5),
    weekday: WEEKDAYS[local.dayOfWeek - 1] ?? 'mon',
    clock: local.toPlainTime().toString({ smallestUnit: 'second' }),
  };
});
export const localTimeOf = (t: number, zone: string): LocalTime => localTime('local', zone, t);

const daysLater = remembering((days, zone, t) => zoned(t, zone).add({ days: Number(days) }).epochMilliseconds);
/** FORMAT 2.1: the same wall clock, so many local days later. */
export const addDays = (t: number, days: number, zone: string): number => daysLater(String(days), zone, t);

/** FORMAT 2.1: the same wall clock, clamped to the last day of the target month. */
export const addMonths = (t: number, months: number, zone: string): number =>
  zoned(t, zone).add({ months }).epochMilliseconds;

const wallClock = remembering(
  (text, zone) =>
    Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds,
);
/** FORMAT 2.2: the first of two, or moved on by the gap. `text` is a local date-time, or a date for its 00:00. */
export const instantOf = (text: string, zone: string): number =>
  wallClock(text.length === 10 ? `${text}T00:00` : text, zone, 0);

export const nextDay = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString();
const plusDays = remembering((date, _, days) => Temporal.PlainDate.from(date).add({ days }).toString());
export const dayPlusDays = (date: string, days: number): string => plusDays(date, '', days);
const plusMonths = remembering((date, _, months) => Temporal.PlainDate.from(date).add({ months }).toString());
export const dayPlusMonths = (date: string, months: number): string => plusMonths(date, '', months);

const midnightAfter = remembering((date, zone) => instantOf(nextDay(date), zone));
/** FORMAT 7.2: a last day is whole; what is good on it ends at the next local midnight. */
export const endOfDay = (date: string, zone: string): number => midnightAfter(date, zone, 0);

/** The last day of the month, quarter or year that holds this date. */
export const lastDayOf = (period: 'month' | 'quarter' | 'year', date: string): string => {
  const day = Temporal.PlainDate.from(date);
  const month = period === 'month' ? day.month : period === 'quarter' ? Math.ceil(day.month / 3) * 3 : 12;
  const first = Temporal.PlainDate.from({ year: day.year, month, day: 1 });
  return first.with({ day: first.daysInMonth }).toString();
};

export const isLeapYear = (year: number): boolean => Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
