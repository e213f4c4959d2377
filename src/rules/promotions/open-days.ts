import type { Millis } from '../../lib/clock.js';
import { Calendar, civilOf, clockText, parseDate, parseTime } from '../calendar.js';
import type { When } from '../program-rules.js';
import { opensAt } from './moment-for.js';

const QUARTER = 900_000;

/** A day of the zone's calendar; 23 or 25 hours long when the clock is changed in it. */
export interface CalendarDay {
  date: string;
  from: Millis;
  to: Millis;
}

/** The days from one date to another, both included, as the zone has them. */
export function calendarDays(zone: string, first: string, last: string): CalendarDay[] {
  const calendar = Calendar.of(zone);
  const days: CalendarDay[] = [];
  for (let day = parseDate(first); day <= parseDate(last); day++) {
    const date = clockText({ ...civilOf(day), weekday: 0, time: 0 }).slice(0, 10);
    days.push({ date, from: calendar.startOf(day), to: calendar.startOf(day + 1) });
  }
  return days;
}

/** From an instant until before another; null = without end. */
export interface Span {
  from: Millis;
  to: Millis | null;
}

/** The days as far as they lie in one of the spans: a day that lies in two of them is there twice. */
export function daysWithin(days: readonly CalendarDay[], spans: readonly Span[]): CalendarDay[] {
  return days.flatMap(({ date, ...day }) =>
    spans
      .map((span) => ({ date, from: Math.max(day.from, span.from), to: Math.min(day.to, span.to ?? Infinity) }))
      .filter(({ from, to }) => from < to),
  );
}

/** On which of the days the window is open, if only for a part of them: asked every quarter of an hour, and when it begins. */
export function openDays(when: When | undefined, zone: string, days: readonly CalendarDay[]): string[] {
  const opens = opensAt([when ?? {}], zone);
  const own = Calendar.of(when?.zone ?? zone);
  const begins = [when?.from, when?.dates && `${when.dates.from}T00:00`].flatMap((text) =>
    text === undefined ? [] : [own.instantOf(text)],
  );
  const hour = when?.hours ? parseTime(when.hours.from) : 0;
  const open = days.filter(({ from, to }) => isOpen(opens, from, to, [...begins, from + hour]));
  return [...new Set(open.map(({ date }) => date))];
}

function isOpen(opens: (at: Millis) => boolean, from: Millis, to: Millis, moments: readonly Millis[]): boolean {
  if (moments.some((at) => at >= from && at < to && opens(at))) return true;
  for (let at = from; at < to; at += QUARTER) if (opens(at)) return true;
  return false;
}
