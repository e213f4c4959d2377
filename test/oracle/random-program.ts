import { beyond, CUSTOMER_TAGS, ROLES, unitsBeyond } from './random-words.js';
import type { Dice } from './dice.js';
import type {
  Base,
  EarningRule,
  Expiry,
  Program,
  Promotion,
  Reward,
  StampCard,
  Tiers,
  Unit,
  When,
  Where,
} from './format.js';

export const PRODUCTS = ['beans', 'mug', 'club'];
export const CATEGORIES = ['coffee', 'tea'];
export const TAGS = ['sale', 'new'];
/** Of the world's oddities: half an hour, midnights that do not exist, summer time that pauses, a quarter of an hour. */
const ZONES = [
  ...['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo', 'America/Santiago'],
  ...['Africa/Cairo', 'Africa/Casablanca', 'Pacific/Chatham', 'Europe/Warsaw', 'Asia/Beirut'],
];
const MONEYS = [
  { code: 'EUR', exponent: 2 },
  { code: 'EUR', exponent: 2 },
  { code: 'EUR', exponent: 2 },
  { code: 'JPY', exponent: 0 },
  { code: 'KWD', exponent: 3 },
  { code: 'CLF', exponent: 4 },
];

const maybe = <K extends string, V>(roll: Dice, probability: number, key: K, value: () => V): Partial<Record<K, V>> =>
  roll.chance(probability) ? ({ [key]: value() } as Partial<Record<K, V>>) : {};

/** A program of any shape that the format knows; the rules that are told apart by id keep their ids over versions. */
export function randomProgram(roll: Dice, how = false): Program {
  const units: Record<string, Unit> = { points: randomUnit(roll) };
  if (roll.chance(0.3)) units['cashback'] = randomUnit(roll);
  const names = Object.keys(units);
  const program: Program = {
    zone: roll.pick(ZONES),
    money: roll.pick(MONEYS),
    ...maybe(roll, 0.5, 'currencies', () => ({ JPY: '1/160' })),
    units: how ? unitsBeyond(roll, units) : units,
    moment: roll.chance(0.8) ? 'placed' : 'paid',
    counts: roll.pick([
      'paid',
      'paid',
      'fulfilled',
      { after: 'paid', days: 3 },
      { after: 'fulfilled', days: 14 },
    ] as const),
    pendingDays: roll.pick([0, 0, 0, 7, 30]),
    base: randomBase(roll),
    ...randomRules(roll, names),
    stacking: {
      promotions: roll.pick(['best', 'sum', 'multiply'] as const),
      tier: roll.pick(['best', 'sum', 'multiply'] as const),
      ...(how ? maybe(roll, 0.3, 'most', () => roll.pick(['2', '5/2'])) : {}),
    },
    rewards: randomRewards(roll, names),
    earlierOrders: roll.pick(['none', 'none', 'count'] as const),
    ...maybe(roll, 0.1, 'starts', () => '2026-02-01'),
    ...maybe(roll, 0.1, 'ends', () => ({ earn: '2026-07-31', redeem: '2026-09-30' })),
    ...(roll.chance(0.3) ? { membership: { product: 'club', months: roll.pick([1, 12]) } } : {}),
  };
  return how ? { ...program, ...beyond(roll, program, names) } : program;
}

/** The part of a program that owners change most: the keys of a publication. */
export const randomRules = (roll: Dice, units: string[]): Partial<Program> => ({
  earning: randomEarning(roll, units),
  promotions: randomPromotions(roll, units),
  ...maybe(roll, 0.4, 'tiers', () => randomTiers(roll, units)),
  ...maybe(roll, 0.25, 'stamps', () => roll.some(['card', 'other'], 0.7).map((id) => randomCard(roll, units, id))),
  ...maybe(roll, 0.4, 'joining', () => ({ gives: roll.int(5, 50), unit: roll.pick(units) })),
  ...maybe(roll, 0.25, 'birthday', () => ({
    gives: roll.int(5, 30),
    knownDays: roll.pick([0, 7]),
    unit: roll.pick(units),
  })),
  ...maybe(roll, 0.7, 'reviews', () => ({ gives: roll.int(1, 20), photo: roll.int(0, 10), unit: roll.pick(units) })),
  ...maybe(roll, 0.7, 'referral', () => ({
    advocate: roll.int(10, 60),
    friend: roll.int(0, 25),
    minOrder: roll.pick([0, 2000]),
    returnDays: roll.pick([0, 14]),
    unit: roll.pick(units),
  })),
});

/** What is published less often: terms of the program as a whole. */
export const randomTerms = (roll: Dice): Partial<Program> => ({
  ...maybe(roll, 0.1, 'ends', () =>
    roll.pick([
      { earn: '2026-05-31', redeem: '2026-06-30' },
      { earn: '2026-12-31', redeem: '2027-03-31' },
    ]),
  ),
  ...maybe(roll, 0.1, 'base', () => randomBase(roll)),
  ...maybe(roll, 0.1, 'currencies', () => ({ JPY: roll.pick(['1/160', '1/150']) })),
  ...maybe(roll, 0.1, 'stamps', () => []),
  ...maybe(roll, 0.1, 'moment', () => roll.pick(['placed', 'paid'] as const)),
  ...maybe(roll, 0.1, 'pendingDays', () => roll.pick([0, 14])),
  ...maybe(roll, 0.1, 'counts', () => roll.pick(['paid', 'fulfilled', { after: 'paid', days: 5 }] as const)),
  ...maybe(roll, 0.1, 'membership', () => ({ product: roll.pick(PRODUCTS), months: 2 })),
  ...maybe(roll, 0.1, 'earlierOrders', () => roll.pick(['none', 'count'] as const)),
  ...maybe(roll, 0.1, 'excludes', () =>
    roll.pick([
      { companies: true as const },
      { roles: [roll.pick(ROLES)] },
      { customerTags: [roll.pick(CUSTOMER_TAGS)] },
    ]),
  ),
});

export const randomUnit = (roll: Dice): Unit => ({
  rounding: roll.pick(['floor', 'nearest', 'ceil'] as const),
  value: roll.pick(['1', '10', '1/2']),
  expiry: roll.pick<Expiry>([
    { kind: 'none' },
    { kind: 'days', days: roll.pick([10, 30, 90]) },
    { kind: 'months', months: roll.pick([1, 3]) },
    { kind: 'date', date: '2026-05-31' },
    { kind: 'yearly', monthDay: roll.pick(['06-30', '12-31']), atLeastDays: roll.pick([0, 30]) },
    { kind: 'period-end', months: roll.pick([0, 1, 3]), period: roll.pick(['month', 'quarter', 'year'] as const) },
    { kind: 'inactivity', days: roll.pick([20, 60]) },
  ]),
  clawback: roll.pick(['debt', 'debt', 'zero'] as const),
  returnGraceDays: roll.pick([0, 5, 30]),
});

const randomBase = (roll: Dice): Base => ({
  tax: roll.chance(0.3),
  shipping: roll.chance(0.2),
  discounts: roll.pick(['after', 'after', 'before'] as const),
  giftCardPaid: roll.pick(['in', 'out'] as const),
});

const randomWhere = (roll: Dice): Where => ({
  ...maybe(roll, 0.3, 'products', () => [roll.pick(PRODUCTS)]),
  ...maybe(roll, 0.4, 'categories', () => [roll.pick(CATEGORIES)]),
  ...maybe(roll, 0.3, 'notTags', () => [roll.pick(TAGS)]),
  ...maybe(roll, 0.15, 'tags', () => [roll.pick(TAGS)]),
  ...maybe(roll, 0.1, 'notProducts', () => [roll.pick(PRODUCTS)]),
  ...maybe(roll, 0.1, 'notCategories', () => [roll.pick(CATEGORIES)]),
});
const where = (roll: Dice, probability: number): { where?: Where } => {
  const found = randomWhere(roll);
  return roll.chance(probability) && Object.keys(found).length > 0 ? { where: found } : {};
};

const randomWhen = (roll: Dice): When =>
  roll.pick<When>([
    { weekdays: ['sat', 'sun'] },
    { hours: { from: '08:00', to: '12:30' } },
    { hours: { from: '22:00', to: '06:00' } },
    { dates: { from: '2026-03-01', to: '2026-05-31' } },
    { season: { from: '12-20', to: '02-10' } },
    { from: '2026-03-29T02:30', to: '2026-06-01T00:00' },
    { channels: ['pos'] },
    { stores: ['second'] },
    { currencies: ['EUR'] },
    { nth: roll.pick([{ is: 1 }, { every: 2 }, { upTo: 2 }]) },
    { minOrder: roll.pick([1000, 5000]) },
    { tiers: ['gold'] },
    { membership: roll.chance(0.5) },
  ]);
/** Mostly one condition; several are asked in the format's order, sometimes on another zone's clock. */
const when = (roll: Dice, probability: number): { when?: When } => {
  if (!roll.chance(probability)) return {};
  const some = Array.from({ length: roll.pick([1, 1, 1, 2, 4]) }, () => randomWhen(roll));
  const zone = maybe(roll, 0.15, 'zone', () => roll.pick(ZONES));
  return { when: Object.assign({}, ...some, zone) as When };
};

function randomEarning(roll: Dice, units: string[]): EarningRule[] {
  const rules = Array.from({ length: roll.int(0, 2) }, (_, index): EarningRule => {
    const shared = { id: `rule-${index}`, unit: roll.pick(units), ...where(roll, 0.6), ...when(roll, 0.4) };
    const base = roll.chance(0.15) ? { base: { tax: roll.chance(0.5) } } : {};
    return roll.pick<EarningRule>([
      {
        ...shared,
        ...base,
        kind: 'rate',
        points: shared.where ? roll.pick(['0', '3', '1/3', 5]) : roll.pick(['2', '1/3']),
        per: roll.pick([100, 250]),
      },
      { ...shared, ...base, kind: 'step', gives: roll.int(1, 10), every: roll.pick([1000, 2000]) },
      { ...shared, kind: 'item', gives: roll.int(1, 5) },
      { ...shared, kind: 'fixed', gives: roll.int(1, 30) },
    ]);
  });
  const plain: EarningRule[] = roll
    .some(units, 0.8)
    .map((unit) => ({ id: `base-${unit}`, unit, kind: 'rate', points: '1', per: 100 }));
  return [...rules, ...plain];
}

function randomPromotions(roll: Dice, units: string[]): Promotion[] {
  return Array.from({ length: roll.pick([0, 0, 1, 1, 2, 3]) }, (_, index): Promotion => {
    const capped = roll.chance(0.25);
    return {
      id: `promo-${index}`,
      unit: roll.pick(units),
      ...roll.pick<Partial<Promotion>>([
        { factor: roll.pick(['2', '3/2', '3']) },
        { factor: '2' },
        { add: roll.int(1, 15) },
        { addItem: roll.int(1, 3) },
        { factor: '5/4', add: 3 },
      ]),
      ...maybe(roll, 0.15, 'exclusive', () => true),
      ...where(roll, 0.5),
      ...when(roll, 0.5),
      ...(capped ? { ceiling: roll.pick([{ points: 15 }, { money: 100 }]) } : {}),
    };
  });
}

const randomTiers = (roll: Dice, units: string[]): Tiers => {
  const basis = roll.pick(['spend', 'orders', 'points', 'visits'] as const);
  const step = { spend: 5000, orders: 2, points: 50, visits: 2 }[basis];
  return {
    basis,
    window: roll.pick<Tiers['window']>([
      { kind: 'lifetime' },
      { kind: 'calendar-year' },
      { kind: 'rolling', days: 30 },
    ]),
    levels: [
      { id: 'plain' },
      { id: 'silver', enter: step, keep: Math.ceil(step / 2), multiplier: '5/4' },
      { id: 'gold', enter: 2 * step, multiplier: '2' },
    ],
    ...maybe(roll, 0.15, 'base', () => ({ shipping: true, tax: true })),
    graceDays: roll.pick([0, 0, 7]),
    downgrade: roll.pick(['to-qualified', 'one-step'] as const),
    ...maybe(roll, 0.3, 'unit', () => roll.pick(units)),
    ...maybe(roll, 0.3, 'multiplies', () => roll.some(units, 0.6)),
  };
};

const randomCard = (roll: Dice, units: string[], id: string): StampCard => ({
  id,
  every: 1000,
  per: roll.pick(['visit', 'order', 'amount', 'item'] as const),
  ...where(roll, 0.3),
  ...maybe(roll, 0.15, 'base', () => ({ tax: true })),
  ...maybe(roll, 0.3, 'maxPerOrder', () => 2),
  ...maybe(roll, 0.2, 'min', () => 1500),
  needs: roll.int(2, 5),
  pays: { unit: roll.pick(units), gives: roll.int(1, 20) },
});

const randomRewards = (roll: Dice, units: string[]): Reward[] => {
  const shared = (id: string) => ({
    id,
    unit: roll.pick(units),
    rest: roll.pick(['return', 'return', 'burn'] as const),
    onRefund: roll.pick(['share', 'share', 'keep'] as const),
    ...maybe(roll, 0.08, 'minCart', () => 2000),
    ...maybe(roll, 0.08, 'tiers', () => ['gold', 'silver']),
    ...where(roll, 0.15),
  });
  return [
    { ...shared('voucher'), kind: 'amount-off', points: roll.int(3, 25), off: 500 },
    {
      ...shared('slide'),
      kind: 'slider',
      step: 5,
      off: 50,
      ...maybe(roll, 0.3, 'max', () => 50),
      ...maybe(roll, 0.3, 'share', () => '1/2'),
      ...maybe(roll, 0.3, 'min', () => 10),
    },
    {
      ...shared('percent'),
      kind: 'percent-off',
      points: roll.int(5, 30),
      percent: '10',
      ...maybe(roll, 0.5, 'maxOff', () => 300),
    },
    { ...shared('gift'), kind: 'product', points: roll.int(1, 20) },
    { ...shared('shipping'), kind: 'free-shipping', points: roll.int(1, 10) },
  ];
};
