import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { catalogueTexts, LANGUAGES, type Locale, poPath, readCatalogue } from '../../scripts/plugin/catalogues.js';
import { compileMo, readPo, writePo } from '../../scripts/plugin/gettext.js';

const locales = Object.keys(LANGUAGES) as Locale[];
const sentencesOf = (locale: Locale) => [...readCatalogue('.', locale)].filter(([text]) => text !== '');
const placeholders = (text: string) => (text.match(/%(\d\$)?[sd]/g) ?? []).sort();

describe('the words of the WooCommerce plugin', () => {
  test('catalogues hold what the code says, in its order: else run npm run plugin:words and commit it', () => {
    for (const [path, text] of catalogueTexts('.')) expect([path, readFileSync(path, 'utf8')]).toEqual([path, text]);
  });

  test.each(locales)('%s says every sentence, with the same things put in', (locale) => {
    const sentences = sentencesOf(locale);
    expect(sentences.length).toBeGreaterThan(50);
    for (const [text, said] of sentences) {
      expect([text, said === '']).toEqual([text, false]);
      expect([text, placeholders(said)]).toEqual([text, placeholders(text)]);
      expect([text, /[.!?;:…]$/.exec(said)?.[0]]).toEqual([text, /[.!?;:…]$/.exec(text)?.[0]]);
    }
  });

  test('no two languages say a whole sentence alike, so none was forgotten in another’s words', () => {
    for (const [text] of sentencesOf('nl_NL').filter(([each]) => each.split(' ').length > 4)) {
      const said = [text, ...locales.map((locale) => readCatalogue('.', locale).get(text))];
      expect([text, new Set(said).size]).toEqual([text, said.length]);
    }
  });

  test('the notice on the list of plugins is of 125 to 200 characters in every language', () => {
    const notice = sentencesOf('nl_NL').find(([text]) => text.startsWith('Tallymark is ready'))?.[0] ?? '';
    const said = [notice, ...locales.map((locale) => readCatalogue('.', locale).get(notice) ?? '')];
    for (const each of said) expect([each, each.length >= 125 && each.length <= 200]).toEqual([each, true]);
  });

  test('a catalogue that is written is read back, quotes, backslashes and lines too', () => {
    const text = 'Say "a\\b"\nand go';
    const said = new Map([[text, 'Zeg „ok” \\ "\n']]);
    expect(readPo(writePo([{ text, from: ['a.php'], hint: null }], said, ['X: 1'])).get(text)).toBe(said.get(text));
  });

  test('the compiled form holds each text where its table says, sorted by bytes', () => {
    const said = new Map([
      ['b', 'bé'],
      ['', 'X: 1\n'],
      ['a', 'å'],
      ['left out', ''],
    ]);
    const mo = compileMo(said);
    expect(mo.readUInt32LE(0)).toBe(0x950412de);
    const count = mo.readUInt32LE(8);
    const at = (table: number, i: number) => {
      const row = mo.readUInt32LE(table) + 8 * i;
      const from = mo.readUInt32LE(row + 4);
      const to = from + mo.readUInt32LE(row);
      expect(mo[to]).toBe(0);
      return mo.subarray(from, to).toString('utf8');
    };
    const pairs = Array.from({ length: count }, (_, i) => [at(12, i), at(16, i)]);
    expect(pairs).toEqual([
      ['', 'X: 1\n'],
      ['a', 'å'],
      ['b', 'bé'],
    ]);
  });

  test('every catalogue is where WordPress looks for it', () => {
    expect(locales.map(poPath)).toEqual(
      locales.map((locale) => `plugins/woocommerce/languages/tallymark-${locale}.po`),
    );
  });
});
