import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { whenWords, whereWords } from '../../src/rules/conditions/index.js';
import { Speaker } from '../../src/rules/how-it-works/speaker.js';
import { programRules, type When, type Where } from '../../src/rules/program-rules.js';
import { type Conflict, findConflicts } from '../../src/rules/promotions/find-conflicts.js';
import { conflictText } from '../../src/rules/promotions/say-promotions.js';
import { locales } from '../../src/rules/sentences.js';

const SINCE = Date.UTC(2026, 10, 22);

const program = (promotions: object[], more: object = {}) =>
  programRules.parse({
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    currencies: { USD: '1/2' },
    units: { points: {} },
    earning: [{ id: 'base', kind: 'rate', points: 1, per: 100 }],
    promotions: promotions.map((promotion, i) => ({ id: `p${i + 1}`, ...promotion })),
    ...more,
  });
const conflictsOf = (promotions: object[], more?: object) => findConflicts(program(promotions, more), SINCE);
const shape = ({ kind, idle, points }: Conflict) => ({
  ...{ kind, idle },
  points: [points.none, points.first, points.second, points.both].map(Number),
});

/** What each word of a condition may ask; every pair of one that asks and one that does not meets on some order. */
const WHEN: Record<(typeof whenWords)[number], unknown> = {
  from: '2027-03-02T12:00',
  to: '2027-03-02T12:00',
  dates: { from: '2027-03-01', to: '2027-03-02' },
  season: { from: '12-24', to: '01-06' },
  weekdays: ['sun'],
  recurs: { months: 2, on: [{ nth: 'last', weekday: 'fri' }], from: '2026-01-01' },
  hours: { from: '23:00', to: '01:00' },
  except: ['2026-11-22'],
  currencies: ['USD'],
  channels: ['pos'],
  stores: ['other'],
  countries: ['no'],
  languages: ['nl'],
  payments: ['bacs'],
  giftCard: true,
  coupon: true,
  coupons: ['SPRING'],
  subscription: true,
  tiers: ['gold'],
  membership: true,
  nth: { every: 10 },
  roles: ['wholesale'],
  customerTags: ['vip'],
  memberDays: { min: 30, max: 60 },
  birthday: 'week',
  ownDay: 'mine',
  early: 'first',
  daysSinceOrder: { min: 90 },
  bought: { where: { products: ['x'] }, min: 2 },
  referred: true,
  balance: { min: 100, max: 500 },
  minOrder: 50_000,
  cart: { min: 20_000, max: 30_000 },
  total: { max: 5_000 },
  items: { min: 3 },
};
const WHERE: Record<(typeof whereWords)[number], unknown> = {
  products: ['a', 'b'],
  variants: ['a'],
  skus: ['a'],
  categories: ['coffee'],
  tags: ['new'],
  notProducts: ['a'],
  notVariants: ['a'],
  notSkus: ['a'],
  notCategories: ['coffee'],
  notTags: ['new'],
  price: { min: 500, max: 900 },
  onSale: true,
  quantity: { min: 4 },
};

describe('C10: two promotions that meet are named before publishing, with the order that shows it', () => {
  test('what becomes of them: best swallows, sum and multiply raise, an exclusive one may lower', () => {
    const [double, triple] = [{ factor: 2 }, { factor: 3 }];
    const found = (promotions: object[], how: string) =>
      conflictsOf(promotions, { stacking: { promotions: how } }).map(shape);
    expect(found([double, triple], 'best')).toEqual([{ kind: 'swallows', idle: 'p1', points: [100, 200, 300, 300] }]);
    expect(found([triple, double], 'best')).toEqual([{ kind: 'swallows', idle: 'p2', points: [100, 300, 200, 300] }]);
    expect(found([double, double], 'best')).toEqual([{ kind: 'swallows', idle: null, points: [100, 200, 200, 200] }]);
    expect(found([double, triple], 'sum')).toEqual([{ kind: 'raises', idle: null, points: [100, 200, 300, 400] }]);
    expect(found([double, triple], 'multiply')).toEqual([{ kind: 'raises', idle: null, points: [100, 200, 300, 600] }]);
    const alone = { ...double, exclusive: true };
    expect(found([alone, triple], 'sum')).toEqual([{ kind: 'lowers', idle: 'p2', points: [100, 200, 300, 200] }]);
    expect(found([double, { add: 50 }], 'best')).toEqual([
      { kind: 'raises', idle: null, points: [100, 200, 150, 250] },
    ]);
  });

  test('the order is one that both apply to: when, for whom, on what', () => {
    const [conflict] = conflictsOf([
      { factor: 2, when: { weekdays: ['sat'], hours: { from: '10:00', to: '18:00' }, tiers: ['gold'] } },
      {
        factor: 3,
        where: { categories: ['coffee', 'tea'] },
        when: { recurs: { months: 1, on: [{ nth: 1, weekday: 'sat' }], from: '2026-01-01' }, minOrder: 20_000 },
      },
    ]);
    // the first Saturday of a month after 22 November 2026 is 5 December
    expect(new Date(conflict?.example.order.placed ?? 0).toISOString()).toBe('2026-12-05T11:00:00.000Z');
    expect(conflict?.example).toMatchObject({
      pins: { tier: 'gold' },
      order: { lines: [{ categories: ['coffee'], net: 20_000 }] },
    });
    expect(conflict?.points).toEqual({ none: 200n, first: 400n, second: 600n, both: 600n });
  });

  test('promotions that never meet are not named', () => {
    const never: [object, object][] = [
      [{ when: { weekdays: ['sat'] } }, { when: { weekdays: ['sun'] } }],
      [{ when: { dates: { from: '2027-01-01', to: '2027-01-31' } } }, { when: { from: '2027-02-01T00:00' } }],
      [{ where: { products: ['a'] } }, { where: { products: ['b'] } }],
      [{ where: { categories: ['coffee'] } }, { where: { notCategories: ['coffee'] } }],
      [{ when: { tiers: ['gold'] } }, { when: { tiers: ['silver'] } }],
      [{ when: { total: { max: 1_000 } } }, { when: { minOrder: 2_000 } }],
      [{ when: { nth: { is: 1 } } }, { when: { nth: { every: 10 } } }],
      [{ when: { to: '2026-01-01T00:00' } }, {}],
      [{ unit: 'points' }, { unit: 'stars' }],
    ];
    for (const [one, two] of never)
      expect(
        conflictsOf([
          { factor: 2, ...one },
          { factor: 3, ...two },
        ]),
      ).toEqual([]);
  });

  test.each(whenWords)('an order is found for what `when` may ask: %s', (word) => {
    const when = { [word]: WHEN[word] } as When;
    expect(conflictsOf([{ factor: 2, when }, { factor: 3 }]).map(({ kind }) => kind)).toEqual(['swallows']);
  });

  test.each(whereWords)('an order is found for what `where` may ask: %s', (word) => {
    const where = { [word]: WHERE[word] } as Where;
    expect(conflictsOf([{ factor: 2, where }, { factor: 3 }]).map(({ kind }) => kind)).toEqual(['swallows']);
  });

  test('every pair of conditions: whatever is found, both apply to it and the points are those of the rules', () => {
    const asks = [
      ...whenWords.map((word) => ({ when: { [word]: WHEN[word] } })),
      ...whereWords.map((word) => ({ where: { [word]: WHERE[word] } })),
    ];
    const pick = fc.constantFrom(...asks);
    let found = 0;
    fc.assert(
      fc.property(pick, pick, (one, two) => {
        for (const conflict of conflictsOf([
          { factor: 2, ...one },
          { factor: 3, ...two },
        ])) {
          found++;
          const { none, first, second, both } = conflict.points;
          expect(first > none && second > first && both === second).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(150);
  });

  test('in words, four languages', () => {
    const rules = program([
      { id: 'Double Saturday', factor: 2, when: { weekdays: ['sat'] } },
      {
        id: 'Coffee week',
        factor: 3,
        where: { categories: ['Coffee'] },
        when: { dates: { from: '2026-11-23', to: '2026-11-29' } },
      },
    ]);
    const [conflict] = findConflicts(rules, SINCE);
    if (!conflict) throw new Error('none was found');
    const said = locales.map((locale) => conflictText(rules, conflict, new Speaker({ locale, money: rules.money })));
    expect(said[0]).toBe(
      'Where both apply, “Double Saturday” changes nothing: “Coffee week” takes its place. For example, an order of €100.00 (Coffee) on 28 November 2026, 12:00: 100 points without them, 200 points with “Double Saturday”, 300 points with “Coffee week”, 300 points with both.',
    );
    expect(said[1]).toContain('verandert ‘Double Saturday’ niets');
    expect(said[2]).toContain('«Coffee week» brukes i stedet');
    expect(said[3]).toContain('200 punktów z „Double Saturday”');
  });
});
