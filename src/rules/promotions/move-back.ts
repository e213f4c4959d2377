import type { Millis } from '../../lib/clock.js';
import { Calendar, civilOf, clockText, parseDate } from '../calendar.js';
import type { ProgramRules, When } from '../program-rules.js';
import { onOtherDays } from './change-promotion.js';
import { momentFor } from './moment-for.js';

const WEEK = 7 * 24 * 3_600_000;

/** Rules for a simulation, and by how many weeks the promotion that was moved farthest is earlier in them; 0 = none was. */
export interface MovedBack {
  rules: ProgramRules;
  weeks: number;
}

/**
 * A promotion that is still to come opens on no day of the past, so that playing it over the past would show nothing. Of
 * `ids`, those that open only after `now` are played as many whole weeks earlier as brings their end to `now`, or their
 * beginning to `since` when they have no end: weekdays and hours stay what they are.
 */
export function movedBack(rules: ProgramRules, ids: readonly string[], since: Millis, now: Millis): MovedBack {
  let weeks = 0;
  const promotions = rules.promotions.map((promotion) => {
    const by = ids.includes(promotion.id) ? weeksBack(promotion.when ?? {}, rules.zone, since, now) : 0;
    if (by === 0 || !promotion.when) return promotion;
    weeks = Math.max(weeks, by);
    return { ...promotion, when: onOtherDays(promotion.when, (date) => earlier(date, by)) };
  });
  return { rules: { ...rules, promotions }, weeks };
}

function weeksBack(when: When, zone: string, since: Millis, now: Millis): number {
  const opens = momentFor([when], zone, since);
  if (opens === null || opens < now) return 0;
  const calendar = Calendar.of(when.zone ?? zone);
  const ends = [
    ...(when.to === undefined ? [] : [calendar.instantOf(when.to)]),
    ...(when.dates === undefined ? [] : [calendar.startOf(parseDate(when.dates.to) + 1)]),
  ];
  const isDated = when.from !== undefined || ends.length > 0;
  if (!isDated) return 0;
  return ends.length > 0 ? Math.ceil((Math.min(...ends) - now) / WEEK) : Math.ceil((opens - since) / WEEK);
}

function earlier(date: string, weeks: number): string {
  const moved = civilOf(parseDate(date.slice(0, 10)) - 7 * weeks);
  return `${clockText({ ...moved, weekday: 0, time: 0 }).slice(0, 10)}${date.slice(10)}`;
}
