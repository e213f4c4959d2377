import type { Allowance, Conversion } from './beyond.js';
import type { Dice } from './dice.js';
import type { EarningRule, When, Where } from './format.js';

const COUNTRIES = ['NL', 'PL', 'NO'];
const CUSTOMER_TAGS = ['friend', 'press'];

const maybe = <K extends string, V>(roll: Dice, probability: number, key: K, value: () => V): Partial<Record<K, V>> =>
  roll.chance(probability) ? ({ [key]: value() } as Partial<Record<K, V>>) : {};

/** What may be asked of a member where there is no order, and of a friend's first order. */
const OF_MEMBER: ((roll: Dice) => When)[] = [
  () => ({ weekdays: ['sat', 'sun', 'mon'] }),
  () => ({ except: ['2026-03-29', { from: '2026-04-01', to: '2026-04-14' }] }),
  (roll) => ({ tiers: [roll.pick(['plain', 'silver', 'gold']), 'gold'] }),
  (roll) => ({ membership: roll.chance(0.5) }),
  (roll) => ({ countries: ['nl', roll.pick(COUNTRIES)] }),
  () => ({ languages: ['nl', 'pl'] }),
  () => ({ channels: ['web'] }),
  (roll) => ({ subscription: roll.chance(0.5) }),
  (roll) => ({ customerTags: roll.some(CUSTOMER_TAGS, 0.7) }),
  (roll) => ({ memberDays: roll.pick([{ max: 40 }, { min: 1, max: 60 }, { min: 10 }]) }),
  (roll) => ({ birthday: roll.pick(['day', 'week', 'month'] as const) }),
  (roll) => ({ daysSinceOrder: roll.pick([{ max: 20 }, { min: 1 }, { min: 2, max: 30 }]) }),
  (roll) => ({ bought: roll.pick([{}, { max: 1 }, { min: 2 }, { where: { categories: ['coffee'] }, days: 30 }]) }),
  (roll) => ({ referred: roll.chance(0.5) }),
  (roll) => ({ balance: { unit: 'points', ...roll.pick([{ min: 5 }, { max: 40 }]) } }),
];
const OF_ORDER: ((roll: Dice) => When)[] = [
  () => ({ channels: ['web'] }),
  (roll) => ({ coupon: roll.chance(0.5) }),
  (roll) => ({ cart: roll.pick([{ min: 2500 }, { max: 9000 }]) }),
  (roll) => ({ items: roll.pick([{ min: 2 }, { max: 4 }]) }),
  () => ({ hours: { from: '06:00', to: '18:00' } }),
];
const ofMember = (roll: Dice): When =>
  Object.assign({}, ...Array.from({ length: roll.pick([1, 1, 2]) }, () => roll.pick(OF_MEMBER)(roll))) as When;
export const asking = (roll: Dice) => maybe(roll, 0.35, 'when', () => ofMember(roll));

export const reviewed = (roll: Dice): Where =>
  roll.pick<Where>([{ products: ['mug', 'club'] }, { categories: ['coffee'] }, { notProducts: ['mug'] }]);

export const sides = (roll: Dice) => ({
  ...maybe(roll, 0.3, 'when', () => roll.pick(OF_ORDER)(roll)),
  ...maybe(roll, 0.3, 'advocateWhen', () => ofMember(roll)),
  ...maybe(roll, 0.3, 'friendWhen', () => ({ tiers: ['plain', 'gold'] })),
});

export const newAllowances = (roll: Dice, units: string[]): Allowance[] =>
  Array.from({ length: roll.pick([1, 1, 2]) }, (_, index) => ({
    ...{
      id: `anew-${index}`,
      unit: roll.pick(units),
      gives: roll.int(1, 6),
      each: roll.pick(['month', 'year'] as const),
    },
    ...maybe(roll, 0.4, 'tiers', () => roll.some(['plain', 'silver', 'gold'], 0.6)),
    ...maybe(roll, 0.2, 'membership', () => true as const),
  }));

export const newConversions = (roll: Dice, units: string[]): Conversion[] =>
  units.length < 2
    ? []
    : [
        {
          id: 'turns',
          unit: 'points',
          every: roll.pick([10, 50]),
          pays: { unit: 'cashback', gives: roll.int(1, 5) },
          ...roll.pick<Pick<Conversion, 'when' | 'atMost' | 'onLapse'>>([
            { when: 'at-once' },
            { when: 'month-end' },
            { when: 'month-end', onLapse: 'back' },
            { when: roll.pick(['quarter-end', 'year-end'] as const), ...maybe(roll, 0.5, 'atMost', () => 1) },
            { when: 'month-end', atMost: 1, ...maybe(roll, 0.5, 'onLapse', () => 'back' as const) },
          ]),
          onReturn: roll.pick(['undo-unused', 'stays'] as const),
        },
      ];

/** Now and then a rule that counts what shipping would have cost. */
export const maybeWaived = (roll: Dice, units: string[]): EarningRule[] =>
  roll.chance(0.25)
    ? [
        {
          ...{ id: 'waived', unit: roll.pick(units), kind: 'shipping' as const },
          ...{ points: roll.pick(['1', '1/3']), per: roll.pick([1, 100]) },
          ...maybe(roll, 0.6, 'otherwise', () => 395),
        },
      ]
    : [];
