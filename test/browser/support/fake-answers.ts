import type * as z from 'zod';
import type * as api from '../../../src/http/storefront/schemas.js';

/** Nasty text for every field that a shop or a shopper can write: none of it may ever run. */
export const PAYLOADS = [
  '<img src=x onerror="window.__xss=1">',
  '<script>window.__xss=1</script>',
  '"><svg onload=window.__xss=1>',
  "javascript:window.__xss=1//'",
  '{{constructor.constructor("window.__xss=1")()}}',
  '</style><iframe srcdoc="<script>parent.__xss=1</script>">',
];

type Program = z.infer<typeof api.programAnswer>;
type History = z.infer<typeof api.historyAnswer>;

export const eur = (minor: number) => ({ minor, currency: 'EUR', exponent: 2 });
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
    kind: 'earn',
    cause: { kind: 'order', id: '1/1041' },
    order: '#1041',
    sentence: 'No points for order 1041: under €10.00.',
    parts: [],
    missed: [{ rule: 'buy', sentence: 'It was €1.80 short of the €10.00 needed.' }],
    balanceAfter: '1136',
  },
];
