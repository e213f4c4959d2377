import type { DeedRule, Goal, Limit, Perk, RuleBeyond } from './beyond.js';
import type { Dice } from './dice.js';
import {
  asking,
  counting,
  maybeInAll,
  maybeWaived,
  newAllowances,
  newConversions,
  newOpenings,
  newSending,
  newShared,
  reviewed,
  sides,
} from './random-gift-words.js';
import type { Expiry, Program, Promotion, Reward, StampCard, Tiers, When, Where } from './format.js';

/** What programs say beyond the words of the examples' format, laid over programs that the format knows. */
export const VARIANTS = ['250g', '1kg'];
export const SKUS = ['BEAN-1', 'MUG-1'];
export const COUNTRIES = ['NL', 'PL', 'NO'];
export const LANGUAGES = ['nl', 'nl-BE', 'pl', 'nb_NO'];
export const PAYMENTS = ['ideal', 'card'];
export const COUPONS = ['SPRING', 'TEN'];
export const ROLES = ['wholesale'];
export const CUSTOMER_TAGS = ['friend', 'press'];
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const maybe = <K extends string, V>(roll: Dice, probability: number, key: K, value: () => V): Partial<Record<K, V>> =>
  roll.chance(probability) ? ({ [key]: value() } as Partial<Record<K, V>>) : {};

const WHERE: ((roll: Dice) => Where)[] = [
  (roll) => ({ variants: [roll.pick(VARIANTS)] }),
  (roll) => ({ skus: [roll.pick(SKUS)] }),
  (roll) => ({ notVariants: [roll.pick(VARIANTS)] }),
  (roll) => ({ notSkus: [roll.pick(SKUS)] }),
  (roll) => ({ price: roll.pick([{ min: 1000 }, { max: 2550 }, { min: 99, max: 6000 }]) }),
  (roll) => ({ onSale: roll.chance(0.5) }),
  (roll) => ({ quantity: roll.pick([{ min: 2 }, { max: 2 }, { min: 1, max: 1 }]) }),
];

/** One of every word that may be asked of an order. */
const WHEN: ((roll: Dice) => When)[] = [
  (roll) => ({
    recurs: roll.pick(
      [
        { weeks: 1, on: ['sat', 'sun'] as const, from: '2026-01-05' },
        { weeks: 2, on: [roll.pick(WEEKDAYS), 'tue'] as const, from: '2026-01-14' },
      ].map((one) => ({ ...one, on: [...one.on] })),
    ),
  }),
  (roll) => ({
    recurs: {
      months: roll.pick([1, 2]),
      on: [
        roll.pick([
          { day: roll.pick([1, 15, 31]) },
          { day: 'last' as const },
          { nth: roll.pick([1, 5, 'last' as const]), weekday: roll.pick(WEEKDAYS) },
        ]),
        { day: 8 },
      ],
      from: '2026-01-31',
    },
  }),
  () => ({ except: ['2026-03-29', { from: '2026-04-01', to: '2026-04-14' }] }),
  (roll) => ({ countries: [roll.pick(['nl', ...COUNTRIES])] }),
  (roll) => ({ languages: [roll.pick(['nl', 'NB', 'nl-BE'])] }),
  (roll) => ({ payments: [roll.pick(PAYMENTS)] }),
  (roll) => ({ giftCard: roll.chance(0.5) }),
  (roll) => ({ coupon: roll.chance(0.5) }),
  (roll) => ({ coupons: [roll.pick(['spring', 'TEN'])] }),
  (roll) => ({ subscription: roll.chance(0.5) }),
  () => ({ roles: ROLES }),
  (roll) => ({ customerTags: roll.some(CUSTOMER_TAGS, 0.7) }),
  (roll) => ({ memberDays: roll.pick([{ max: 14 }, { min: 1, max: 60 }, { min: 30 }]) }),
  (roll) => ({ birthday: roll.pick(['day', 'week', 'month'] as const) }),
  () => ({ ownDay: 'mine' }),
  () => ({ early: 'sale' }),
  (roll) => ({ daysSinceOrder: roll.pick([{ max: 3 }, { min: 1 }, { min: 2, max: 30 }]) }),
  (roll) => ({
    bought: {
      ...maybe(roll, 0.6, 'where', () => roll.pick([{ categories: ['coffee'] }, { products: ['mug'] }])),
      ...maybe(roll, 0.5, 'days', () => roll.pick([1, 30])),
      ...roll.pick([{}, { max: 0 }, { min: 2 }, { min: 1, max: 1 }]),
    },
  }),
  (roll) => ({ referred: roll.chance(0.5) }),
  (roll) => ({ cart: roll.pick([{ min: 2500 }, { max: 9000 }]) }),
  (roll) => ({ total: roll.pick([{ min: 3000 }, { max: 12000 }, { min: 599, max: 50000 }]) }),
  (roll) => ({ items: roll.pick([{ min: 2 }, { max: 4 }]) }),
];

/** What stamp cards cannot ask: what they pay is part of it. */
const HAD = (roll: Dice): When => ({
  balance: { unit: roll.pick(['points', 'cashback']), ...roll.pick([{ min: 5 }, { max: 40 }, { min: 1, max: 60 }]) },
});
export const newWhen = (roll: Dice, words = WHEN): When =>
  Object.assign({}, ...Array.from({ length: roll.pick([1, 1, 2]) }, () => roll.pick(words)(roll))) as When;
const whenOfOrder = (roll: Dice): When => newWhen(roll, roll.chance(0.15) ? [...WHEN, HAD, HAD] : WHEN);
export const newWhere = (roll: Dice): Where => roll.pick(WHERE)(roll);

const newLimits = (roll: Dice): Limit[] =>
  Array.from({ length: roll.pick([1, 1, 2]) }, () => {
    const per = roll.pick(['day', 'week', 'month', 'year', 'lifetime'] as const);
    const of = roll.pick(['member', 'member', 'all'] as const);
    return roll.pick<Limit>([
      { per: 'order', points: roll.int(1, 30) },
      { per, of, points: roll.int(2, 40) },
      { per, of, times: roll.int(1, 2) },
    ]);
  });

/** A rule or promotion with some words more. */
export function withWords<R extends RuleBeyond & { where?: Where; when?: When }>(roll: Dice, rule: R): R {
  return {
    ...rule,
    ...(roll.chance(0.3) ? { where: { ...rule.where, ...newWhere(roll) } } : {}),
    ...(roll.chance(0.5) ? { when: { ...rule.when, ...whenOfOrder(roll) } } : {}),
    ...maybe(roll, 0.45, 'limits', () => newLimits(roll)),
  };
}

const expiryOf = (roll: Dice): Expiry =>
  roll.pick<Expiry>([
    { kind: 'none' },
    { kind: 'days', days: 15 },
    { kind: 'inactivity', days: 25 },
    { kind: 'period-end', months: 0, period: 'month', slides: true },
  ]);

const cardOf = (roll: Dice, card: StampCard): StampCard => {
  const start = roll.pick([0, 0, 1]);
  const needs = card.needs + start;
  return {
    ...card,
    needs,
    ...(start > 0 ? { start } : {}),
    ...(start > 0 && roll.chance(0.5) ? { startOn: 'first-card' as const } : {}),
    ...maybe(roll, 0.3, 'maxPerDay', () => roll.int(1, 2)),
    ...maybe(roll, 0.3, 'idleDays', () => roll.pick([5, 30])),
    ...maybe(roll, 0.3, 'bonus', () => [
      { id: 'twice', factor: 2, when: roll.chance(0.5) ? newWhen(roll) : { weekdays: ['sat', 'sun'] } },
      { id: 'thrice', factor: 3, when: newWhen(roll) },
    ]),
    ...(needs - start > 1 && roll.chance(0.4)
      ? { steps: [{ at: start + 1, pays: { ...card.pays, gives: roll.int(1, 5) } }] }
      : {}),
  };
};

export const DEEDS: DeedRule[] = [
  { id: 'cup', kind: 'event', gives: 3, limits: { day: 1, points: { month: 7 } } },
  { id: 'walk', kind: 'event', gives: 2, limits: { week: 2, lifetime: 4 }, from: '2026-02-01T00:00' },
  { id: 'door', kind: 'check-in', gives: 4, codes: ['DOOR-2026'], limits: { day: 1, month: 3 } },
  { id: 'poll', kind: 'survey', gives: 6, questions: [{ id: 'q', text: 'Why?' }] },
  { id: 'shout', kind: 'social', gives: 1, url: 'https://social.test/', on: true },
  { id: 'mine', kind: 'own-day', limits: { month: 1 } },
];

const newGoals = (roll: Dice, units: string[]): Goal[] =>
  Array.from({ length: roll.pick([1, 1, 2]) }, (_, index): Goal => {
    const counts = roll.pick<Goal['counts']>([
      { kind: 'orders' },
      { kind: 'orders', min: 2000 },
      { kind: 'spend' },
      { kind: 'items', where: { categories: ['coffee'] } },
      { kind: 'visits' },
      { kind: 'deeds' },
      { kind: 'reviews' },
      { kind: 'referrals' },
      { kind: 'years' },
    ]);
    const within = roll.pick<NonNullable<Goal['within']>>([
      { kind: 'lifetime' },
      { kind: 'dates', from: '2026-02-01', to: '2026-06-30' },
      { kind: 'joining', days: 60 },
      { kind: 'rolling', days: 20 },
      { kind: 'each', period: roll.pick(['week', 'month', 'year'] as const) },
      { kind: 'streak', period: roll.pick(['week', 'month'] as const) },
    ]);
    const needs = counts.kind === 'spend' && within.kind !== 'streak' ? 6000 : roll.int(1, 3);
    const gives = roll.int(0, 20);
    const badge = gives === 0 || roll.chance(0.4) ? { badge: `Badge ${index}` } : {};
    return {
      id: `goal-${index}`,
      counts,
      within,
      needs,
      gives,
      every: roll.chance(0.5),
      unit: roll.pick(units),
      ...badge,
      ...asking(roll),
      ...maybeInAll(roll),
    };
  });

const causeOf = (roll: Dice, units: string[]): Reward => ({
  ...{ id: 'cause', kind: 'donation', unit: roll.pick(units), points: roll.int(1, 20), cause: 'wood', gives: 100 },
});

const PERKS: Perk[] = [
  { kind: 'free-shipping', minCart: 2500 },
  { kind: 'percent', percent: '5' },
  { kind: 'access', id: 'sale', hours: 24 },
  { kind: 'access', id: 'sale', hours: 30 * 24 },
];

const promotionOf = (roll: Dice, promotion: Promotion): Promotion => ({
  ...withWords(roll, promotion),
  ...maybe(roll, 0.1, 'paused', () => true),
  ...maybe(roll, 0.25, 'group', () => roll.pick(['g', 'h'])),
});

/** The rules of a program, or the keys of a publication, with words beyond the format. */
export function beyond(roll: Dice, program: Partial<Program>, units: string[]): Partial<Program> {
  const { earning, promotions, tiers, stamps, membership, joining, birthday, reviews, referral, rewards } = program;
  const terms = (probability: number) => maybe(roll, probability, 'expiry', () => expiryOf(roll));
  const byLevel =
    tiers?.basis === 'points' ? {} : maybe(roll, 0.5, 'givesByTier', () => ({ gold: roll.int(20, 40), silver: 15 }));
  const ends = membership && maybe(roll, 0.5, 'onReturn', () => 'end' as const);
  const shortens = membership && maybe(roll, 0.5, 'onPartialReturn', () => 'pro-rata' as const);
  return {
    ...program,
    ...(earning
      ? {
          earning: [...earning, ...maybeWaived(roll, units)].map((rule) =>
            roll.chance(0.5) ? withWords(roll, rule) : rule,
          ),
        }
      : {}),
    ...(promotions ? { promotions: promotions.map((one) => promotionOf(roll, one)) } : {}),
    ...(stamps ? { stamps: stamps.map((card) => (roll.chance(0.7) ? cardOf(roll, card) : card)) } : {}),
    ...(tiers ? { tiers: tiersOf(roll, tiers) } : {}),
    ...(membership ? { membership: { ...membership, ...ends, ...shortens, perks: roll.some(PERKS, 0.3) } } : {}),
    ...(joining
      ? { joining: { ...joining, ...terms(0.3), ...maybe(roll, 0.2, 'when', () => ({ referred: roll.chance(0.5) })) } }
      : {}),
    ...(birthday ? { birthday: { ...birthday, ...terms(0.3), ...byLevel, ...asking(roll) } } : {}),
    ...(reviews
      ? {
          reviews: {
            ...reviews,
            ...terms(0.3),
            ...counting(roll),
            ...asking(roll),
            ...maybe(roll, 0.3, 'where', () => reviewed(roll)),
          },
        }
      : {}),
    ...(referral ? { referral: { ...referral, ...terms(0.3), ...counting(roll), ...sides(roll) } } : {}),
    ...maybe(roll, 0.6, 'deeds', () =>
      roll.some(DEEDS, 0.7).map((deed) => ({ ...deed, unit: roll.pick(units), ...asking(roll), ...maybeInAll(roll) })),
    ),
    ...maybe(roll, 0.25, 'sharedLimits', () => [newShared(roll, units)]),
    ...maybe(roll, 0.3, 'openings', () => newOpenings(roll)),
    ...maybe(roll, 0.6, 'household', () => ({ size: 3 })),
    ...maybe(roll, 0.4, 'goals', () => newGoals(roll, units)),
    ...maybe(roll, 0.5, 'sending', () => newSending(roll, units)),
    ...maybe(roll, 0.3, 'allowances', () => newAllowances(roll, units)),
    ...maybe(roll, 0.4, 'converts', () => newConversions(roll, units)),
    ...(rewards ? { rewards: [...rewards, causeOf(roll, units)] } : {}),
  };
}

function tiersOf(roll: Dice, tiers: NonNullable<Program['tiers']>): NonNullable<Program['tiers']> {
  const referrals = roll.chance(0.2);
  const [lowest, ...higher] = tiers.levels;
  const first = lowest && { ...lowest, ...maybe(roll, 0.3, 'perks', () => roll.some(PERKS, 0.5)) };
  const step = referrals ? 1 : (higher[0]?.enter ?? 1);
  const levels = higher.map((level, i) => ({
    ...level,
    enter: step * (i + 1),
    keep: Math.ceil(step / 2) * (i + 1),
    ...maybe(roll, 0.4, 'reenter', () => Math.max(Math.ceil(step / 2), step * roll.pick([1, 2])) * (i + 1)),
    ...maybe(roll, 0.3, 'perks', () => roll.some(PERKS, 0.5)),
  }));
  const window = roll.chance(0.4)
    ? roll.pick<Tiers['window']>([
        { kind: 'program-year', from: roll.pick(['04-01', '02-29']) },
        { kind: 'member-year' },
      ])
    : tiers.window;
  return {
    ...tiers,
    window,
    levels: first ? [first, ...levels] : levels,
    ...(referrals ? { basis: 'referrals' } : {}),
    ...maybe(roll, 0.3, 'downgradeEach', () => roll.pick(['month', 'month', 'quarter', 'year'] as const)),
  };
}

/** Terms by level, on units that end; days from which what orders gave is final. */
export const unitsBeyond = (roll: Dice, units: Program['units']): Program['units'] =>
  Object.fromEntries(
    Object.entries(units).map(([name, unit]) => [
      name,
      {
        ...unit,
        ...maybe(roll, 0.3, 'expiryByTier', () => ({ gold: expiryOf(roll), silver: expiryOf(roll) })),
        ...maybe(roll, 0.2, 'finalOn', () => roll.pick([1, 5, 28])),
      },
    ]),
  );
