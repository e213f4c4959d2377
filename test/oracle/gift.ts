import { dayPlusDays, dayPlusMonths, endOfDay, lastDayOf, localTimeOf } from './calendar.js';
import type { Expiry } from './format.js';
import type { Rules } from './versions.js';
import { unitOf } from './versions.js';

/** Something that gives one lot of one unit (FORMAT 7.1): how many points, as of each instant, and how the lot is dated. */
export interface Gift {
  of: string;
  unit: string;
  /** As they joined; who they are after merges is asked where it matters. */
  member: string;
  /** When it counted: from then its pending time and its expiry run. */
  counted: number;
  /** Of an order: the instant at which it is asked who and what its member was; absent = when it counted. */
  moment?: number;
  /** Terms of the gift's own; absent = those of its unit. */
  expiry?: Expiry | undefined;
  /** When it ends, whatever its terms say. */
  lasts?: number;
  /** Dated anew whenever it rises from nothing (FORMAT 8.5); others keep their first dating. */
  anew?: boolean;
  /** The instants at which the amount may change. */
  changes: number[];
  amountAt(t: number): number;
  /** How the lot is dated when it rises from nothing at t. */
  datedAt(t: number): Dating;
}

export interface Dating {
  /** How old the lot is among others (FORMAT 7.3): from when it counts for the member. */
  counted: number;
  usable: number;
  rules: Rules;
  /** The level that the member held when they ordered. */
  tier?: string | null;
}

/** By which terms a lot ends: the gift's own, those of the level held when it was earned, or the unit's (docs/decisions/0015). */
export function termsOf(gift: Gift, { rules, tier }: Dating): Expiry {
  const unit = unitOf(rules, gift.unit);
  const ofLevel = typeof tier === 'string' ? unit.expiryByTier?.[tier] : undefined;
  return gift.expiry ?? ofLevel ?? unit.expiry;
}

/** FORMAT 7.2: the instant at which a lot ends by its own rules that is usable from `usable`; never = Infinity. */
export function endOfLot(rules: Rules, expiry: Expiry, usable: number, lastActivity: number): number {
  const from = isMoved(expiry) ? Math.max(usable, lastActivity) : usable;
  const last = lastDay(expiry, localTimeOf(from, rules.zone).date);
  return last === null ? Infinity : endOfDay(last, rules.zone);
}

/** Whether an activity moves the end: by inactivity, or a period's end that is counted anew (docs/decisions/0015). */
export const isMoved = (expiry: Expiry): boolean =>
  expiry.kind === 'inactivity' || (expiry.kind === 'period-end' && expiry.slides === true);

function lastDay(expiry: Expiry, usableDay: string): string | null {
  switch (expiry.kind) {
    case 'none':
      return null;
    case 'days':
    case 'inactivity':
      return dayPlusDays(usableDay, expiry.days);
    case 'months':
      return dayPlusMonths(usableDay, expiry.months);
    case 'date':
      return expiry.date;
    case 'period-end':
      return lastDayOf(expiry.period, dayPlusMonths(usableDay, expiry.months));
    case 'yearly': {
      const soonest = dayPlusDays(usableDay, expiry.atLeastDays ?? 0);
      const year = Number(soonest.slice(0, 4));
      const thisYear = `${year}-${expiry.monthDay}`;
      return thisYear >= soonest ? thisYear : `${year + 1}-${expiry.monthDay}`;
    }
  }
}
