import fc from 'fast-check';

/** What made programs and their histories may be about. */
export interface HistoryShape {
  members?: number;
  most?: number;
  /** Reservations, releases and captures. */
  redemptions?: boolean;
  merges?: boolean;
  ceilings?: boolean;
  /** Tiers, stamp cards, the nth order, memberships: what makes an order depend on others. */
  past?: boolean;
}

const ZONES = ['Europe/Amsterdam', 'Europe/Oslo', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe'];
const MONEY = [
  { code: 'EUR', exponent: 2 },
  { code: 'JPY', exponent: 0 },
  { code: 'KWD', exponent: 3 },
  { code: 'CLF', exponent: 4 },
];

const expiry = fc.constantFrom(
  { kind: 'none' },
  { kind: 'days', days: 20 },
  { kind: 'months', months: 1 },
  { kind: 'inactivity', days: 25 },
  { kind: 'period-end', months: 1, period: 'quarter' },
  { kind: 'period-end', months: 0, period: 'month', slides: true },
  { kind: 'yearly', monthDay: '03-31', atLeastDays: 15 },
);

const unit = fc.record({
  rounding: fc.constantFrom('floor', 'nearest', 'ceil'),
  value: fc.constantFrom('1', '10', '1/2'),
  expiry,
  clawback: fc.constantFrom('debt', 'zero'),
  returnGraceDays: fc.constantFrom(0, 5, 30),
});

const RULES = [
  { id: 'tea', kind: 'rate', points: '3', per: 100, where: { categories: ['tea'] } },
  { id: 'sale', kind: 'rate', points: 0, per: 100, where: { tags: ['sale'] } },
  { id: 'third', kind: 'rate', points: '1/3', per: 7, where: { products: ['mug'] } },
  { id: 'steps', kind: 'step', gives: 5, every: 1500, where: { categories: ['coffee'] } },
  { id: 'bag', kind: 'item', gives: 4, where: { products: ['beans'] }, expiry: { kind: 'days', days: 15 } },
  { id: 'big', kind: 'fixed', gives: 20, when: { minOrder: 5000 } },
  { id: 'cash', unit: 'cashback', kind: 'rate', points: '1', per: 20 },
];
const PROMOTIONS = [
  { id: 'double', factor: '2' },
  { id: 'tea32', factor: '3/2', where: { categories: ['tea'] } },
  { id: 'large', factor: '5/4', when: { minOrder: 4000 } },
  { id: 'till', factor: '3', when: { channels: ['pos'] } },
  { id: 'plus', add: 7, addItem: 1, where: { products: ['mug'] } },
];
const CEILINGS = [
  { id: 'burst', factor: '3', ceiling: { points: 60 } },
  { id: 'gift', add: 15, ceiling: { money: 400 } },
];

/** Programs in the words of the format: of any zone and money, with or without a past to look at. */
export function programs(shape: HistoryShape): fc.Arbitrary<Record<string, unknown>> {
  const pick = <T>(all: T[]): fc.Arbitrary<T[]> => fc.subarray(all);
  const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
    fc.option(arbitrary, { nil: undefined });
  return fc
    .record({
      zone: fc.constantFrom(...ZONES),
      money: fc.constantFrom(...MONEY),
      units: fc.record({ points: unit, cashback: unit }),
      counts: fc.constantFrom('paid', 'fulfilled', { after: 'paid', days: 5 }),
      pendingDays: fc.constantFrom(0, 0, 7),
      base: fc.record({
        tax: fc.boolean(),
        shipping: fc.boolean(),
        discounts: fc.constantFrom('after', 'before'),
        giftCardPaid: fc.constantFrom('in', 'out'),
      }),
      rules: pick(RULES),
      promotions: pick([...PROMOTIONS, ...(shape.ceilings ? CEILINGS : [])]),
      stacking: fc.record({
        promotions: fc.constantFrom('best', 'sum', 'multiply'),
        tier: fc.constantFrom('sum', 'best', 'multiply'),
      }),
      joining: maybe(fc.constant({ gives: 30 })),
      reviews: maybe(fc.constant({ gives: 12, photo: 3 })),
      past: maybe(past),
      looksBack: fc.constant(shape.past ?? true),
    })
    .map(({ rules, past: looks, looksBack, ...rest }) => {
      const { tiers, stamps, first } = (looksBack && looks) || {};
      const earning = [...rules, ...(first ? [first] : []), { id: 'base', kind: 'rate', points: '1', per: 100 }];
      const whole = { ...rest, earning, rewards: REWARDS, ...(tiers ? { tiers } : {}), ...(stamps ? { stamps } : {}) };
      return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
    });
}

const past = fc.record({
  tiers: fc.option(
    fc.record({
      basis: fc.constantFrom('spend', 'orders', 'points', 'visits'),
      window: fc.constantFrom({ kind: 'lifetime' }, { kind: 'calendar-year' }, { kind: 'rolling', days: 30 }),
      levels: fc.constant([{ id: 'plain' }, { id: 'gold', enter: 3, keep: 2, multiplier: '3/2' }]),
      graceDays: fc.constantFrom(0, 5),
    }),
    { nil: undefined },
  ),
  stamps: fc.option(
    fc.constantFrom(
      [{ id: 'card', per: 'item', needs: 3, pays: { unit: 'points', gives: 25 } }],
      [{ id: 'card', per: 'order', needs: 2, min: 1000, pays: { unit: 'cashback', gives: 9 } }],
    ),
    { nil: undefined },
  ),
  first: fc.option(
    fc.constantFrom(
      { id: 'first', kind: 'fixed', gives: 40, when: { nth: { is: 1 } } },
      { id: 'poor', kind: 'fixed', gives: 25, when: { balance: { max: 40 } } },
      { id: 'rich', unit: 'cashback', kind: 'rate', points: '2', per: 25, when: { balance: { min: 35 } } },
    ),
    { nil: undefined },
  ),
});

const REWARDS = [
  { id: 'five', kind: 'amount-off', points: 20, off: 500 },
  { id: 'burn', kind: 'amount-off', points: 15, off: 300, rest: 'burn', onRefund: 'keep' },
  { id: 'slide', kind: 'slider', step: 5, off: 50 },
];
