import { addDays } from './month.js';

/** Days that a promotion is often for; both are in it ("2026-11-28" to "2026-11-29"). */
export interface Span {
  first: string;
  last: string;
}

/** The next two weekends and the next whole week, seen from a day of the shop; a weekend that has begun is not the next. */
export function spansFrom(today: string): Span[] {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = addDays(today, 7 - weekday);
  const saturday = addDays(monday, weekday < 5 ? -2 : 5);
  const days = (first: string, count: number) => ({ first, last: addDays(first, count - 1) });
  return [days(saturday, 2), days(addDays(saturday, 7), 2), days(monday, 7)];
}

/** As the form writes it: from the first midnight to the one after the last day. */
export const fieldsOf = ({ first, last }: Span): { from: string; to: string } => ({
  from: `${first}T00:00`,
  to: `${addDays(last, 1)}T00:00`,
});
