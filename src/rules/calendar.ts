import { Temporal } from 'temporal-polyfill';
import type { Millis } from '../lib/clock.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** A date and time as a wall clock shows it. `weekday` 0 = Monday; `time` = milliseconds since its midnight. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  weekday: number;
  time: number;
}

/** A stretch of time in which the zone's distance to UTC stays the same. */
interface Stretch {
  from: Millis;
  to: Millis;
  offset: number;
}

/** Days since 1970-01-01 of a civil date (proleptic Gregorian; H. Hinnant, "chrono-compatible date algorithms"). */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

export interface Civil {
  year: number;
  month: number;
  day: number;
}

export function civilOf(days: number): Civil {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp + (mp < 10 ? 3 : -9);
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Months later, clamped to the last day of the target month. */
export function addMonthsToDate(date: Civil, months: number): Civil {
  const index = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

/** "2026-03-02" -> day number. */
export function parseDate(text: string): number {
  return dayNumber(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
}

/** "02:30" or "02:30:15" -> milliseconds since midnight. */
export function parseTime(text: string): number {
  return (
    Number(text.slice(0, 2)) * 3_600_000 + Number(text.slice(3, 5)) * MINUTE + Number(text.slice(6, 8) || 0) * 1000
  );
}

const two = (n: number): string => String(n).padStart(2, '0');

/** "2026-03-02": a local day as the rules write it. */
export function dateText({ year, month, day }: Civil): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/** "2026-03-02T10:00": a wall clock as the rules write it. */
export function clockText(clock: WallClock): string {
  const minutes = Math.floor(clock.time / MINUTE);
  return `${dateText(clock)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * Local time of one IANA zone. The zone's transitions are asked of Temporal once per stretch and kept; everything else
 * is integer arithmetic. A doubled wall clock means its first pass, a missing one is moved on by the gap.
 */
export class Calendar {
  private readonly stretches: Stretch[] = [];
  private last: Stretch = { from: 0, to: 0, offset: 0 };

  readonly zone: string;

  private constructor(zone: string) {
    this.zone = zone;
  }

  private static readonly known = new Map<string, Calendar>();

  /** The one calendar of the zone. Throws RangeError for a zone that does not exist. */
  static of(zone: string): Calendar {
    let calendar = Calendar.known.get(zone);
    if (!calendar) {
      calendar = new Calendar(zone);
      calendar.offset(0);
      Calendar.known.set(zone, calendar);
    }
    return calendar;
  }

  /** Milliseconds that the wall clock is ahead of UTC at an instant. */
  offset(at: Millis): number {
    if (at >= this.last.from && at < this.last.to) return this.last.offset;
    this.last = this.stretches.find((s) => at >= s.from && at < s.to) ?? this.ask(at);
    return this.last.offset;
  }

  private ask(at: Millis): Stretch {
    const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.zone);
    const next = here.getTimeZoneTransition('next');
    const after = Temporal.Instant.fromEpochMilliseconds(at + 1).toZonedDateTimeISO(this.zone);
    const previous = after.getTimeZoneTransition('previous');
    const stretch = {
      from: previous ? previous.epochMilliseconds : -Infinity,
      to: next ? next.epochMilliseconds : Infinity,
      offset: Math.round(here.offsetNanoseconds / 1e6),
    };
    this.stretches.push(stretch);
    return stretch;
  }

  /** Milliseconds since 1970-01-01 00:00 *on the wall clock*. */
  private wall(at: Millis): number {
    return at + this.offset(at);
  }

  private fromWall(wall: number): Millis {
    const before = this.offset(wall - DAY);
    const after = this.offset(wall + DAY);
    const early = wall - before;
    if (before === after || this.offset(early) === before) return early;
    const late = wall - after;
    return this.offset(late) === after ? late : early;
  }

  wallClock(at: Millis): WallClock {
    const wall = this.wall(at);
    const days = Math.floor(wall / DAY);
    return { ...civilOf(days), weekday: (((days + 3) % 7) + 7) % 7, time: wall - days * DAY };
  }

  /** Day number of the local date. */
  dayOf(at: Millis): number {
    return Math.floor(this.wall(at) / DAY);
  }

  yearOf(at: Millis): number {
    return civilOf(this.dayOf(at)).year;
  }

  /** The instant at which a local day begins. */
  startOf(day: number): Millis {
    return this.fromWall(day * DAY);
  }

  /** The instant at which the clock of a local day shows so many milliseconds since midnight. */
  wallAt(day: number, time: number): Millis {
    return this.fromWall(day * DAY + time);
  }

  /** The instant of "2026-03-08T02:30" on this wall clock. */
  instantOf(local: string): Millis {
    return this.fromWall(parseDate(local) * DAY + parseTime(local.slice(11)));
  }

  addDays(at: Millis, days: number): Millis {
    return days === 0 ? at : this.fromWall(this.wall(at) + days * DAY);
  }

  addMonths(at: Millis, months: number): Millis {
    const wall = this.wall(at);
    const day = Math.floor(wall / DAY);
    const to = addMonthsToDate(civilOf(day), months);
    return this.fromWall(dayNumber(to.year, to.month, to.day) * DAY + (wall - day * DAY));
  }
}
