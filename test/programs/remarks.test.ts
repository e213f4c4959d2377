import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { checkProgram } from '../../src/programs/check-program.js';
import { findTraps } from '../../src/programs/find-traps.js';
import { phrases, remarks } from '../../src/programs/remarks/reporting.js';
import { locales } from '../../src/rules/sentences.js';
import { aProgram } from './programs.js';

type Parts = ReturnType<IntlMessageFormat['getAst']>;

/** The values that a message asks for, also within the forms of a choice. */
function valuesIn(parts: Parts): string[] {
  const found = parts.flatMap((part) => {
    const forms = 'options' in part ? Object.values(part.options).flatMap((form) => valuesIn(form.value)) : [];
    return part.type === 0 || part.type === 7 ? [] : [...('value' in part ? [part.value] : []), ...forms];
  });
  return [...new Set(found)].sort();
}
const read = (message: string, locale: string) =>
  new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });

describe.each(locales)('T14: what is said of a program that is looked at, in %s', (locale) => {
  test('every remark is there and is said with the values of the English one', () => {
    expect(Object.keys(remarks[locale]).sort()).toEqual(Object.keys(remarks.en).sort());
    for (const [key, english] of Object.entries(remarks.en)) {
      const own = remarks[locale][key as keyof typeof remarks.en];
      const values = (texts: readonly string[]) => texts.map((text) => valuesIn(read(text, locale).getAst()));
      // a language may say a value in the other half of the remark, but none that is not given
      expect([key, [...new Set(values(own).flat())].sort()]).toEqual([
        key,
        [...new Set(values(english).flat())].sort(),
      ]);
      const given = Object.fromEntries(values(english).flatMap((names) => names.map((name) => [name, `<${name}>`])));
      for (const text of own) expect(String(read(text, locale).format(given))).toMatch(/\p{L}/u);
      // a fix is a sentence; a problem is what stands before its full stop
      expect([key, own[0].endsWith('.'), own[1].endsWith('.')]).toEqual([key, false, true]);
    }
  });

  test('every phrase within a remark is there, with the values of the English one', () => {
    expect(Object.keys(phrases[locale]).sort()).toEqual(Object.keys(phrases.en).sort());
    for (const [key, english] of Object.entries(phrases.en)) {
      const own = phrases[locale][key as keyof typeof phrases.en];
      expect([key, valuesIn(read(own, locale).getAst())]).toEqual([key, valuesIn(read(english, locale).getAst())]);
      expect([key, own === english]).toEqual([key, locale === 'en']);
    }
  });

  test('no remark is left in English', () => {
    const same = Object.entries(remarks.en).filter(([key, [problem, fix]]) => {
      const [ownProblem, ownFix] = remarks[locale][key as keyof typeof remarks.en];
      return problem === ownProblem || fix === ownFix;
    });
    expect(same.length).toBe(locale === 'en' ? Object.keys(remarks.en).length : 0);
  });
});

test('T14: amounts are said as the reader’s language writes them', () => {
  const file = aProgram({
    rules: { promotions: [{ id: 'p', add: 500, ceiling: { points: 400 }, when: { minOrder: 150_000 } }] },
  });
  const said = (locale: (typeof locales)[number]) =>
    findTraps(file, locale).find(({ path }) => path === 'rules.promotions[0].ceiling.points')?.problem;
  expect(said('en')).toBe('a single order of 1500.00 EUR uses it up: whoever comes first is given all of it');
  expect(said('pl')?.replace(/\s/g, ' ')).toMatch(/^wyczerpuje go jedno zamówienie na 1500,00 €:/);
});

describe('T14: what is wrong is said whole, also the parts of it that are said elsewhere', () => {
  const earning = [{ id: 'base', kind: 'rate', points: 1, per: 100, unit: 'point' }];
  const units = { points: { value: '1', finalOn: 5 } };
  const unreadable = aProgram({ rules: {} });
  unreadable.names.units = { points: { nl: '{n, plural, one {# punt' }, cashback: { nl: 'veel' } };
  unreadable.rules.units = { ...unreadable.rules.units, cashback: { ...unreadable.rules.units['points']! } };
  const said = (file: Parameters<typeof checkProgram>[0], locale: (typeof locales)[number]) =>
    checkProgram(file, locale).map(({ problem, fix }) => `${problem}. ${fix}`);

  test.each<[string, Parameters<typeof checkProgram>[0], string, string]>([
    [
      'a unit that is not there',
      aProgram({ rules: { earning } }),
      'there is no unit point. Did you mean points? Add it to rules.units, or name one of: points.',
      'er is geen eenheid point. Bedoel je points? Voeg die toe (rules.units), of kies uit: points.',
    ],
    [
      'what is final and worth money',
      aProgram({ rules: { units } }),
      'a return no longer takes points back, and they are worth money. Take it out, or let something else give or use them.',
      'een retour haalt points niet meer terug, en dit is geld waard. Haal dit weg, of laat iets anders ze geven of gebruiken.',
    ],
    [
      'an early purchase of what nobody opens',
      aProgram({ rules: { promotions: [{ id: 'p', factor: 2, when: { early: 'sale' } }] } }),
      'nothing opens under sale. Add it to openings, or name one of: (there are none).',
      'er gaat niets eerder open met sale. Voeg het toe bij “wat voor sommigen eerder opengaat” (openings), of kies uit: (er zijn er geen).',
    ],
    [
      'a name that cannot be read',
      unreadable,
      'it is no ICU message (a { is opened and never closed). Write as in {n, plural, one {# bean} other {# beans}}.',
      'dit is geen ICU-tekst (een { wordt geopend en nooit gesloten). Schrijf zoals in {n, plural, one {# bean} other {# beans}}.',
    ],
    [
      'a name that does not count',
      unreadable,
      'it does not show how many: # is the number inside plural alone, {n} anywhere. Write as in {n, plural, one {# bean} other {# beans}}.',
      'het aantal is niet te zien: # is het getal alleen binnen plural, {n} overal. Schrijf zoals in {n, plural, one {# bean} other {# beans}}.',
    ],
  ])('%s', (_, file, en, nl) => {
    expect(said(file, 'en')).toContain(en);
    expect(said(file, 'nl')).toContain(nl);
  });
});
