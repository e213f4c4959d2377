import { Temporal } from 'temporal-polyfill';
import type { Monthly, Recurs, Weekday } from './beyond.js';

const WEEKDAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Whether a local date is one of the days that come back, none before `from`. */
export function recursOn(recurs: Recurs, date: string): boolean {
  const [from, day] = [Temporal.PlainDate.from(recurs.from), Temporal.PlainDate.from(date)];
  if (Temporal.PlainDate.compare(day, from) < 0) return false;
  if ('weeks' in recurs) {
    const weeks = monday(from).until(monday(day), { largestUnit: 'weeks' }).weeks;
    return weeks % recurs.weeks === 0 && recurs.on.includes(weekdayOf(day));
  }
  const months = from.toPlainYearMonth().until(day.toPlainYearMonth(), { largestUnit: 'months' }).months;
  return months % recurs.months === 0 && recurs.on.some((on) => isOn(on, day));
}

const weekdayOf = (day: Temporal.PlainDate): Weekday => WEEKDAYS[day.dayOfWeek - 1] ?? 'mon';
const monday = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

function isOn(on: Monthly, day: Temporal.PlainDate): boolean {
  if ('day' in on) return day.day === (on.day === 'last' ? day.daysInMonth : on.day);
  if (weekdayOf(day) !== on.weekday) return false;
  const same = Array.from({ length: day.daysInMonth }, (_, i) => day.with({ day: i + 1 })).filter(
    (other) => weekdayOf(other) === on.weekday,
  );
  const wanted = on.nth === 'last' ? same[same.length - 1] : same[on.nth - 1];
  return wanted !== undefined && wanted.equals(day);
}
