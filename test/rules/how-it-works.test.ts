import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { howItWorks, SECTIONS, sectionTitle } from '../../src/rules/how-it-works/index.js';
import { programRules } from '../../src/rules/program-rules.js';
import { locales, type Wording } from '../../src/rules/sentences.js';
import { slotsOf } from './schema-slots.js';

/** The smallest program in which a word of the schema can be heard, by the path of the object that it stands in (and its kind). */
const HEARD_IN: Record<string, object> = {
  '': { units: { points: {} }, zone: 'Europe/Oslo' },
  'promotions[]': { factor: '2' },
  'tiers.levels[]': { id: 'gold', enter: 500, multiplier: '3/2' },
  tiers: { window: { kind: 'calendar-year' } },
  'stamps[]': { per: 'amount', every: 700, needs: 20 },
  'converts[]': { id: 'note', every: 100, pays: { unit: 'points', gives: 1 }, when: 'at-once', onReturn: 'stays' },
  'goals[]': { gives: 100 },
  'deeds[]': { gives: 5 },
  'deeds[] social': { on: true },
  'birthday.when.balance': { max: 700 },
  'earning[].when.balance': { max: 700 },
  'leaderboards[]': { by: 'points', period: 'season' },
  'goals[].within dates': { from: '2026-03-02' },
};

/** Words that need others beside them to be heard. */
const BESIDE: Record<string, object> = {
  'stacking.promotions': {
    promotions: [
      { id: 'one', factor: 2 },
      { id: 'two', factor: 3 },
    ],
  },
  'stacking.tier': {
    promotions: [{ id: 'one', factor: 2 }],
    tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'gold', multiplier: 2 }] },
  },
};
const FIRST: Record<string, object> = { 'tiers.levels': { id: 'everybody' } };
const INSTEAD: Record<string, object> = {
  'tiers.unit': { basis: 'points' },
  'tiers.levels[].reenter': { keep: 0 },
  'converts[].atMost': { when: 'month-end' },
  'converts[].onLapse': { when: 'month-end' },
  'stamps[].startOn': { start: 2 },
  'goals[].gives': { badge: 'alpha' },
};

/** What a shopper does not read, and why. */
const UNSAID: Record<string, string> = {
  zone: 'the shop’s own clock: what differs from it says so',
  'money.code': 'stands in every amount',
  'money.exponent': 'stands in every amount',
  'deeds[].codes[]': 'whoever is there reads it there',
  'deeds[].questions[]': 'asked when they are answered',
  'deeds[].url': 'the link itself says where it leads',
  'rewards[].what': 'the reward’s name says it where there is one; the next test hears it where there is none',
  currencies: 'the shop’s bookkeeping: amounts are said in the program’s money',
};

const rulesWith = (more: object) =>
  programRules.parse({ zone: 'Europe/Oslo', money: { code: 'EUR', exponent: 2 }, units: { points: {} }, ...more });
const wordings = locales.map((locale): Wording => ({ locale, money: { code: 'EUR', exponent: 2 } }));
const told = (rules: z.infer<typeof programRules>, wording: Wording): string[] =>
  howItWorks(rules, wording, (_, id) => `N${id}`).map(({ sentence }) => sentence);

describe('T15, D13: how it works, told by the rules', () => {
  const slots = slotsOf(z.toJSONSchema(programRules, { io: 'input' }), {
    heardIn: HEARD_IN,
    first: FIRST,
    instead: INSTEAD,
  }).filter(({ path }) => !Object.keys(UNSAID).some((unsaid) => path === unsaid || path.startsWith(`${unsaid}.`)));

  test.each(locales)('no word of the schema is without its sentence in %s: another value is another text', (locale) => {
    const wording: Wording = { locale, money: { code: 'EUR', exponent: 2 } };
    const unheard = slots.filter(({ path, rules }) => {
      const different = new Map(
        rules.map((one) => rulesWith({ ...one, ...BESIDE[path] })).map((parsed) => [JSON.stringify(parsed), parsed]),
      );
      const texts = new Set([...different.values()].map((parsed) => told(parsed, wording).join('\n')));
      return texts.size !== different.size;
    });
    expect(unheard.map(({ path }) => path)).toEqual([]);
  });

  test.each(locales)(
    'what staff hand out is said in the owner’s words where it has no name of its own, in %s',
    (locale) => {
      const rules = rulesWith({ rewards: [{ id: 'r', kind: 'by-hand', points: 5, what: 'a barista workshop' }] });
      const said = howItWorks(rules, { locale, money: { code: 'EUR', exponent: 2 } });
      expect(said.map(({ sentence }) => sentence).join(' ')).toContain('a barista workshop');
      const nameOf = () => 'Tasting';
      const named = howItWorks(rules, { locale, money: { code: 'EUR', exponent: 2 } }, nameOf);
      expect(named.find(({ id }) => id === 'r')?.sentence.match(/Tasting|barista/g)).toEqual(['Tasting']);
    },
  );

  test('every sentence of every kind is whole: no placeholder, no double blank, a capital and one full stop', () => {
    const sentences = new Set<string>();
    for (const { path, rules } of slots) {
      for (const more of rules) {
        const parsed = rulesWith({ ...more, ...BESIDE[path] });
        for (const wording of wordings) for (const sentence of told(parsed, wording)) sentences.add(sentence);
      }
    }
    expect(sentences.size).toBeGreaterThan(500);
    const broken = [...sentences].filter(
      (sentence) =>
        /[{}]|undefined|NaN|null| {2}| ,|,,|\.\.|:\.$/.test(sentence) || !/^[^a-zæøåąćęłńóśźż].*\.$/.test(sentence),
    );
    expect(broken).toEqual([]);
  });

  test('every part of the page has its title in four languages', () => {
    for (const section of SECTIONS) {
      expect(new Set(wordings.map((wording) => sectionTitle(section, wording))).size).toBeGreaterThan(1);
    }
  });
});

describe('T15: until when', () => {
  const said = (to: string) => {
    const rules = rulesWith({ promotions: [{ id: 'weekend', factor: 2, when: { from: '2026-11-28T00:00', to } }] });
    return wordings.map((wording) =>
      told(rules, wording)
        .find((text) => text.includes('28'))
        ?.replace(/^.*?, /, ''),
    );
  };

  test('an end at midnight is said by the last day that counts', () => {
    const ends = Object.fromEntries(locales.map((locale, at) => [locale, said('2026-11-30T00:00')[at]]));
    expect(ends).toEqual({
      en: 'from 28 November 2026, until the end of 29 November 2026.',
      nl: 'vanaf 28 november 2026, tot en met 29 november 2026.',
      nb: 'fra 28. november 2026, til og med 29. november 2026.',
      pl: 'od 28 listopada 2026, do 29 listopada 2026 włącznie.',
    });
  });

  test('over the end of a year; and an end within a day by its hour', () => {
    expect(said('2027-01-01T00:00')[locales.indexOf('en')]).toMatch(/until the end of 31 December 2026/);
    expect(said('2026-11-29T18:00')[locales.indexOf('en')]).toMatch(/until 29 November 2026, 18:00/);
  });
});
