import type { Millis } from '../lib/clock.js';
import type { OrderLine } from '../commerce/order.js';
import { Calendar, parseDate, parseTime } from './calendar.js';
import type { WallClock } from './calendar.js';
import type { KnownOrder } from './known.js';
import type { When, Where } from './program-rules.js';

/** What of a member's past is pinned to an order at its moment (FORMAT 5.2, 5.3). */
export interface Pins {
  moment: Millis;
  /** The level held just before the moment; null when the program has no tiers. */
  tier: string | null;
  membership: boolean;
  /** 1 = the first order that counted. */
  nth: number;
}

/** Null = every condition holds; otherwise the first that fails, by its name. */
export type Check = (order: KnownOrder, pins: Pins) => string | null;
export type LineTest = (line: OrderLine) => boolean;

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Whether a line matches: any of each list that is given, none of the `not` lists. */
export function prepareWhere(where: Where | undefined): LineTest | null {
  if (!where) return null;
  const { products, categories, tags, notProducts, notCategories, notTags } = where;
  return (line) =>
    (!products || (line.product !== null && products.includes(line.product))) &&
    (!categories || line.categories.some((name) => categories.includes(name))) &&
    (!tags || line.tags.some((name) => tags.includes(name))) &&
    (!notProducts || line.product === null || !notProducts.includes(line.product)) &&
    (!notCategories || !line.categories.some((name) => notCategories.includes(name))) &&
    (!notTags || !line.tags.some((name) => notTags.includes(name)));
}

/** The conditions that are pinned to the order's moment, in the order in which they are asked. */
export function prepareWhen(when: When | undefined, zone: string): Check | null {
  if (!when) return null;
  const calendar = Calendar.of(when.zone ?? zone);
  const checks = [...timeChecks(when, calendar), ...orderChecks(when), ...memberChecks(when)];
  if (checks.length === 0) return null;
  return (order, pins) => {
    const clock = calendar.wallClock(pins.moment);
    for (const [name, holds] of checks) if (!holds(order, pins, clock)) return name;
    return null;
  };
}

type Named = [name: string, holds: (order: KnownOrder, pins: Pins, clock: WallClock) => boolean];

/** A wrapping range: from <= x < to, or past either end when it wraps over midnight. */
function within(x: number, from: number, to: number): boolean {
  return from < to ? x >= from && x < to : x >= from || x < to;
}

function timeChecks(when: When, calendar: Calendar): Named[] {
  const checks: Named[] = [];
  if (when.from !== undefined || when.to !== undefined) {
    const from = when.from === undefined ? -Infinity : calendar.instantOf(when.from);
    const to = when.to === undefined ? Infinity : calendar.instantOf(when.to);
    checks.push(['window', (_, pins) => pins.moment >= from && pins.moment < to]);
  }
  if (when.dates) {
    const from = calendar.startOf(parseDate(when.dates.from));
    const to = calendar.startOf(parseDate(when.dates.to) + 1);
    checks.push(['dates', (_, pins) => pins.moment >= from && pins.moment < to]);
  }
  if (when.season) {
    const from = dayOfYear(when.season.from);
    const to = dayOfYear(when.season.to);
    checks.push([
      'season',
      (_o, _p, clock) => {
        const day = clock.month * 100 + clock.day;
        return from <= to ? day >= from && day <= to : day >= from || day <= to;
      },
    ]);
  }
  if (when.weekdays) {
    const days = new Set(when.weekdays.map((day) => WEEKDAYS.indexOf(day)));
    checks.push(['weekdays', (_o, _p, clock) => days.has(clock.weekday)]);
  }
  if (when.hours) {
    const from = parseTime(when.hours.from);
    const to = parseTime(when.hours.to);
    checks.push(['hours', (_o, _p, clock) => within(clock.time, from, to)]);
  }
  return checks;
}

/** "12-20" -> 1220: enough to compare days of a year. */
function dayOfYear(text: string): number {
  return Number(text.slice(0, 2)) * 100 + Number(text.slice(3, 5));
}

function orderChecks(when: When): Named[] {
  const checks: Named[] = [];
  const { currencies, channels, stores } = when;
  if (currencies) checks.push(['currencies', (order) => currencies.includes(order.money.code)]);
  if (channels) checks.push(['channels', (order) => channels.includes(order.channel)]);
  if (stores) checks.push(['stores', (order) => stores.includes(order.store)]);
  return checks;
}

function memberChecks(when: When): Named[] {
  const checks: Named[] = [];
  const { tiers, membership, nth } = when;
  if (tiers) checks.push(['tiers', (_, pins) => pins.tier !== null && tiers.includes(pins.tier)]);
  if (membership !== undefined) checks.push(['membership', (_, pins) => pins.membership === membership]);
  if (nth) {
    checks.push([
      'nth',
      (_, pins) =>
        (nth.is === undefined || pins.nth === nth.is) &&
        (nth.every === undefined || pins.nth % nth.every === 0) &&
        (nth.upTo === undefined || pins.nth <= nth.upTo),
    ]);
  }
  return checks;
}
