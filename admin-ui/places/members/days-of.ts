import { startOfDay } from '../program/start-of-day.js';

const DAY_MS = 86_400_000;

/** The day of an instant in a zone, "2026-11-22". */
export const dayOf = (at: string | number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  );

/** The day so many days after another. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between two. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** The last moment of a day in a zone. */
export const endOfDay = (day: string, zone: string): Date => new Date(startOfDay(plusDays(day, 1), zone).getTime() - 1);
