import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../src/rules/books.js';
import { whenWords, whereWords } from '../../src/rules/conditions/index.js';
import type { WhenWord, WhereWord } from '../../src/rules/conditions/kind.js';
import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import { millis } from '../support/read-example.js';
import type { Fact } from '../support/read-example.js';

/** A Monday, noon in Amsterdam. */
const NOON = '2026-03-02T12:00:00+01:00';
const EUR = { code: 'EUR', exponent: 2 };
const PROGRAM = {
  zone: 'Europe/Amsterdam',
  money: EUR,
  currencies: { USD: '1/2' },
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
  tiers: {
    basis: 'spend',
    window: { kind: 'lifetime' },
    levels: [
      { id: 'plain', perks: [{ kind: 'access', id: 'first', hours: 24 }] },
      { id: 'gold', enter: 50_000 },
    ],
  },
  openings: [{ id: 'spring', access: 'first', opens: '2026-03-03T10:00', where: { products: ['mug'] } }],
  membership: { product: 'pass', months: 12 },
  deeds: [{ id: 'mine', kind: 'own-day' }],
};

type Order = Record<string, unknown>;
const line = (net: number, rest: Order = {}): Order => ({ id: `L${net}`, product: 'mug', net, ...rest });
const bought = (id: string, at: string, rest: Order = {}): Fact => ({
  ...{ kind: 'order', id, at, placed: at, paid: at, customer: 'c', lines: [line(1000)] },
  ...rest,
});
const refund = (of: Order): Order => ({
  refunds: [{ id: 'R', at: '2026-03-03T09:00:00+01:00', lines: [{ line: 'L10000', ...of }] }],
});

interface Case {
  asks: unknown;
  /** The keys of an order for which it holds, and of one for which it fails; what happened before either. */
  holds: Order;
  fails: Order;
  after?: Fact[];
  failsAfter?: Fact[];
  missed?: string;
}

/** Decides an order of the member (joined on 1 February) under a rule and a promotion that ask the same. */
function decide(asks: Order, order: Order, before: Fact[] = []): Decision {
  const knowledge = new Knowledge({
    ...PROGRAM,
    earning: [
      { id: 'rule', kind: 'fixed', gives: 10, ...asks },
      { id: 'plain', kind: 'rate', points: 1, per: 100 },
    ],
    promotions: [{ id: 'promotion', add: 5, ...asks }],
  });
  const joined = '2026-02-01T10:00:00+01:00';
  const facts = [{ kind: 'join', at: joined, member: 'm', customers: ['c'] }, ...before];
  for (const fact of [...facts, bought('O', NOON, { lines: [line(10_000)], ...order })]) {
    knowledge.learn(fact, millis(fact.at));
  }
  const decision = replay(knowledge.known, millis('2026-04-01T00:00:00+02:00')).decisions['order:O'];
  if (!decision) throw new Error('every order has a decision');
  return decision;
}

function expectHeld({ missed, extra }: Decision): void {
  expect(missed).toEqual([]);
  expect(extra).toEqual({ points: 15n });
}

function expectMissed({ missed, extra }: Decision, why: string): void {
  expect(missed).toEqual([
    { id: 'rule', why },
    { id: 'promotion', why },
  ]);
  expect(extra).toEqual({});
}

const EARLIER = '2026-02-20T12:00:00+01:00';
const WHEN: Record<WhenWord, Case> = {
  from: { asks: '2026-03-02T12:00', holds: {}, fails: { placed: '2026-03-02T11:59:59+01:00' }, missed: 'window' },
  to: { asks: '2026-03-02T12:01', holds: {}, fails: { placed: '2026-03-02T12:01:00+01:00' }, missed: 'window' },
  dates: { asks: { from: '2026-03-01', to: '2026-03-02' }, holds: {}, fails: { placed: '2026-03-03T00:00:00+01:00' } },
  season: { asks: { from: '12-01', to: '03-02' }, holds: {}, fails: { placed: '2026-03-03T00:00:00+01:00' } },
  weekdays: { asks: ['mon'], holds: {}, fails: { placed: '2026-03-03T00:00:00+01:00' } },
  recurs: {
    asks: { months: 1, on: [{ nth: 1, weekday: 'mon' }], from: '2026-01-01' },
    holds: {},
    fails: { placed: '2026-03-09T12:00:00+01:00' },
  },
  except: {
    asks: ['2026-03-01', { from: '2026-03-03', to: '2026-03-05' }],
    holds: {},
    fails: { placed: '2026-03-05T23:59:00+01:00' },
  },
  hours: { asks: { from: '12:00', to: '13:00' }, holds: {}, fails: { placed: '2026-03-02T13:00:00+01:00' } },
  currencies: { asks: ['EUR'], holds: {}, fails: { money: { code: 'USD', exponent: 2 } } },
  channels: { asks: ['pos'], holds: { channel: 'pos' }, fails: { channel: 'web' } },
  stores: { asks: ['main'], holds: {}, fails: { store: 'other' } },
  countries: { asks: ['nl', 'BE'], holds: { country: 'NL' }, fails: { country: 'DE' } },
  languages: { asks: ['nl'], holds: { language: 'nl-BE' }, fails: { language: 'en' } },
  payments: { asks: ['bacs'], holds: { payments: ['gift_card', 'bacs'] }, fails: { payments: ['stripe'] } },
  giftCard: { asks: false, holds: {}, fails: { giftCardPaid: 1 } },
  coupon: { asks: false, holds: {}, fails: { coupons: ['SPRING'] } },
  coupons: { asks: ['spring'], holds: { coupons: ['SPRING'] }, fails: { coupons: ['AUTUMN'] } },
  subscription: { asks: true, holds: { subscription: true }, fails: {} },
  tiers: { asks: ['gold'], holds: {}, fails: {}, after: [bought('A', EARLIER, { lines: [line(50_000)] })] },
  membership: {
    asks: true,
    holds: {},
    fails: {},
    after: [bought('A', EARLIER, { lines: [line(900, { product: 'pass' })] })],
  },
  nth: { asks: { is: 2 }, holds: {}, fails: {}, after: [bought('A', EARLIER)] },
  roles: { asks: ['wholesale'], holds: { roles: ['wholesale'] }, fails: { roles: ['customer'] } },
  customerTags: { asks: ['vip'], holds: { customerTags: ['new', 'vip'] }, fails: { customerTags: ['new'] } },
  memberDays: { asks: { min: 29, max: 29 }, holds: {}, fails: { placed: '2026-03-03T00:00:00+01:00' } },
  birthday: {
    asks: 'month',
    holds: {},
    fails: {},
    after: [{ kind: 'update', at: EARLIER, member: 'm', birthday: '03-31' }],
    failsAfter: [{ kind: 'update', at: EARLIER, member: 'm', birthday: '02-28' }],
  },
  ownDay: {
    asks: 'mine',
    holds: {},
    fails: { placed: '2026-03-03T00:00:00+01:00' },
    after: [{ kind: 'deed', id: 'D', of: 'mine', does: 'own-day', member: 'm', chosen: '2026-03-02', at: EARLIER }],
    failsAfter: [
      { kind: 'deed', id: 'D', of: 'mine', does: 'own-day', member: 'm', chosen: '2026-03-02', at: EARLIER },
    ],
  },
  early: {
    asks: 'first',
    holds: {},
    fails: { placed: '2026-03-02T09:59:59+01:00' },
  },
  daysSinceOrder: {
    asks: { min: 10 },
    holds: {},
    fails: { placed: '2026-03-01T23:59:59+01:00' },
    after: [bought('A', EARLIER)],
    failsAfter: [bought('A', EARLIER)],
  },
  bought: {
    asks: { where: { products: ['tea'] }, days: 10, min: 1 },
    holds: {},
    fails: {},
    after: [bought('A', EARLIER, { lines: [line(500, { product: 'tea' })] })],
    failsAfter: [bought('A', '2026-02-19T12:00:00+01:00', { lines: [line(500, { product: 'tea' })] })],
  },
  referred: {
    asks: true,
    holds: {},
    fails: {},
    after: [
      { kind: 'join', at: '2026-02-01T09:00:00+01:00', member: 'friend', customers: ['f'] },
      { kind: 'referral', at: EARLIER, id: 'R1', advocate: 'friend', customer: 'c' },
    ],
  },
  balance: {
    asks: { min: 10, max: 10 },
    holds: {},
    fails: {},
    after: [bought('A', EARLIER)],
    failsAfter: [bought('A', NOON)],
  },
  minOrder: { asks: 10_000, holds: {}, fails: { lines: [line(9999)] } },
  cart: {
    asks: { min: 12_100, max: 12_100 },
    holds: { lines: [line(10_000, { tax: 2100 }), line(9, { kind: 'fee' })], shipping: { net: 500 } },
    fails: { lines: [line(10_000, { tax: 2101 })] },
  },
  total: {
    asks: { min: 12_700, max: 12_700 },
    holds: { lines: [line(10_000, { tax: 2100 }), line(50, { kind: 'fee' })], shipping: { net: 500 }, tip: 50 },
    fails: { lines: [line(10_000, { tax: 2100 })] },
  },
  items: { asks: { min: 3, max: 4 }, holds: { lines: [line(10_000, { quantity: 3 })] }, fails: {} },
};

const WHERE: Record<WhereWord, Case> = {
  products: { asks: ['mug'], holds: {}, fails: { lines: [line(10_000, { product: 'tea' })] } },
  variants: { asks: ['v1'], holds: { lines: [line(10_000, { variant: 'v1' })] }, fails: {} },
  skus: { asks: ['M-1'], holds: { lines: [line(10_000, { sku: 'M-1' })] }, fails: {} },
  categories: { asks: ['cups'], holds: { lines: [line(10_000, { categories: ['cups'] })] }, fails: {} },
  tags: { asks: ['new'], holds: { lines: [line(10_000, { tags: ['new'] })] }, fails: {} },
  notProducts: { asks: ['tea'], holds: {}, fails: { lines: [line(10_000, { product: 'tea' })] } },
  notVariants: { asks: ['v1'], holds: {}, fails: { lines: [line(10_000, { variant: 'v1' })] } },
  notSkus: { asks: ['M-1'], holds: {}, fails: { lines: [line(10_000, { sku: 'M-1' })] } },
  notCategories: { asks: ['cups'], holds: {}, fails: { lines: [line(10_000, { categories: ['cups'] })] } },
  notTags: { asks: ['new'], holds: {}, fails: { lines: [line(10_000, { tags: ['new'] })] } },
  price: {
    asks: { min: 5000, max: 6050 },
    holds: { lines: [line(10_000, { tax: 2100, quantity: 2 })] },
    fails: { lines: [line(10_000, { tax: 2101, quantity: 2 })] },
  },
  onSale: { asks: false, holds: {}, fails: { lines: [line(10_000, { onSale: true })] } },
  quantity: {
    asks: { min: 2, max: 3 },
    holds: { lines: [line(10_000, { quantity: 3 })] },
    fails: { lines: [line(10_000, { quantity: 4 })] },
  },
};

describe('C1, C10: conditions on every rule and promotion', () => {
  test('there are at least 25 kinds; a `not` is no kind of its own', () => {
    const kinds = [
      ...whenWords.filter((word) => word !== 'from'),
      ...whereWords.filter((word) => !word.startsWith('not')),
    ];
    expect(kinds.length).toBeGreaterThanOrEqual(25);
  });

  test.each(whenWords)('when: %s', (word) => {
    const { asks, holds, fails, after, failsAfter, missed } = WHEN[word];
    expectHeld(decide({ when: { [word]: asks } }, holds, after));
    expectMissed(decide({ when: { [word]: asks } }, fails, failsAfter), missed ?? word);
  });

  test.each(whereWords)('where: %s', (word) => {
    const { asks, holds, fails } = WHERE[word];
    expectHeld(decide({ where: { [word]: asks } }, holds));
    expectMissed(decide({ where: { [word]: asks } }, fails), 'where');
  });
});

describe('T8, T10: a refund undoes what asked for more, and never does what asks for less', () => {
  const two = { lines: [line(10_000, { quantity: 2 })] };
  const oneBack = { ...two, ...refund({ quantity: 1, net: 5000 }) };

  test.each([
    ['items', 'when', { min: 2 }],
    ['cart', 'when', { min: 10_000 }],
    ['total', 'when', { min: 10_000 }],
    ['quantity', 'where', { min: 2 }],
  ])('%s: below the minimum after the return', (word, part, range) => {
    expectHeld(decide({ [part]: { [word]: range } }, two));
    expectMissed(decide({ [part]: { [word]: range } }, oneBack), part === 'where' ? 'where' : word);
  });

  test.each([
    ['items', 'when', { max: 1 }],
    ['cart', 'when', { max: 5000 }],
    ['total', 'when', { max: 5000 }],
    ['quantity', 'where', { max: 1 }],
  ])('%s: above the maximum, whatever is returned', (word, part, range) => {
    expectMissed(decide({ [part]: { [word]: range } }, oneBack), part === 'where' ? 'where' : word);
  });

  test('the price of an item stays what it was', () => {
    expectHeld(decide({ where: { price: { min: 5000, max: 5000 } } }, oneBack));
  });
});

describe('C10, T2: what a member did before, as it was just before the order', () => {
  const tea = { lines: [line(500, { id: 'T', product: 'tea' })] };
  const never = { when: { bought: { where: { products: ['tea'] }, max: 0 } } };
  const back = (at: string): Order => ({
    ...tea,
    refunds: [{ id: 'R', at, lines: [{ line: 'T', quantity: 1, net: 500 }] }],
  });

  test('an order does not count for itself, nor one that came after it', () => {
    expectHeld(decide(never, { lines: [line(10_000, { product: 'tea' })] }));
    expectHeld(decide(never, {}, [bought('Z', '2026-03-02T12:00:01+01:00', tea)]));
  });

  test('what was given back before it was not bought; what was given back later was', () => {
    expectMissed(decide(never, {}, [bought('A', EARLIER, tea)]), 'bought');
    expectHeld(decide(never, {}, [bought('A', EARLIER, back('2026-03-02T11:59:59+01:00'))]));
    expectMissed(decide(never, {}, [bought('A', EARLIER, back('2026-03-02T12:00:00+01:00'))]), 'bought');
  });

  test('four times the same tea, the fifth is another matter (D12); neither unpaid nor cancelled orders count', () => {
    const fourth = { when: { bought: { where: { products: ['tea'] }, min: 4 } } };
    const earlier = ['02-10', '02-12', '02-14', '02-16'].map((day, i) =>
      bought(`A${i}`, `2026-${day}T12:00:00+01:00`, tea),
    );
    expectHeld(decide(fourth, {}, earlier));
    const [first, ...others] = earlier as [Fact, ...Fact[]];
    expectMissed(decide(fourth, {}, [{ ...first, paid: null }, ...others]), 'bought');
    expectMissed(decide(fourth, {}, [{ ...first, cancelled: EARLIER }, ...others]), 'bought');
  });

  test('an order that waits for its points is an order all the same', () => {
    const lapsed = { when: { daysSinceOrder: { min: 10 } } };
    expectMissed(decide(lapsed, {}), 'daysSinceOrder');
    const yesterday = bought('B', '2026-03-01T12:00:00+01:00');
    expectMissed(decide(lapsed, {}, [bought('A', EARLIER), yesterday]), 'daysSinceOrder');
    expectHeld(decide(lapsed, {}, [bought('A', EARLIER), { ...yesterday, paid: '2026-03-02T12:00:00+01:00' }]));
  });

  test('T4: a guest’s order is of the past once it was claimed by then; a later claim changes nothing of what was', () => {
    const lapsed = { when: { daysSinceOrder: { min: 10 } } };
    const guests = bought('A', EARLIER, { customer: null });
    const claim = (at: string): Fact => ({ kind: 'claim', order: 'A', member: 'm', at });
    expectHeld(decide(lapsed, {}, [guests, claim('2026-02-21T12:00:00+01:00')]));
    expectMissed(decide(lapsed, {}, [guests, claim('2026-03-20T12:00:00+01:00')]), 'daysSinceOrder');
  });
});
