import type { OrderLine } from '../../commerce/order.js';
import type { Millis } from '../../lib/clock.js';
import { Calendar } from '../calendar.js';
import { type Cart, orderOfCart } from '../cart.js';
import { NO_PAST, type Pins, prepareWhen } from '../conditions/index.js';
import { compile } from '../compile.js';
import { compare, floor, fraction } from '../fraction.js';
import type { KnownOrder } from '../known.js';
import type { ProgramRules, When, Where } from '../program-rules.js';
import { scaleOf } from '../remains.js';
import { momentFor } from './moment-for.js';

/** What rules ask of an order; all of them are to hold. */
export interface Asking {
  where?: Where | undefined;
  when?: When | undefined;
}

/** An order made up to show something: what it is, and what its member is to the shop at its moment. */
export interface ExampleOrder {
  order: KnownOrder;
  pins: Pins;
}

interface Range {
  min?: number | undefined;
  max?: number | undefined;
}
type Word<Key extends keyof When> = NonNullable<When[Key]>[];

/** In whole units of the program's money, where nothing asks for another amount. */
const USUAL = 100;

/**
 * An order from `since` on that meets all that is asked, in a program's own money where it may; null = none was found. It has
 * one line, so that what is asked of lines is asked of the same one.
 */
export function exampleOrder(rules: ProgramRules, asked: readonly Asking[], since: Millis): ExampleOrder | null {
  const whens = asked.flatMap(({ when }) => when ?? []);
  const wheres = asked.flatMap(({ where }) => where ?? []);
  const { startsAt, earnsUntil } = compile(rules);
  const found = momentFor(whens, rules.zone, Math.max(since, startsAt));
  const moment = found !== null && found < earnsUntil ? found : null;
  const line = moment === null ? null : lineFor(rules, wheres, whens);
  const member = moment === null ? null : memberFor(rules, whens, moment);
  const cart = line && cartFor(rules, whens, line);
  if (moment === null || !cart || !member) return null;
  const order = orderOfCart(cart, moment, 'example/member');
  return { order: every(whens, 'subscription')[0] ? { ...order, subscription: true } : order, pins: member };
}

function every<Key extends keyof When>(whens: readonly When[], key: Key): Word<Key> {
  return whens.flatMap((when) => {
    const wanted = when[key];
    return wanted === undefined ? [] : [wanted as NonNullable<When[Key]>];
  });
}

type Names = readonly string[];

/** A name that all the lists have, and none of `not`; undefined = no list asks, null = they have none in common. */
function common(lists: readonly Names[], not: Names = []): string | null | undefined {
  const [first, ...others] = lists;
  if (!first) return undefined;
  return first.find((name) => !not.includes(name) && others.every((list) => list.includes(name))) ?? null;
}

/** Of each list one name, for what an order may have several of. */
function oneOfEach(lists: readonly Names[], not: Names = []): string[] {
  return [...new Set(lists.flatMap((list) => list.filter((name) => !not.includes(name)).slice(0, 1)))];
}

function narrowed(ranges: readonly (Range | number | undefined)[], from = 0): { min: number; max: number } {
  const all = ranges.map((range) => (typeof range === 'number' ? { min: range } : (range ?? {})));
  return {
    min: Math.max(from, ...all.map(({ min }) => min ?? from)),
    max: Math.min(Infinity, ...all.map(({ max }) => max ?? Infinity)),
  };
}

/** A line that all scopes match; what has the named labels may have others as well. */
function lineFor(rules: ProgramRules, wheres: readonly Where[], whens: readonly When[]): OrderLine | null {
  const lists = (key: keyof Where): Names[] =>
    wheres.flatMap((where) => (Array.isArray(where[key]) ? [where[key]] : []));
  const product = common(lists('products'), lists('notProducts').flat());
  const variant = common(lists('variants'), lists('notVariants').flat());
  const sku = common(lists('skus'), lists('notSkus').flat());
  if (product === null || variant === null || sku === null) return null;
  const items = narrowed([...wheres.map(({ quantity }) => quantity), ...every(whens, 'items')], 1);
  const price = narrowed(wheres.map((where) => where.price));
  const total = narrowed([...every(whens, 'cart'), ...every(whens, 'total'), ...every(whens, 'minOrder')]);
  const usual = Math.min(Math.max(USUAL * 10 ** rules.money.exponent, total.min), total.max);
  const quantity = Math.min(items.max, Math.max(items.min, Math.ceil(usual / price.max)));
  const each = Math.max(price.min, Math.min(price.max, Math.ceil(usual / quantity)));
  return {
    id: '1',
    kind: 'product',
    product: product ?? 'example',
    ...(variant === undefined ? {} : { variant }),
    ...(sku === undefined ? {} : { sku }),
    ...(wheres.some(({ onSale }) => onSale) ? { onSale: true } : {}),
    categories: oneOfEach(lists('categories'), lists('notCategories').flat()),
    tags: oneOfEach(lists('tags'), lists('notTags').flat()),
    quantity,
    ...{ net: Math.min(each * quantity, total.max), tax: 0, discount: 0 },
  };
}

/** The order around the line: where it was bought, in which money, and all that it says of itself. */
function cartFor(rules: ProgramRules, whens: readonly When[], line: OrderLine): Cart | null {
  const currencies = common(every(whens, 'currencies'));
  const channels = common(every(whens, 'channels'));
  const stores = common(every(whens, 'stores'));
  const countries = common(every(whens, 'countries').map((codes) => codes.map((code) => code.toUpperCase())));
  const languages = common(every(whens, 'languages').map((tags) => tags.map((tag) => tag.toLowerCase())));
  if ([currencies, channels, stores, countries, languages].includes(null)) return null;
  const money = { code: currencies ?? rules.money.code, exponent: rules.money.exponent };
  const scale = scaleOf(rules, money);
  if (scale === null || scale.n === 0n) return null;
  const inMoney = Number(floor({ n: BigInt(line.net) * scale.d + scale.n - 1n, d: scale.n }));
  const coupons = [
    ...oneOfEach(every(whens, 'coupons')),
    ...(every(whens, 'coupon').includes(true) && every(whens, 'coupons').length === 0 ? ['EXAMPLE'] : []),
  ];
  return {
    store: stores ?? 'example',
    channel: channels ?? 'web',
    money,
    lines: [{ ...line, net: compare(scale, fraction(1)) === 0 ? line.net : inMoney }],
    shipping: { net: 0, tax: 0 },
    coupons,
    payments: oneOfEach(every(whens, 'payments')),
    ...(every(whens, 'giftCard').includes(true) && { giftCardPaid: 1 }),
    roles: oneOfEach(every(whens, 'roles')),
    customerTags: oneOfEach(every(whens, 'customerTags')),
    ...(countries ? { country: countries } : {}),
    ...(languages ? { language: languages } : {}),
  };
}

const DAY = 86_400_000;
/** How far the orders of a member are counted for a condition on every nth. */
const MANY_ORDERS = 1000;

/** What the member is to the shop; null = no one member is all of it. */
function memberFor(rules: ProgramRules, whens: readonly When[], moment: Millis): Pins | null {
  const tier = common(every(whens, 'tiers'));
  if (tier === null) return null;
  const days = narrowed(every(whens, 'memberDays')).min;
  const since = narrowed(every(whens, 'daysSinceOrder')).min;
  const before = narrowed(
    every(whens, 'bought').map(({ min, max }) => ({ min: min ?? (max === undefined ? 1 : 0), max })),
  ).min;
  return {
    moment,
    tier: tier ?? rules.tiers?.levels[0]?.id ?? null,
    membership: every(whens, 'membership')[0] ?? false,
    nth: nthFor(whens, moment, rules.zone),
    joined: moment - days * DAY,
    past: {
      ...NO_PAST,
      lastOrder: () => (every(whens, 'daysSinceOrder').length === 0 ? null : moment - since * DAY),
      bought: () => before,
      referred: () => every(whens, 'referred')[0] ?? false,
      balance: (unit) => balanceFor(whens, unit),
      early: (access) => {
        const always = { id: access, access, from: -Infinity, opens: Infinity, passes: null };
        return every(whens, 'early').includes(access) ? [always] : [];
      },
      ownDay: (rule) => every(whens, 'ownDay').includes(rule),
      birthday: () => (every(whens, 'birthday').length === 0 ? null : monthDayOf(moment, rules.zone)),
    },
  };
}

/** The least of a unit with which all that is asked of it holds. */
function balanceFor(whens: readonly When[], unit: string): bigint {
  return BigInt(narrowed(every(whens, 'balance').filter((asked) => asked.unit === unit)).min);
}

/** The local day of an instant in every year: the birthday of whoever has it then. */
function monthDayOf(moment: Millis, zone: string): string {
  const { month, day } = Calendar.of(zone).wallClock(moment);
  return [month, day].map((n) => String(n).padStart(2, '0')).join('-');
}

function nthFor(whens: readonly When[], moment: Millis, zone: string): number {
  const asked = whens.flatMap(({ nth }) => (nth ? [prepareWhen({ nth }, zone)] : []));
  if (asked.length === 0) return 1;
  for (let nth = 1; nth <= MANY_ORDERS; nth++) {
    if (asked.every((check) => check?.({ pins: { moment, nth } } as Parameters<NonNullable<typeof check>>[0]) === null))
      return nth;
  }
  return 1;
}
