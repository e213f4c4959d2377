import type { Millis } from '../lib/clock.js';
import type { Calendar } from './calendar.js';
import type { EarningRule } from './earning/index.js';
import type { Limit } from './rule-parts.js';

/**
 * Limits of a rule: how many points it gives, or to how many orders, within a period. Those of a member are a function of the
 * member's orders (who counted first has the first of the room); those of all together are first come, like ceilings.
 */
export interface LimitReady {
  per: Limit['per'];
  of: 'member' | 'all';
  counts: 'points' | 'times';
  most: bigint;
  /** Of a limit over several rules: what was taken of it bears this name. */
  shared?: string;
  /** The period that an instant lies in, by its local date: equal exactly within one. Empty for a lifetime. */
  periodOf(at: Millis): string;
}

export function prepareLimits(limits: readonly Limit[] | undefined, calendar: Calendar): LimitReady[] {
  return (limits ?? []).map((limit) => ({
    ...{ per: limit.per, of: ofWhom(limit), counts: countsOf(limit), most: mostOf(limit) },
    periodOf: (at) => periodOf(limit.per, calendar, at),
  }));
}

const ofWhom = (limit: Limit): LimitReady['of'] => ('of' in limit ? limit.of : 'member');
const countsOf = (limit: Limit): LimitReady['counts'] => ('points' in limit ? 'points' : 'times');

export function mostOf(limit: Limit): bigint {
  return BigInt('points' in limit ? limit.points : limit.times);
}

/** The local period of a kind that an instant lies in: equal exactly within one. Empty for a lifetime. */
export function periodOf(per: Limit['per'], calendar: Calendar, at: Millis): string {
  const { year, month, day, weekday } = calendar.wallClock(at);
  switch (per) {
    case 'day':
      return `${year}-${month}-${day}`;
    case 'week':
      return `w${calendar.dayOf(at) - weekday}`;
    case 'month':
      return `${year}-${month}`;
    case 'year':
      return `${year}`;
    default:
      return '';
  }
}

type Limited = Pick<EarningRule, 'id' | 'limits'>;

/** The name of the ceiling that a limit of all together is, in the period of an instant. */
export function placeOf(rule: string, limit: LimitReady, at: Millis): string {
  return `${nameOf(rule, limit)}${limit.periodOf(at)}`;
}

function nameOf(rule: string, { counts, per }: Pick<LimitReady, 'counts' | 'per'>): string {
  return `${rule}/${counts}/${per}/`;
}

/** Every such name of a limit begins so. */
export function anyPlaceOf(rule: string, limit: Limit): string {
  return nameOf(rule, { counts: countsOf(limit), per: limit.per });
}

/** Of a rule, the limits that all members share. */
export function sharedLimits({ limits }: Limited): Limit[] {
  return (limits ?? []).filter((limit) => ofWhom(limit) === 'all');
}

/** The limit that a ceiling's name is of, of two of one kind and period the smaller; undefined = it is of none of these rules. */
export function limitNamed(rules: readonly Limited[], name: string): Limit | undefined {
  const all = rules.flatMap((rule) =>
    sharedLimits(rule).filter((limit) => name.startsWith(anyPlaceOf(rule.id, limit))),
  );
  return all.reduce<Limit | undefined>(
    (least, one) => (least && mostOf(least) <= mostOf(one) ? least : one),
    undefined,
  );
}

/** What a member's other orders leave of a limit of a rule: points, or how many orders more. */
export type Room = (rule: string, limit: LimitReady) => bigint;

/** Nothing was taken of any limit. */
export const WHOLE_ROOM: Room = (_rule, { most }) => most;
