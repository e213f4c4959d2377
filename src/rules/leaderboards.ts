import * as z from 'zod';
import type { Millis } from '../lib/clock.js';
import { type Calendar, civilOf, dayNumber, parseDate } from './calendar.js';
import type { ProgramRules } from './program-rules.js';
import { count, id, monthDay, unit } from './rule-parts.js';

const award = z.strictObject({
  unit,
  /** By place: the first of them for the first, and so on. */
  gives: z.array(count).min(1).max(100),
  /** So many days after the end, that what is returned by then counts no more. */
  afterDays: z.int().min(0).max(60).default(0),
});

/**
 * A list of the members who agreed to be shown, by what they did within a period of the shop's zone: points earned of a unit
 * (`points` where none is named), orders that count, goals reached. Weeks begin on Monday; a season is these days of each year,
 * both included, or all of them.
 */
export const leaderboard = z.strictObject({
  id,
  name: z.string().min(1).max(100).optional(),
  by: z.enum(['points', 'orders', 'goals']),
  unit: z.string().min(1).max(40).meta({ format: 'unit' }).optional(),
  period: z.enum(['week', 'month', 'season', 'all']),
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  award: award.optional(),
});

export type Leaderboard = z.infer<typeof leaderboard>;

/** A stretch of a leaderboard. `label` = the local date of its first day, or `all`; `to` null = it never ends. Half-open. */
export interface Period {
  label: string;
  from: Millis;
  to: Millis | null;
}

/** The period that an instant is in; null = between two seasons. */
export function periodAt(board: Leaderboard, calendar: Calendar, at: Millis): Period | null {
  if (board.period === 'all') return { label: 'all', from: 0, to: null };
  const day = calendar.dayOf(at);
  if (board.period === 'week') {
    const monday = day - ((((day + 3) % 7) + 7) % 7);
    return period(calendar, monday, monday + 7);
  }
  const { year, month } = civilOf(day);
  if (board.period === 'month') {
    return period(calendar, dayNumber(year, month, 1), dayNumber(year + Math.floor(month / 12), (month % 12) + 1, 1));
  }
  const seasons = [year - 1, year].map((of) => seasonOf(board, calendar, of));
  return seasons.find((one) => one.from <= at && one.to !== null && at < one.to) ?? null;
}

/** Periods that had ended by an instant, not earlier than another, in their order. */
export function periodsEnded(board: Leaderboard, calendar: Calendar, since: Millis, now: Millis): Period[] {
  if (board.period === 'all') return [];
  const ended: Period[] = [];
  for (const one of following(board, calendar, since)) {
    if (one.to === null || one.to > now) break;
    if (one.to > since) ended.push(one);
  }
  return ended;
}

function* following(board: Leaderboard, calendar: Calendar, since: Millis): Generator<Period> {
  if (board.period === 'season') {
    for (let year = calendar.yearOf(since) - 1; ; year++) yield seasonOf(board, calendar, year);
  }
  for (let one = periodAt(board, calendar, since); one?.to != null; one = periodAt(board, calendar, one.to)) yield one;
}

function seasonOf({ season }: Leaderboard, calendar: Calendar, year: number): Period {
  const { from = '01-01', to = '12-31' } = season ?? {};
  const last = `${to < from ? year + 1 : year}-${to}`;
  return period(calendar, parseDate(`${year}-${from}`), parseDate(last) + 1);
}

function period(calendar: Calendar, first: number, next: number): Period {
  const { year, month, day } = civilOf(first);
  const label = [year, month, day].map((n) => String(n).padStart(2, '0')).join('-');
  return { label, from: calendar.startOf(first), to: calendar.startOf(next) };
}

/** When the places of a period are given: so that returns of its last days are known. */
export function awardedAt({ award: given }: Leaderboard, calendar: Calendar, end: Millis): Millis {
  return calendar.addDays(end, given?.afterDays ?? 0);
}

/** What a place gives, as the rule of a deed; `of` as `placeOf` writes it. Null = no leaderboard in force gives for it. */
export interface PlaceRule {
  kind: 'place';
  id: string;
  unit: string;
  gives: number;
  limits: Record<string, never>;
}

export const placeOf = (board: string, rank: number): string => `${board}#${rank}`;

export function placeRule({ leaderboards = [] }: ProgramRules, of: string): PlaceRule | null {
  const cut = of.lastIndexOf('#');
  const board = leaderboards.find((one) => one.id === of.slice(0, cut));
  const gives = board?.award?.gives[Number(of.slice(cut + 1)) - 1];
  if (!board?.award || gives === undefined) return null;
  return { kind: 'place', id: board.id, unit: board.award.unit, gives, limits: {} };
}
