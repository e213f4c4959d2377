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

/** A limit of all members together in the period of an order's moment: first come, as a ceiling is (docs/decisions/0013). */
export interface Place {
  name: string;
  most: number;
}

/** What is an order's of such a limit: what was recorded for it, or for a cart what is left. */
export type Granted = (place: Place) => number;

/** What an order would take of each if they did not bind: points, or one turn. */
export type Taken = Map<string, { gain: number; most: number }>;

export const isOfAll = (limit: Limit): boolean => 'of' in limit && limit.of === 'all';

export interface Bounds {
  /** What the member's earlier orders leave. */
  room: Room;
  /** Null = what all share does not bind. */
  granted: Granted | null;
  moment: number;
  zone: string;
}

/**
 * Points of a rule within all of its limits, each of what those before it left: by points what is left, by orders all or nothing
 * (docs/decisions/0013). Notes in `taken` what is asked of those that all share.
 */
export function within(
  rule: { id: string; limits?: Limit[] },
  points: number,
  { room, granted, moment, zone }: Bounds,
  taken: Taken,
): number {
  const countsOf = (limit: Limit) => ('points' in limit ? 'points' : 'orders');
  const ofAll = (limit: Limit, left: number): number => {
    const counts = countsOf(limit);
    const gain = counts === 'points' ? left : Math.min(left, 1);
    // of two for one period the smaller is the one that binds
    const alike = (rule.limits ?? []).filter(
      (one) => isOfAll(one) && one.per === limit.per && countsOf(one) === counts,
    );
    const name = `${rule.id} ${counts} ${limit.per} ${periodOf(limit, moment, zone)}`;
    const place = { name, most: Math.min(...alike.map(mostOf)) };
    taken.set(place.name, { gain, most: place.most });
    return granted === null ? gain : Math.min(gain, granted(place));
  };
  let left = points;
  for (const limit of rule.limits ?? []) {
    const most = isOfAll(limit) ? ofAll(limit, left) : limit.per === 'order' ? mostOf(limit) : room(rule.id, limit);
    if ('points' in limit) left = Math.min(left, most);
    else if (most <= 0) left = 0;
  }
  return left;
}
