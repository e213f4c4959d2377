import type { Millis } from '../lib/clock.js';
import { addMonthsToDate, civilOf, dayNumber, daysInMonth } from './calendar.js';
import type { Compiled } from './compile.js';
import type { Expiry, ProgramRules } from './program-rules.js';

/**
 * By which terms points end: their own (of what gave them), those of the level held when they were earned, or the unit's.
 */
export function expiryOf(compiled: Compiled, unit: string, tier: string | null = null, own?: Expiry): Expiry {
  const rules = compiled.rules.units[unit];
  const ofTier = tier === null ? undefined : rules?.expiryByTier?.[tier];
  return own ?? ofTier ?? rules?.expiry ?? { kind: 'none' };
}

/** All terms that points of a program may end by. */
function* expiriesOf({
  units,
  earning,
  tiers,
  joining,
  birthday,
  reviews,
  referral,
}: ProgramRules): Generator<Expiry | undefined> {
  for (const unit of Object.values(units)) {
    yield unit.expiry;
    yield* Object.values(unit.expiryByTier ?? {});
  }
  for (const { entry } of tiers?.levels ?? []) yield entry?.expiry;
  for (const giving of [...earning, joining, birthday, reviews, referral]) yield giving?.expiry;
}

/** Whether these terms count from the last activity, where that is later than when the points could first be used. */
export function slides(expiry: Expiry): boolean {
  return expiry.kind === 'inactivity' || (expiry.kind === 'period-end' && expiry.slides === true);
}

/** Whether some points end by inactivity: then whatever a member does moves the end of what they have. */
export function endsByInactivity(rules: ProgramRules): boolean {
  for (const expiry of expiriesOf(rules)) if (expiry && slides(expiry)) return true;
  return false;
}

/**
 * When a lot ends by its terms: the local midnight after its last usable day (FORMAT 7.2). `from` = the instant its days
 * count from: usable, or the last activity where that moves the end. Null = never.
 */
export function endOfLot(compiled: Compiled, expiry: Expiry, from: Millis): Millis | null {
  const last = lastDay(compiled, expiry, from);
  return last === null ? null : compiled.calendar.startOf(last + 1);
}

/**
 * Nothing outlives the last day to redeem. That day is the program's, not the lot's: it is the one of the version in force,
 * so an end that is announced cuts short what lives, and one that is put off lets it live as long as its own rules say.
 */
export function cutShort(ends: Millis | null, redeemsUntil: Millis): Millis | null {
  if (ends === null) return redeemsUntil === Infinity ? null : redeemsUntil;
  return Math.min(ends, redeemsUntil);
}

function lastDay(compiled: Compiled, expiry: Expiry, from: Millis): number | null {
  const day = compiled.calendar.dayOf(from);
  switch (expiry.kind) {
    case 'none':
      return null;
    case 'days':
    case 'inactivity':
      return day + expiry.days;
    case 'months': {
      const to = addMonthsToDate(civilOf(day), expiry.months);
      return dayNumber(to.year, to.month, to.day);
    }
    case 'date':
      return dayNumber(...partsOf(expiry.date));
    case 'yearly':
      return nextYearly(expiry.monthDay, day + expiry.atLeastDays);
    case 'period-end': {
      const to = addMonthsToDate(civilOf(day), expiry.months);
      const last = expiry.period === 'year' ? 12 : expiry.period === 'quarter' ? Math.ceil(to.month / 3) * 3 : to.month;
      return dayNumber(to.year, last, daysInMonth(to.year, last));
    }
  }
}

function partsOf(date: string): [number, number, number] {
  return [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
}

/** The first day not before `day` that is the month-day; 29 February is the 28th in other years. */
export function nextYearly(monthDay: string, day: number): number {
  const year = civilOf(day).year;
  const here = yearlyDay(monthDay, year);
  return here >= day ? here : yearlyDay(monthDay, year + 1);
}

export function yearlyDay(monthDay: string, year: number): number {
  const month = Number(monthDay.slice(0, 2));
  return dayNumber(year, month, Math.min(Number(monthDay.slice(3, 5)), daysInMonth(year, month)));
}
