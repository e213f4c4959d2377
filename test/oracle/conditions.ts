import { dayPlusDays, instantOf, isLeapYear, localTimeOf } from './calendar.js';
import { recursOn } from './recurring.js';
import type { Range } from './beyond.js';
import type { Where, When } from './format.js';
import type { Fraction } from './fraction.js';
import { atLeast, ONE, times, whole } from './fraction.js';
import type { Line, Order } from './order.js';

/** Of a line, beside itself: whole items left, and program minor units per minor unit of the order. */
export interface LineNow {
  items: number;
  scale: Fraction;
}

/** FORMAT 5, `where`: any of each list that is given, and all that are given. */
export function matches(where: Where | undefined, line: Line, now: LineNow): boolean {
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
    noneOf(where.notTags, line.tags) &&
    anyOf(where.variants, line.variant) &&
    anyOf(where.skus, line.sku) &&
    noneOf(where.notVariants, line.variant) &&
    noneOf(where.notSkus, line.sku) &&
    (where.onSale === undefined || where.onSale === line.onSale) &&
    isPriced(where.price, line, now) &&
    (where.quantity?.min === undefined || now.items >= where.quantity.min) &&
    (where.quantity?.max === undefined || line.quantity <= where.quantity.max)
  );
}

/** An item's price as it was bought: after discounts, with tax. */
function isPriced(price: Range | undefined, line: Line, { scale }: LineNow): boolean {
  if (!price) return true;
  const paid = times(whole(line.net + line.tax), scale);
  const all = (each: number): Fraction => whole(each * line.quantity);
  return (
    (price.min === undefined || atLeast(paid, all(price.min))) &&
    (price.max === undefined || atLeast(all(price.max), paid))
  );
}

/** What had happened to a member strictly before an order's moment. */
export interface Before {
  /** Of everybody who was that person, the first joining. */
  joined: number | null;
  /** The birthday told last, "MM-DD". */
  birthday: string | null;
  /** The moment of the order before this one. */
  lastOrder: number | null;
  /** In how many orders since then something was bought and kept that matches. */
  bought(where: Where | undefined, since: number): number;
  referred(): boolean;
  /** What they could use of a unit. */
  had(unit: string): number;
  /** What opens under an access, and when for them. */
  early(access: string): { from: number; opens: number; where: Where | undefined }[];
  /** Whether they had chosen this local day under a rule of days of one's own. */
  hasChosen(rule: string, day: string): boolean;
}

/** What the conditions on an order are asked of: its pinned circumstances. */
export interface Circumstances {
  moment: number;
  zone: string;
  order: Order;
  tier: string | null;
  membership: boolean;
  nth: number;
  before: Before;
}

/** What is there of the order now, and what was bought: in program minor units, or whole items of goods. */
export interface Worth {
  base: Fraction;
  cart: { left: Fraction; bought: Fraction };
  total: { left: Fraction; bought: Fraction };
  items: { left: Fraction; bought: Fraction };
  /** The goods that are left. */
  goods: { line: Line; now: LineNow }[];
}

/** FORMAT 5, `when`: the first condition that fails, in the order that the format names; null = all hold. */
export function firstFailed(when: When | undefined, asked: Circumstances, worth: Worth): string | null {
  if (!when) return null;
  return ofTime(when, asked) ?? ofOrder(when, asked.order) ?? ofMember(when, asked, worth) ?? ofWorth(when, worth);
}

function ofTime(when: When, { moment, zone: own }: Circumstances): string | null {
  const zone = when.zone ?? own;
  const local = localTimeOf(moment, zone);
  const within = ({ from, to }: { from: string; to: string }) => from <= local.date && local.date <= to;
  if (when.from && moment < instantOf(when.from, zone)) return 'window';
  if (when.to && moment >= instantOf(when.to, zone)) return 'window';
  if (when.dates && !within(when.dates)) return 'dates';
  if (when.season && !inSeason(when.season, local.monthDay)) return 'season';
  if (when.weekdays && !when.weekdays.includes(local.weekday)) return 'weekdays';
  if (when.recurs && !recursOn(when.recurs, local.date)) return 'recurs';
  if (when.hours && !inHours(when.hours, local.clock)) return 'hours';
  if (when.except?.some((out) => within(typeof out === 'string' ? { from: out, to: out } : out))) return 'except';
  return null;
}

function ofOrder(when: When, order: Order): string | null {
  const { country, language } = order;
  const upper = (names: string[]) => names.map((name) => name.toUpperCase());
  const any = (wanted: string[], has: string[]) => wanted.some((name) => has.includes(name));
  if (when.currencies && !when.currencies.includes(order.money.code)) return 'currencies';
  if (when.channels && !when.channels.includes(order.channel)) return 'channels';
  if (when.stores && !when.stores.includes(order.store)) return 'stores';
  if (when.countries && (country === null || !upper(when.countries).includes(country))) return 'countries';
  if (when.languages && (language === null || !when.languages.some((one) => speaks(one, language)))) return 'languages';
  if (when.payments && !any(when.payments, order.payments)) return 'payments';
  if (when.giftCard !== undefined && when.giftCard !== order.giftCardPaid > 0) return 'giftCard';
  if (when.coupon !== undefined && when.coupon !== order.coupons.length > 0) return 'coupon';
  if (when.coupons && !any(upper(when.coupons), order.coupons)) return 'coupons';
  if (when.subscription !== undefined && when.subscription !== order.subscription) return 'subscription';
  return null;
}

/** "nl" stands for "nl-BE" as well. */
const speaks = (asked: string, spoken: string): boolean => {
  const [one, other] = [asked, spoken].map((tag) => tag.toLowerCase().replace('_', '-')) as [string, string];
  return one === other || other.startsWith(`${one}-`);
};

function ofMember(when: When, asked: Circumstances, { goods }: Worth): string | null {
  const { moment, zone: own, order, tier, membership, nth, before } = asked;
  const zone = when.zone ?? own;
  const today = localTimeOf(moment, zone).date;
  const daysSince = (at: number): number => Math.max(0, daysBetween(localTimeOf(at, zone).date, today));
  const { joined, lastOrder } = before;
  if (when.tiers && !(tier !== null && when.tiers.includes(tier))) return 'tiers';
  if (when.membership !== undefined && when.membership !== membership) return 'membership';
  if (when.nth && !isNth(when.nth, nth)) return 'nth';
  if (when.roles && !when.roles.some((role) => order.roles.includes(role))) return 'roles';
  if (when.customerTags && !when.customerTags.some((tag) => order.customerTags.includes(tag))) return 'customerTags';
  if (when.memberDays && !(joined !== null && isIn(daysSince(joined), when.memberDays))) return 'memberDays';
  if (when.birthday && !isBirthday(when.birthday, before.birthday, today)) return 'birthday';
  if (when.ownDay !== undefined && !before.hasChosen(when.ownDay, today)) return 'ownDay';
  if (when.early !== undefined && !isEarly(before.early(when.early), moment, goods)) return 'early';
  if (when.daysSinceOrder && !(lastOrder !== null && isIn(daysSince(lastOrder), when.daysSinceOrder)))
    return 'daysSinceOrder';
  if (when.bought) {
    const { where, days, ...asked } = when.bought;
    const since = days === undefined ? -Infinity : instantOf(dayPlusDays(today, -days), zone);
    const range = asked.min === undefined && asked.max === undefined ? { min: 1 } : asked;
    if (!isIn(before.bought(where, since), range)) return 'bought';
  }
  if (when.referred !== undefined && when.referred !== before.referred()) return 'referred';
  if (when.balance && !isIn(before.had(when.balance.unit ?? 'points'), when.balance)) return 'balance';
  return null;
}

/** A minimum is asked of what remains, a maximum of what was bought. */
function ofWorth(when: When, worth: Worth): string | null {
  if (when.minOrder !== undefined && !atLeast(worth.base, whole(when.minOrder))) return 'minOrder';
  for (const word of ['cart', 'total', 'items'] as const) {
    const { min, max } = when[word] ?? {};
    if (min !== undefined && !atLeast(worth[word].left, whole(min))) return word;
    if (max !== undefined && !atLeast(whole(max), worth[word].bought)) return word;
  }
  return null;
}

const isIn = (n: number, { min, max }: Range): boolean =>
  (min === undefined || n >= min) && (max === undefined || n <= max);

/** Something that is bought and kept opens for everybody only later (docs/decisions/0015). */
const isEarly = (openings: ReturnType<Before['early']>, moment: number, goods: Worth['goods']): boolean =>
  openings.some(
    ({ from, opens, where }) =>
      from <= moment && moment < opens && goods.some(({ line, now }) => matches(where, line, now)),
  );

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000;

/** On the day, in the seven days from it on, in its month; 29 February is the 28th in other years. */
function isBirthday(wanted: 'day' | 'week' | 'month', monthDay: string | null, today: string): boolean {
  if (monthDay === null) return false;
  const year = Number(today.slice(0, 4));
  if (wanted === 'month') return today.slice(5, 7) === monthDay.slice(0, 2);
  const ofYear = (of: number) => `${of}-${monthDay === '02-29' && !isLeapYear(of) ? '02-28' : monthDay}`;
  return [year - 1, year].some((of) => {
    const since = daysBetween(ofYear(of), today);
    return since >= 0 && since < (wanted === 'day' ? 1 : 7);
  });
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

/** A line of a cart or an order as it was bought. */
export const asBought = (line: Line): LineNow => ({ items: line.quantity, scale: ONE });
