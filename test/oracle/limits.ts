import type { Limit } from './beyond.js';
import { dayPlusDays, localTimeOf } from './calendar.js';

/** What a member's earlier orders leave of a limit of a rule, at the order's moment: points, or how many orders more. */
export type Room = (rule: string, limit: Limit) => number;

export const mostOf = (limit: Limit): number => ('points' in limit ? limit.points : limit.times);

export const WHOLE_ROOM: Room = (_, limit) => mostOf(limit);

/** The local period that an instant lies in; weeks begin on Monday. */
export function periodOf(limit: Pick<Limit, 'per'>, at: number, zone: string): string {
  const { date, weekday } = localTimeOf(at, zone);
  const since = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(weekday);
  switch (limit.per) {
    case 'day':
      return date;
    case 'week':
      return dayPlusDays(date, -since);
    case 'month':
      return date.slice(0, 7);
    case 'year':
      return date.slice(0, 4);
    default:
      return '';
  }
}

/** Points of a rule within all of its limits: by points what is left, by orders all or nothing (docs/decisions/0013). */
export function within(rule: { id: string; limits?: Limit[] }, points: number, room: Room): number {
  let left = points;
  for (const limit of rule.limits ?? []) {
    const most = limit.per === 'order' ? mostOf(limit) : room(rule.id, limit);
    if ('points' in limit) left = Math.min(left, most);
    else if (most <= 0) left = 0;
  }
  return left;
}
