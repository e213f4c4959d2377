import type * as z from 'zod';
import type * as board from '../../../src/http/storefront/leaderboard-schemas.js';
import type * as api from '../../../src/http/storefront/schemas.js';
import { NASTY } from './nasty.js';

const AT_ONCE = 25;

/** All of them, so many at once in every field. */
export const PAYLOADS = Array.from({ length: Math.ceil(NASTY.length / AT_ONCE) }, (_, at) =>
  NASTY.slice(at * AT_ONCE, (at + 1) * AT_ONCE).join(' '),
);

type Program = z.infer<typeof api.programAnswer>;
type History = z.infer<typeof api.historyAnswer>;

export const eur = (minor: number) => ({ minor, currency: 'EUR', exponent: 2 });
/** Cashback: every 20 points become a euro in the platform's own purse. */
export const CREDIT: Program['rewards'][number] = {
  ...{ id: 'credit', kind: 'store-credit', unit: 'points', title: '€1.00 as store credit', points: '20' },
  ...{ off: null, percent: null, slider: { step: '20', min: '20', offPerStep: eur(100) }, left: null, stock: null },
};
const forms: Record<string, Record<string, string>> = {
  en: { one: 'bean', other: 'beans' },
  nl: { one: 'boon', other: 'bonen' },
  nb: { one: 'bønne', other: 'bønner' },
  pl: { one: 'ziarno', few: 'ziarna', many: 'ziaren', other: 'ziarna' },
};

export const program = (lang: string, nasty: string | null): Program => ({
  name: nasty ?? 'Bean Club',
  units: {
    points: {
      forms: lang === 'en' && nasty === null ? { one: 'point', other: 'points' } : (forms[lang] ?? {}),
      symbol: null,
      amount: null,
    },
  },
  earning: [
    { id: 'buy', sentence: nasty ?? '1 point for every €1.00 spent, after discounts, without shipping.' },
    { id: 'join', sentence: '50 points for joining.' },
    { id: 'review', sentence: '25 points for a review of something you bought.' },
    { id: 'birthday', sentence: '30 points on your birthday.' },
  ],
  joiningBonus: '50',
  referral: { advocate: '100', friend: '50', minOrder: eur(2500) },
  reviewBonus: '25',
  rewards: [
    {
      id: 'any',
      kind: 'slider',
      unit: 'points',
      title: nasty ?? 'Money off your order',
      points: null,
      off: null,
      percent: null,
      slider: { step: '20', min: '20', offPerStep: eur(100) },
      left: null,
      stock: null,
    },
    {
      id: 'five',
      kind: 'amount-off',
      unit: 'points',
      title: '€5.00 off',
      points: '100',
      off: eur(500),
      percent: null,
      slider: null,
      left: null,
      stock: null,
    },
    {
      id: 'ship',
      kind: 'free-shipping',
      unit: 'points',
      title: 'Free shipping',
      points: '80',
      off: null,
      percent: null,
      slider: null,
      left: null,
      stock: null,
    },
    {
      id: 'bag',
      kind: 'product',
      unit: 'points',
      title: 'A free bag of coffee',
      points: '1280',
      off: null,
      percent: null,
      slider: null,
      left: null,
      stock: null,
    },
  ],
  language: lang === 'nl' || lang === 'nb' || lang === 'pl' ? lang : 'en',
});

export const history = (nasty: string | null, now: number): History['lines'] => [
  {
    id: '3',
    at: new Date(now - 3_600_000).toISOString(),
    unit: 'points',
    points: '-16',
    kind: 'take-back',
    cause: { kind: 'order', id: '1/1042' },
    order: '#1042',
    sentence: nasty ?? 'Yirgacheffe 250 g came back, so 16 points went back too.',
    items: [],
    parts: [{ sentence: nasty ?? '1 of 3 bags: a third of each part', points: '-16', line: 'Yirgacheffe 250 g' }],
    missed: [],
    balanceAfter: '1240',
  },
  {
    id: '2',
    at: new Date(now - 20 * 86_400_000).toISOString(),
    unit: 'points',
    points: '120',
    kind: 'earn',
    cause: { kind: 'order', id: '1/1042' },
    order: '#1042',
    sentence: '120 points for order 1042',
    items: [
      { name: nasty ?? 'Yirgacheffe 250 g', quantity: 3, points: '110' },
      { name: null, quantity: 1, points: '10' },
    ],
    parts: [
      { sentence: '3 bags, €48.00: 1 point per €1.00', points: '48', line: null },
      { sentence: 'Gold, +50%', points: '24', line: null },
      { sentence: 'Double Saturday', points: '48', line: nasty },
    ],
    missed: [{ rule: 'ethiopia', sentence: nasty ?? 'Triple on Ethiopia: not in this order' }],
    balanceAfter: '1256',
  },
  {
    id: '1',
    at: new Date(now - 40 * 86_400_000).toISOString(),
    unit: 'points',
    points: '0',
    kind: 'none',
    cause: { kind: 'order', id: '1/1041' },
    order: '#1041',
    sentence: 'No points for order 1041: under €10.00.',
    items: [],
    parts: [],
    missed: [{ rule: 'buy', sentence: 'It was €1.80 short of the €10.00 needed.' }],
    balanceAfter: null,
  },
];

type Member = z.infer<typeof api.memberAnswer>;
type Standing = Pick<Member, 'tier' | 'ladder' | 'stamps' | 'membership' | 'perks' | 'goals' | 'badges' | 'donated'>;

/** A member who is somewhere in everything: a level, two cards, goals of every kind, some badges. */
export const standing = (nasty: string | null): Standing => ({
  tier: 'silver',
  ladder: {
    level: 'silver',
    levels: [
      { id: 'member', name: 'Member', enter: '0', perks: [] },
      { id: 'silver', name: nasty ?? 'Silver', enter: '20000', perks: [nasty ?? 'free shipping from €30.00'] },
      { id: 'gold', name: 'Gold', enter: '50000', perks: ['free shipping'] },
    ],
    have: '31200',
    needs: '50000',
    sentence: nasty ?? 'Spend €188.00 more by 31 December 2026 to reach Gold.',
    changes: [],
  },
  stamps: {
    coffee: {
      stamps: 7,
      needs: 10,
      filled: 1,
      name: nasty ?? 'Coffee card',
      sentence: nasty ?? '3 more stamps: 1 free coffee',
    },
    beans: { stamps: 1, needs: 5, filled: 0, name: null, sentence: '4 more stamps: 1 bag of beans' },
  },
  membership: { until: '2027-03-01T00:00:00.000Z' },
  perks: [],
  goals: [
    goal(
      'three',
      nasty ?? 'Three this month',
      'orders',
      2,
      3,
      nasty ?? '1 order to go, by 30 November 2026: 50 points',
      null,
    ),
    goal('spend', 'Big spender', 'spend', 31200, 100000, '€688.00 to go: the badge “Patron”', 'Patron'),
    goal('weeks', 'Four weeks on end', 'weeks', 3, 4, '1 week to go: 40 points', null),
    goal(
      'first',
      nasty ?? 'First ten',
      'orders',
      10,
      10,
      'Reached on 3 March 2026: the badge “Regular”',
      nasty ?? 'Regular',
    ),
    goal('critic', 'Critic', 'reviews', 0, 5, '5 reviews to go: the badge “Critic”', 'Critic'),
  ],
  badges: [{ goal: 'first', name: nasty ?? 'Regular', since: '2026-03-03T10:00:00.000Z' }],
  donated: nasty ?? 'Given in 2026: the food bank €2.14 and new trees €0.65.',
});

function goal(
  id: string,
  name: string,
  counts: string,
  have: number,
  needs: number,
  sentence: string,
  badge: string | null,
): Member['goals'][number] {
  const reached = have >= needs ? '2026-03-03T10:00:00.000Z' : null;
  const gives = { unit: 'points', points: '50' };
  return {
    id,
    name,
    counts,
    have: `${have}`,
    needs: `${needs}`,
    gives,
    badge,
    times: reached ? 1 : 0,
    reached,
    ends: null,
    sentence,
  };
}

export const activities = (nasty: string | null, answered: boolean): z.infer<typeof api.activitiesAnswer> => ({
  checkIn: true,
  ownDays: [],
  links: [{ id: 'insta', name: nasty ?? 'Our pictures', gives: { unit: 'points', points: '10' } }],
  surveys: [
    {
      id: 'taste',
      name: nasty ?? 'How do you drink it?',
      gives: { unit: 'points', points: '15' },
      answered,
      questions: [
        {
          id: 'milk',
          text: nasty ?? 'With milk?',
          options: [nasty ?? 'Always', 'Sometimes', 'Never'],
          upTo: 1,
          required: true,
        },
        { id: 'when', text: 'When?', options: ['Morning', 'Noon', 'Night'], upTo: 2, required: false },
        { id: 'why', text: nasty ?? 'Anything else?', options: null, upTo: 1, required: false },
      ],
    },
  ],
});

export const boards = (nasty: string | null, shownAs: string | null): z.infer<typeof board.leaderboardsAnswer> => ({
  shownAs,
  leaderboards: [
    {
      id: 'autumn',
      name: nasty ?? 'This autumn',
      by: 'points',
      unit: 'points',
      from: '2026-09-01T00:00:00.000Z',
      to: '2026-11-30T23:00:00.000Z',
      listed: 3,
      lines: [
        { rank: 1, name: nasty ?? 'Jo', score: '2120', you: false },
        { rank: 2, name: 'Kim', score: '1400', you: false },
        ...(shownAs === null ? [] : [{ rank: 3, name: shownAs, score: '1240', you: true }]),
      ],
      places: [],
    },
  ],
});
