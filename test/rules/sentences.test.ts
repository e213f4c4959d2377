import { describe, expect, test } from '@jest/globals';
import { missedNames } from '../../src/rules/conditions/index.js';
import { earningKinds } from '../../src/rules/earning/index.js';
import { en } from '../../src/rules/locales/en.js';
import { earningRule } from '../../src/rules/program-rules.js';
import {
  catalogues,
  countUnit,
  decisionText,
  limitText,
  locales,
  localeOf,
  ruleText,
  sentence,
} from '../../src/rules/sentences.js';
import type { SentenceKey } from '../../src/rules/locales/en.js';

const REASONS = [
  ...[
    'guest',
    'not-a-member',
    'test-order',
    'excluded',
    'before-start',
    'program-ended',
    'before-joining',
    'currency',
    'cancelled',
  ],
  ...[
    'refunded',
    'not-paid',
    'not-fulfilled',
    'disputed',
    'waiting',
    'earned',
    'zero-base',
    'rounds-to-zero',
    'no-rule',
  ],
  ...['not-approved', 'once-per-product', 'already-referred', 'not-new', 'self-referral', 'no-order', 'below-minimum'],
  ...[
    'in-return-window',
    'merged',
    'limit',
    'shared-limit',
    'all-taken',
    'condition',
    'too-early',
    'too-late',
    'off',
    'goal-lost',
  ],
];
const LIMITS = [
  ...[
    'balance',
    'max',
    'share',
    'cart',
    'step',
    'min',
    'minCart',
    'tiers',
    'not-a-member',
    'program-ended',
    'no-reward',
  ],
];
const EUR = { code: 'EUR', exponent: 2 };

describe('D13: every reason, limit and rule in plain words, in four languages', () => {
  const wanted = [
    ...REASONS.map((reason) => `reason.${reason}`),
    ...missedNames.map((why) => `missed.${why}`),
    ...LIMITS.map((limit) => `limit.${limit}`),
    ...earningKinds.flatMap((kind) => [`rule.${kind}`]),
    ...['limit.none', 'none', 'unit.points'],
  ];

  test.each(locales)('%s says them all, and nothing else', (locale) => {
    expect(Object.keys(catalogues[locale]).sort()).toEqual([...new Set(wanted)].sort());
    for (const key of Object.keys(en) as SentenceKey[]) {
      const values = {
        n: 2,
        pts: 'P',
        order: '1001',
        reason: 'R',
        money: 'M',
        base: 'B',
        amount: 'A',
        factor: '2',
        name: 'N',
      };
      const said = sentence(locale, key, values);
      expect(said.length).toBeGreaterThan(0);
      expect(said).not.toMatch(/[{}]/);
    }
  });

  test('plurals are right in all four', () => {
    const count = (locale: (typeof locales)[number], ns: number[]): string[] =>
      ns.map((n) => countUnit({ locale, money: EUR }, 'points', n));
    expect(count('en', [0, 1, 2])).toEqual(['0 points', '1 point', '2 points']);
    expect(count('nl', [1, 5])).toEqual(['1 punt', '5 punten']);
    expect(count('nb', [1, 5])).toEqual(['1 poeng', '5 poeng']);
    expect(count('pl', [1, 2, 5, 12, 22, 1.5])).toEqual([
      ...['1 punkt', '2 punkty', '5 punktów', '12 punktów', '22 punkty', '1,5 punktu'],
    ]);
  });

  test('a rule, a decision and a limit as sentences', () => {
    const wording = { locale: 'en', money: EUR } as const;
    const rule = earningRule.parse({ id: 'base', kind: 'rate', points: '1', per: 100 });
    expect(ruleText(wording, rule)).toBe('1 point for every €1.00 spent.');
    const none = { lines: {}, extra: {}, missed: [], promotions: {}, because: [], version: 1 };
    expect(decisionText(wording, { ...none, reason: 'earned', gives: { points: 48n } }, '1001')).toBe(
      '48 points for order 1001',
    );
    expect(decisionText({ ...wording, locale: 'nl' }, { ...none, reason: 'cancelled', gives: {} }, '1001')).toBe(
      'Geen punten voor bestelling 1001: de bestelling is geannuleerd.',
    );
    expect(limitText(wording, 'points', { points: 150n, off: 1500, binding: 'share' })).toBe(
      'You can use up to 150 points here: points pay for only part of an order.',
    );
  });

  test('whoever asks in another language is answered in English, Norwegians of either kind in bokmål', () => {
    expect(['nl-BE', 'no', 'nn-NO', 'pl', 'fr', null].map(localeOf)).toEqual(['nl', 'nb', 'nb', 'pl', 'en', 'en']);
  });
});
