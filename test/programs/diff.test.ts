import { describe, expect, test } from '@jest/globals';
import { changesInWords, vocabularies } from '../../src/programs/diff/changes-in-words.js';
import { programFileSchema, type JsonSchema } from '../../src/programs/json-schema.js';
import type { Locale } from '../../src/rules/sentences.js';
import { aProgram } from './programs.js';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const changes = (before: object, after: object, locale: Locale = 'en') =>
  changesInWords(aProgram({ rules: before }), aProgram({ rules: after }), locale).map(plain);
const base = { id: 'base', kind: 'rate', points: 1, per: 100 };

describe('T14: what changes is said in plain words', () => {
  test('the same program, written in another way: nothing', () => {
    expect(changes({ earning: [base] }, { earning: [{ ...base, points: '2/2', unit: 'points' }] })).toEqual([]);
  });

  test.each<[Locale, string[]]>([
    [
      'en',
      ['Earning rule “base”, points: was 1, becomes 1.5.', 'Earning rule “base”, for each: was €1.00, becomes €2.00.'],
    ],
    ['nl', ['Spaarregel “base”, punten: was 1, wordt 1,5.', 'Spaarregel “base”, voor elke: was € 1,00, wordt € 2,00.']],
    [
      'nb',
      [
        'Opptjeningsregel «base», poeng: var 1, blir 1,5.',
        'Opptjeningsregel «base», for hver: var 1,00 €, blir 2,00 €.',
      ],
    ],
    [
      'pl',
      [
        'Reguła naliczania „base”, punkty: było 1, będzie 1,5.',
        'Reguła naliczania „base”, za każde: było 1,00 €, będzie 2,00 €.',
      ],
    ],
  ])('a rate, in %s: money and fractions as people read them', (locale, said) => {
    expect(changes({ earning: [base] }, { earning: [{ ...base, points: '3/2', per: 200 }] }, locale)).toEqual(said);
  });

  test('a default that is left is what it goes without saying', () => {
    expect(changes({}, { moment: 'paid', starts: '2026-04-01' })).toEqual([
      'Rules are those of the moment when the order is: was placed, becomes paid.',
      'New: start of the program (1 April 2026).',
    ]);
  });

  test('what is new, what goes, what stands in another order', () => {
    const double = {
      id: 'double',
      factor: 2,
      when: { weekdays: ['sat', 'sun'], dates: { from: '2026-05-01', to: '2026-05-31' } },
    };
    const gift = { id: 'gift', kind: 'fixed', gives: 5 };
    expect(changes({ earning: [base, gift] }, { earning: [gift, base], promotions: [double], rewards: [] })).toEqual([
      'Earning rules: the order becomes gift, base.',
      'New: promotion “double” (points times: 2; only when: dates: from: 1 May 2026; to: 31 May 2026; weekdays: Saturday, Sunday).',
      'Gone: reward “five” (an amount off; points: 50; takes off: €5.00).',
    ]);
  });

  test('another kind of the same thing is told whole', () => {
    const points = (expiry: object) => ({ units: { points: { expiry } } });
    expect(changes(points({ kind: 'days', days: 365 }), points({ kind: 'yearly', monthDay: '12-31' }))).toEqual([
      'Unit “points”, how long points live: was days after earning; days: 365, becomes to a day of each year; day of the year: 31 December.',
    ]);
    expect(changes(points({ kind: 'none' }), points({ kind: 'days', days: 365 }))).toEqual([
      'Unit “points”, how long points live: was for ever, becomes days after earning; days: 365.',
    ]);
  });

  test('T14: what levels and goals ask for is money where spending is counted, and a goal is filled by no stamps', () => {
    const asking = (enter: number, needs: number, basis: string) => ({
      tiers: { basis, window: { kind: 'lifetime' }, levels: [{ id: 'all' }, { id: 'gold', enter }] },
      goals: [{ id: 'big', counts: { kind: basis }, needs, gives: 5 }],
      converts: [{ id: 'note', every: 100, pays: { gives: enter }, when: 'month-end', onReturn: 'stays' }],
    });
    expect(changes(asking(35_000, 5_000, 'spend'), asking(40_000, 7_500, 'spend'))).toEqual([
      'Tier “gold”, to enter: was €350.00, becomes €400.00.',
      'Conversion “note”, becomes, gives: was 35,000, becomes 40,000.',
      'Goal “big”, how much it takes: was €50.00, becomes €75.00.',
    ]);
    expect(changes(asking(10, 5, 'orders'), asking(12, 7, 'orders'))).toEqual([
      'Tier “gold”, to enter: was 10, becomes 12.',
      'Conversion “note”, becomes, gives: was 10, becomes 12.',
      'Goal “big”, how much it takes: was 5, becomes 7.',
    ]);
    expect(changes({}, { goals: asking(1, 7_500, 'spend').goals })).toEqual([
      'New: goal “big” (counts: money spent; how much it takes: €75.00; gives: 5).',
    ]);
  });

  test('a part that is wholly new says each of its things by name', () => {
    const tiers = {
      basis: 'spend',
      window: { kind: 'calendar-year' },
      levels: [
        { id: 'all' },
        { id: 'gold', enter: 25_000, multiplier: '3/2', perks: [{ kind: 'access', id: 'rail', hours: 24 }] },
      ],
    };
    const said = [
      'New: tiers (what lifts a member: money spent; over: a calendar year).',
      'New: tier “all”.',
      'New: tier “gold” (to enter: €250.00; points times: 1.5; perks: “rail” (access; hours earlier: 24)).',
    ];
    expect(changes({}, { tiers })).toEqual(said);
    const allowances = [{ id: 'monthly', gives: 1, each: 'month' }];
    expect(changes({}, { allowances })).toEqual(['New: allowance “monthly” (gives: 1; how often: month).']);
    expect(changes({ allowances }, {})).toEqual(['Gone: allowance “monthly” (gives: 1; how often: month).']);
    expect(changes({ tiers }, {})).toEqual([
      `Gone: tiers (what lifts a member: money spent; over: a calendar year; tiers: “all”, ${'“gold” (to enter: €250.00; points times: 1.5; perks: “rail” (access; hours earlier: 24))'}).`,
    ]);
  });

  test('a unit’s name is said as people count it, each form once', () => {
    const beans = {
      en: '{n, plural, one {# bean} other {# beans}}',
      pl: '{n, plural, one {# ziarenko} few {# ziarenka} many {# ziarenek} other {# ziarenka}}',
      nl: '{n, plural, one {# boon',
    };
    const after = aProgram({ names: { units: { points: beans } } });
    expect(changesInWords(aProgram({}), after, 'en')).toEqual([
      'New: name of the unit “points” (in English: 1 bean, 2 beans; in Dutch: {n, plural, one {# boon; in Polish: 1 ziarenko, 2 ziarenka, 5 ziarenek).',
    ]);
  });

  test('names and examples', () => {
    const before = aProgram({ examples: [{ name: 'one', story: [{ kind: 'visit', day: '2026-03-02' }] }] });
    const after = aProgram({
      name: 'Bean club',
      names: { units: { points: { nl: '{n} bonen' } } },
      examples: [{ name: 'one', story: [{ kind: 'visit', day: '2026-03-03' }] }],
    });
    expect(changesInWords(before, after, 'en')).toEqual([
      'Name of the program: was Bean card, becomes Bean club.',
      'New: name of the unit “points” (in Dutch: {n} bonen).',
      'Example “one” is told differently.',
    ]);
  });
});

describe('T14: every word of the format has words', () => {
  const { rules, names } = programFileSchema.properties ?? {};
  const fields = new Set<string>();
  const values = new Set<string>();
  /** Names of fields, and of the values that a field may have; what is written as a figure needs none. */
  function collect(schema: JsonSchema | undefined, field: string): void {
    if (!schema) return;
    for (const one of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) collect(one, field);
    for (const one of schema.enum ?? []) values.add(`${field}.${String(one)}`);
    if (typeof schema.const === 'string') values.add(`${field}.${schema.const}`);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) {
      fields.add(name);
      collect(inner, name);
    }
    collect(schema.items, field);
    if (schema.additionalProperties) collect(schema.additionalProperties, field);
  }
  collect(rules, 'rules');
  collect(names, 'names');

  test.each(Object.entries(vocabularies))('%s', (_, words) => {
    expect([...fields].filter((name) => !Object.hasOwn(words, `label.${name}`))).toEqual([]);
    const nameless = [...values].filter(
      (value) => !Object.hasOwn(words, `value.${value}`) && !Object.hasOwn(words, `value.${value.split('.')[1]}`),
    );
    expect(nameless).toEqual([]);
    expect(Object.entries(words).filter(([, said]) => said.trim() === '')).toEqual([]);
  });
});
