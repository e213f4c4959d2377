import { describe, expect, test } from '@jest/globals';
import { namesOf } from '../../src/programs/speaker-of.js';
import { howItWorks } from '../../src/rules/how-it-works/index.js';
import { type Locale, locales } from '../../src/rules/sentences.js';
import { aProgram } from '../programs/programs.js';

/** T15: a page says what the rules do, and nothing of what they never do. */
function told(rules: object, locale: Locale = 'en', names: object = {}): Map<string, string> {
  const file = aProgram({ rules: { earning: [], rewards: [], ...rules }, names });
  const { wording, nameOf } = namesOf(file, locale);
  return new Map(howItWorks(file.rules, wording, nameOf).map(({ id, sentence }) => [id, sentence]));
}
const gifts = { units: { points: {}, gifts: {} } };
const base = { id: 'base', kind: 'rate', points: 1, per: 100 };
const card = { id: 'card', per: 'item', needs: 10, pays: { unit: 'gifts', gives: 1 } };

describe('T15: what is said of a unit', () => {
  test('a birthday gift is neither rounded nor taken back with an order', () => {
    const page = told({ ...gifts, earning: [base], birthday: { gives: 1, unit: 'gifts' } });
    expect([...page.keys()]).toEqual(expect.arrayContaining(['rounding-points', 'clawback-points', 'expiry-gifts']));
    expect(page.has('rounding-gifts')).toBe(false);
    expect(page.has('clawback-gifts')).toBe(false);
  });

  test('what a card pays is whole, and goes back with the stamps', () => {
    const page = told({ ...gifts, earning: [base], stamps: [card] });
    expect(page.has('rounding-gifts')).toBe(false);
    expect(page.has('clawback-gifts')).toBe(true);
  });

  test('a step is whole until a factor that is not whole multiplies it', () => {
    const step = { id: 'step', kind: 'step', gives: 1, every: 500 };
    expect(told({ earning: [step] }).has('rounding-points')).toBe(false);
    const promotions = [{ id: 'p', factor: '3/2' }];
    expect(told({ earning: [step], promotions }).has('rounding-points')).toBe(true);
  });

  test('anonymous stickers are owed by nobody', () => {
    const rules = { units: { stickers: {} }, stickers: { unit: 'stickers' } };
    const earning = [{ ...base, unit: 'stickers' }];
    expect(told({ ...rules, earning }).has('clawback-stickers')).toBe(false);
    expect(told({ units: { stickers: {} }, earning }).has('clawback-stickers')).toBe(true);
  });
});

describe('T15: what counts of an order', () => {
  test.each<[string, object, boolean]>([
    ['a rate', { earning: [base] }, true],
    [
      'levels by what is spent',
      { tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'a' }] } },
      true,
    ],
    ['a stamp for each item', { ...gifts, stamps: [card] }, false],
    ['a stamp for an order of so much', { ...gifts, stamps: [{ ...card, min: 500 }] }, true],
  ])('is said where it matters: %s', (_, rules, said) => {
    expect(told(rules).has('base')).toBe(said);
  });
});

describe('T15: levels', () => {
  const levels = [{ id: 'plain' }, { id: 'gold', enter: 50_000 }];
  const within = (window: object, more: object = {}) => ({ tiers: { basis: 'spend', window, levels, ...more } });

  test.each<[Locale, string]>([
    ['en', 'A level holds as soon as you reach it, and until the end of the next year.'],
    ['nl', 'Een niveau geldt zodra je het bereikt en tot het einde van het volgende jaar.'],
    ['nb', 'Et nivå gjelder så snart du når det, og ut det neste året.'],
    ['pl', 'Poziom obowiązuje od razu po osiągnięciu i do końca następnego roku.'],
  ])('of a year: how long they last, in %s', (locale, sentence) => {
    expect(told(within({ kind: 'calendar-year' }), locale).get('lasts')).toBe(sentence);
  });

  test('of all time, of so many days, or reviewed each month: another sentence says when they end', () => {
    expect(told(within({ kind: 'lifetime' })).has('lasts')).toBe(false);
    expect(told(within({ kind: 'rolling', days: 365 })).has('lasts')).toBe(false);
    expect(told(within({ kind: 'calendar-year' }, { downgradeEach: 'month' })).has('lasts')).toBe(false);
  });

  test.each(locales)('a level that has a name in one language is called by it, not by its id, in %s', (locale) => {
    const page = told(within({ kind: 'lifetime' }), locale, { tiers: { gold: { pl: 'Złoty' } } });
    expect(page.get('gold')).toMatch(/^Złoty: /);
  });
});
