import { describe, expect, test } from '@jest/globals';
import { historyView } from '../../src/http/storefront/history-view.js';
import { programView } from '../../src/http/storefront/program-view.js';
import { spokenIn } from '../../src/http/storefront/spoken.js';
import { limitSentence, promiseSentence } from '../../src/http/storefront/words.js';
import type { HistoryRow } from '../../src/loyalty/read-history.js';
import { programFile } from '../../src/programs/program-file.js';
import { locales, type Locale } from '../../src/rules/sentences.js';

/** A program that has no points at all: beans, and stamps on cards. */
const FILE = programFile.parse({
  tallymark: 1,
  name: 'Bean Club',
  names: {
    units: {
      bean: {
        symbol: '☕',
        en: '{n, plural, one {# bean} other {# beans}}',
        nl: '{n, plural, one {# boon} other {# bonen}}',
        nb: '{n, plural, one {# bønne} other {# bønner}}',
        pl: '{n, plural, one {# ziarenko} few {# ziarenka} many {# ziarenek} other {# ziarenka}}',
      },
      stamp: { en: '★ {n}', nl: '★ {n}', nb: '★ {n}', pl: '★ {n}' },
    },
    rules: {
      base: { en: 'Every cup', nl: 'Elke kop', nb: 'Hver kopp', pl: 'Każda kawa' },
      quiet: { en: 'Quiet hours', nl: 'Rustige uren', nb: 'Rolige timer', pl: 'Spokojne godziny' },
      lunch: { en: 'A lunch', nl: 'Een lunch', nb: 'En lunsj', pl: 'Lunch' },
    },
  },
  rules: {
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    units: { bean: {}, stamp: {}, cashback: {} },
    earning: [{ id: 'base', kind: 'rate', unit: 'bean', points: 2, per: 100 }],
    promotions: [{ id: 'quiet', unit: 'bean', factor: 2, when: { hours: { from: '14:00', to: '16:00' } } }],
    stamps: [{ id: 'card', per: 'order', needs: 10, pays: { unit: 'stamp', gives: 1 } }],
    rewards: [
      { id: 'lunch', kind: 'product', unit: 'bean', points: 5 },
      { id: 'slide', kind: 'slider', unit: 'bean', step: 5, off: 100, share: '1/2' },
    ],
  },
});

const ORDER: HistoryRow = {
  order_lines: null,
  id: '1',
  at: new Date(0),
  unit: 'bean',
  cause: 'order:1/1001',
  kind: 'earn',
  points: '5',
  balance_after: '5',
  reason: 'earned',
  rule_version: 1,
  explanation: {
    because: [
      { rule: 'base', kind: 'rate', unit: 'bean', exact: '53/10', figures: { base: '265', points: '2', per: '100' } },
    ],
    lines: { bean: { '1': '5' } },
    extra: {},
    promotions: {},
    missed: [{ id: 'quiet', why: 'hours' }],
  },
  order_name: '#1001',
  said: null,
  rule: null,
  other: null,
  earner: null,
  earner_code: null,
};

const SAID: Record<Locale, object> = {
  en: {
    forms: { one: 'bean', other: 'beans' },
    reward: 'A lunch',
    slider: '€1.00 off for each 5 beans',
    promise: 'This order earns 6 beans.',
    nothing: 'Nothing in this cart earns beans.',
    share: 'Up to 5 beans (€1.00): beans pay for at most 50% of an order.',
    stranger: 'Join to use beans.',
    parts: ['€2.65 at 2 beans per €1.00: 5.3', 'Rounded down to 5 beans'],
    missed: 'Quiet hours: not at this hour',
    owed: 'Order #1001: its beans were used already, owed',
  },
  nl: {
    forms: { one: 'boon', other: 'bonen' },
    reward: 'Een lunch',
    slider: '€ 1,00 korting per 5 bonen',
    promise: 'Met deze bestelling spaar je 6 bonen.',
    nothing: 'Niets in deze winkelwagen levert bonen op.',
    share: 'Maximaal 5 bonen (€ 1,00): bonen betalen hooguit 50% van een bestelling.',
    stranger: 'Word lid om bonen in te wisselen.',
    parts: ['€ 2,65, 2 bonen per € 1,00: 5,3', 'Afgerond naar beneden: 5 bonen'],
    missed: 'Rustige uren: niet op dit uur',
    owed: 'Bestelling #1001: bonen waren al ingewisseld, nog te verrekenen',
  },
  nb: {
    forms: { one: 'bønne', other: 'bønner' },
    reward: 'En lunsj',
    slider: '1,00 € i rabatt per 5 bønner',
    promise: 'Denne bestillingen gir 6 bønner.',
    nothing: 'Ingenting i denne handlekurven gir bønner.',
    share: 'Opptil 5 bønner (1,00 €): bønner dekker høyst 50 % av en bestilling.',
    stranger: 'Bli med for å bruke bønner.',
    parts: ['2,65 €, 2 bønner per 1,00 €: 5,3', 'Avrundet ned: 5 bønner'],
    missed: 'Rolige timer: ikke på dette klokkeslettet',
    owed: 'Bestilling #1001: bønner var allerede brukt, skal trekkes',
  },
  pl: {
    forms: { one: 'ziarenko', few: 'ziarenka', many: 'ziarenek', other: 'ziarenka' },
    reward: 'Lunch',
    slider: 'Rabat 1,00 € za 5 ziarenek',
    promise: 'Za to zamówienie: +6 ziarenek.',
    nothing: 'Za ten koszyk: 0 ziarenek.',
    share: 'Najwyżej: 5 ziarenek (1,00 €). Tak można pokryć do 50% wartości zamówienia.',
    stranger: 'Dołącz, aby z tego skorzystać.',
    parts: ['2,65 €, 2 ziarenka za 1,00 €: 5,3', 'Zaokrąglono w dół: 5 ziarenek'],
    missed: 'Spokojne godziny: nie o tej godzinie',
    owed: 'Zamówienie #1001: ziarenka już wykorzystane, do rozliczenia',
  },
};

/** What is said of the program, its spaces that do not break as plain ones. */
function said(locale: Locale): object {
  const spoken = spokenIn(FILE, locale);
  const { units, rewards } = programView(spoken);
  const [lunch, slide] = rewards;
  const slider = FILE.rules.rewards[1]!;
  const limit = (binding: string, points: bigint) =>
    limitSentence(spoken, slider, { points, off: 100, binding } as never, 5n);
  const [line] = historyView(spoken, [ORDER]).lines;
  const [owed] = historyView(spoken, [{ ...ORDER, kind: 'owe', explanation: null }]).lines;
  const all = {
    forms: units['bean']?.forms,
    reward: lunch?.title,
    slider: slide?.title,
    promise: promiseSentence(spoken, { bean: 6n }),
    nothing: promiseSentence(spoken, {}),
    share: limit('share', 5n),
    stranger: limit('not-a-member', 0n),
    parts: line?.parts.map(({ sentence }) => sentence),
    missed: line?.missed[0]?.sentence,
    owed: owed?.sentence,
  };
  return JSON.parse(JSON.stringify(all).replace(/[\u00a0\u202f]/g, ' ')) as object;
}

describe('T13: the limit that is named is the one that binds', () => {
  test.each<[Locale, string]>([
    ['en', 'Up to 5 beans (€1.00): they are used in steps of 5 beans.'],
    ['nl', 'Maximaal 5 bonen (€ 1,00): inwisselen gaat in stappen van 5 bonen.'],
    ['nb', 'Opptil 5 bønner (1,00 €): du bruker dem i trinn på 5 bønner.'],
    ['pl', 'Najwyżej: 5 ziarenek (1,00 €). Możliwe są tylko wielokrotności (krok: 5 ziarenek).'],
  ])('what is left of a balance beneath a step: not "that is your balance", in %s', (locale, said) => {
    const slider = FILE.rules.rewards[1]!;
    const most = { points: 5n, off: 100, binding: 'balance' } as never;
    const sentence = limitSentence(spokenIn(FILE, locale), slider, most, 8n);
    expect(sentence.replace(/[\u00a0\u202f]/g, ' ')).toBe(said);
  });

  test('a balance that is used up whole is named', () => {
    const most = { points: 5n, off: 100, binding: 'balance' } as never;
    expect(limitSentence(spokenIn(FILE, 'en'), FILE.rules.rewards[1]!, most, 5n)).toMatch(/that is your balance/);
  });
});

describe('T1: points that come back from a reward', () => {
  test.each(locales)(
    'may come from an order that was refunded: no line says only that it was not used, in %s',
    (locale) => {
      const row = { ...ORDER, cause: 'redemption:1', kind: 'give-back', explanation: null } as typeof ORDER;
      const [line] = historyView(spokenIn(FILE, locale), [row]).lines;
      expect(line?.sentence).toMatch(/refunded|terugbetaald|refundert|zwróconego/);
    },
  );
});

describe('B10: a program speaks its own names of units, in every language', () => {
  test.each(locales)('everything that the storefront says, in %s', (locale) => {
    expect(said(locale)).toEqual(SAID[locale]);
  });

  test('its symbol goes with the name; a name that holds its figure says where; cashback is an amount of money', () => {
    expect(programView(spokenIn(FILE, 'en')).units).toEqual({
      bean: { forms: { one: 'bean', other: 'beans' }, symbol: '☕', amount: null },
      stamp: { forms: { one: '★ #', other: '★ #' }, symbol: null, amount: null },
      cashback: { forms: {}, symbol: null, amount: { currency: 'EUR', exponent: 2 } },
    });
  });

  test('a unit without a name of its own is called by its id, points as points', () => {
    const plain = programFile.parse({
      ...FILE,
      names: undefined,
      rules: { ...FILE.rules, units: { points: {}, bean: {} } },
    });
    const { units } = programView(spokenIn(plain, 'pl'));
    expect(units['points']?.forms).toEqual({ one: 'punkt', few: 'punkty', many: 'punktów', other: 'punktu' });
    expect(units['bean']?.forms).toEqual({ one: 'bean', few: 'bean', many: 'bean', other: 'bean' });
  });
});
