import { describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { findTraps } from '../../src/programs/find-traps.js';
import { remarks } from '../../src/programs/remarks/reporting.js';
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
