import type { Millis } from '../lib/clock.js';
import { addMonthsToDate, civilOf, dayNumber } from './calendar.js';
import type { Calendar } from './calendar.js';

/** How often levels may fall, where the rules let them fall at a review alone. */
export const REVIEW_PERIODS = ['month', 'quarter', 'year'] as const;
export type ReviewPeriod = (typeof REVIEW_PERIODS)[number];

const MONTHS: Record<ReviewPeriod, number> = { month: 1, quarter: 3, year: 12 };

/** The last review at or before an instant, or so many later: local midnight on the first day of the month, quarter or year. */
export function reviewAt(calendar: Calendar, period: ReviewPeriod, at: Millis, later = 0): Millis {
  const { year, month } = civilOf(calendar.dayOf(at));
  const months = MONTHS[period];
  const first = { year, month: month - ((month - 1) % months), day: 1 };
  const day = addMonthsToDate(first, later * months);
  return calendar.startOf(dayNumber(day.year, day.month, day.day));
}

/** The first review at or after an instant. */
export function reviewFrom(calendar: Calendar, period: ReviewPeriod, at: Millis): Millis {
  const last = reviewAt(calendar, period, at);
  return last === at ? at : reviewAt(calendar, period, at, 1);
}
