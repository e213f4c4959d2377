import { instantOf, localTimeOf } from './calendar.js';
import type { Where, When } from './format.js';
import type { Fraction } from './fraction.js';
import { atLeast, whole } from './fraction.js';
import type { Line } from './order.js';

/** FORMAT 5, `where`: any of each list that is given, and all that are given. */
export function matches(where: Where | undefined, line: Line): boolean {
  if (!where) return true;
  const anyOf = (wanted: string[] | undefined, has: string[]) => !wanted || has.some((name) => wanted.includes(name));
  const noneOf = (unwanted: string[] | undefined, has: string[]) =>
    !has.some((name) => (unwanted ?? []).includes(name));
  const product = line.product === null ? [] : [line.product];
  return (
    anyOf(where.products, product) &&
    anyOf(where.categories, line.categories) &&
    anyOf(where.tags, line.tags) &&
    noneOf(where.notProducts, product) &&
    noneOf(where.notCategories, line.categories) &&
    noneOf(where.notTags, line.tags)
  );
}

/** What the conditions on an order are asked of: its pinned circumstances. */
export interface Circumstances {
  moment: number;
  zone: string;
  currency: string;
  channel: string;
  store: string;
  tier: string | null;
  membership: boolean;
  nth: number;
}

/** FORMAT 5, `when`: the first condition that fails, in the order that the format names; null = all hold. */
export function firstFailed(when: When | undefined, order: Circumstances, base: Fraction): string | null {
  if (!when) return null;
  const zone = when.zone ?? order.zone;
  const local = localTimeOf(order.moment, zone);
  if (when.from && order.moment < instantOf(when.from, zone)) return 'window';
  if (when.to && order.moment >= instantOf(when.to, zone)) return 'window';
  if (when.dates && !(when.dates.from <= local.date && local.date <= when.dates.to)) return 'dates';
  if (when.season && !inSeason(when.season, local.monthDay)) return 'season';
  if (when.weekdays && !when.weekdays.includes(local.weekday)) return 'weekdays';
  if (when.hours && !inHours(when.hours, local.clock)) return 'hours';
  if (when.currencies && !when.currencies.includes(order.currency)) return 'currencies';
  if (when.channels && !when.channels.includes(order.channel)) return 'channels';
  if (when.stores && !when.stores.includes(order.store)) return 'stores';
  if (when.tiers && !(order.tier !== null && when.tiers.includes(order.tier))) return 'tiers';
  if (when.membership !== undefined && when.membership !== order.membership) return 'membership';
  if (when.nth && !isNth(when.nth, order.nth)) return 'nth';
  if (when.minOrder !== undefined && !atLeast(base, whole(when.minOrder))) return 'minOrder';
  return null;
}

const inSeason = ({ from, to }: { from: string; to: string }, day: string): boolean =>
  from <= to ? from <= day && day <= to : from <= day || day <= to;

/** Half-open (FORMAT 2.4); may wrap over midnight. */
function inHours(hours: { from: string; to: string }, clock: string): boolean {
  const [from, to] = [`${hours.from}:00`.slice(0, 8), `${hours.to}:00`.slice(0, 8)];
  return from <= to ? from <= clock && clock < to : from <= clock || clock < to;
}

const isNth = (wanted: { is?: number; every?: number; upTo?: number }, nth: number): boolean =>
  (wanted.is === undefined || nth === wanted.is) &&
  (wanted.every === undefined || nth % wanted.every === 0) &&
  (wanted.upTo === undefined || nth <= wanted.upTo);
