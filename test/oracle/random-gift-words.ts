import type { Allowance, Conversion, Counting, Limit, Often, Opening } from './beyond.js';
import type { Dice } from './dice.js';
import type { EarningRule, Program, When, Where } from './format.js';

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
  (roll) => ({ giftCard: roll.chance(0.5) }),
  (roll) => ({ coupon: roll.chance(0.5) }),
  (roll) => ({ cart: roll.pick([{ min: 2500 }, { max: 9000 }]) }),
  (roll) => ({ items: roll.pick([{ min: 2 }, { max: 4 }]) }),
  () => ({ hours: { from: '06:00', to: '18:00' } }),
];
const ofMember = (roll: Dice): When =>
  Object.assign({}, ...Array.from({ length: roll.pick([1, 1, 2]) }, () => roll.pick(OF_MEMBER)(roll))) as When;
export const asking = (roll: Dice) => maybe(roll, 0.35, 'when', () => ofMember(roll));

const IN_ALL: Often[] = [{ lifetime: 1 }, { month: 1, lifetime: 3 }, { week: 1 }, { year: 2 }];
/** How often one is given for something, and how often all together. */
export const counting = (roll: Dice): Counting => ({
  ...maybe(roll, 0.5, 'limits', () =>
    roll.pick([{ day: 1 }, { month: 1, year: 2 }, { week: 1 }, { lifetime: 1 }, { points: { month: 12 } }]),
  ),
  ...maybe(roll, 0.5, 'inAll', () => roll.pick(IN_ALL)),
});
export const maybeInAll = (roll: Dice): Pick<Counting, 'inAll'> => maybe(roll, 0.4, 'inAll', () => roll.pick(IN_ALL));

export const newOpenings = (roll: Dice): Opening[] =>
  roll.some(['2026-01-20T10:00', '2026-03-29T02:30', '2026-06-01T00:00'], 0.6).map((opens, index) => ({
    ...{ id: `drop-${index}`, access: roll.pick(['sale', 'sale', 'club']), opens },
    ...maybe(roll, 0.4, 'where', () =>
      roll.pick([{ products: ['mug'] }, { categories: ['coffee'] }, { tags: ['new'] }]),
    ),
  }));

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

export const newSending = (roll: Dice, units: string[]): NonNullable<Program['sending']> => ({
  unit: roll.pick(units),
  ...maybe(roll, 0.3, 'min', () => 4),
  ...maybe(roll, 0.3, 'max', () => 20),
  ...maybe(roll, 0.3, 'step', () => 5),
  ...maybe(roll, 0.4, 'limits', () => roll.pick([{ day: 30 }, { month: 40 }, { year: 60, day: 35 }])),
});

/** Over some of what gives; what a program has not, or gives of another unit, it is not over. */
export const newShared = (roll: Dice, units: string[]) => ({
  ...{ id: 'together', unit: roll.pick(units) },
  rules: [
    ...roll.some(['cup', 'walk', 'door', 'reviews', 'referral', 'joining', 'birthday'], 0.5),
    ...roll.some(['rule-0', 'rule-1', 'rule-2', ...units.map((unit) => `base-${unit}`)], 0.5),
    'walk',
  ],
  limits: roll.pick<Limit[]>([
    [{ per: 'year', points: 30 }],
    [
      { per: 'week', points: 9 },
      { per: 'lifetime', points: 70 },
    ],
    [
      { per: 'day', times: 1 },
      { per: 'month', points: 25 },
    ],
    [{ per: 'month', times: 3 }],
  ]),
});

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
