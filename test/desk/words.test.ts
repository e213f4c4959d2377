import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

/** Every word that the product says lies in files of four languages: of those, none is left in English, and none lacks a value. */
const LANGUAGES = ['nl', 'nb', 'pl'] as const;
/** One word that is the same in both languages. */
const SAME = {
  nl: 'Account Badge Badges Code Details E-mail Imports Live Mail Open Passkeys Platform Stop Week code codes ms over per product reviews webhook week',
  nb: 'Data For Journal Over Program Send Sum for id ms over symbol webhook',
  pl: 'E-mail Program ms symbol webhook',
};

type Said = Map<string, string>;
const words = new Map<string, Record<string, Said>>();

/** All texts under a value, by their path. */
function flat(value: unknown, at = '', into: Said = new Map()): Said {
  if (typeof value === 'string') into.set(at, value);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) flat(one, `${at}/${key}`, into);
  return into;
}

const load = async (path: string): Promise<unknown> =>
  path.endsWith('.json')
    ? JSON.parse(await readFile(path, 'utf8'))
    : Object.values((await import(join(process.cwd(), path.replace(/ts$/, 'js')))) as object)[0];

const files = ['admin-ui', 'src', 'widget', 'demo', 'extensions'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
);

beforeAll(async () => {
  for (const nl of files.filter((name) => /\/nl\.(ts|json)$/.test(name))) {
    const of: Record<string, Said> = {};
    for (const language of ['en', ...LANGUAGES])
      of[language] = flat(
        await load(nl.replace('nl.', `${language === 'en' && nl.endsWith('json') ? 'en.default' : language}.`)),
      );
    words.set(nl, of);
  }
  for (const path of files.filter((name) => /^admin-ui\/.*words\.ts$/.test(name))) {
    const all = await load(path);
    if (typeof all !== 'object' || all === null || !('nb' in all)) continue;
    words.set(path, Object.fromEntries(Object.entries(all).map(([language, said]) => [language, flat(said)])));
  }
});

/** What is left of a message without its values: `Taken by {who}` is two words, `[days]` is a field. */
function plain(elements: readonly MessageFormatElement[]): string {
  return elements
    .map((one) => {
      if (one.type === TYPE.literal) return one.value;
      if (one.type !== TYPE.plural && one.type !== TYPE.select) return ' ';
      return Object.values(one.options)
        .map(({ value }) => plain(value))
        .join(' ');
    })
    .join('');
}
const wordsOf = (message: string) =>
  plain(parse(message))
    .replace(/\[\w+\]/g, ' ')
    .match(/\p{L}[\p{L}-]*/gu) ?? [];

describe('every word in four languages', () => {
  test.each(LANGUAGES)(
    '%s: no sentence is the English one, and a word only where both languages have it',
    (language) => {
      const known = new Set(SAME[language].split(' '));
      const left: string[] = [];
      for (const [path, of] of words)
        for (const [key, english] of of.en ?? []) {
          if (of[language]?.get(key) !== english) continue;
          const found = wordsOf(english).filter((word) => word.length > 1 && !known.has(word));
          if (found.length > 0) left.push(`${path} ${key}: ${english}`);
        }
      expect(left).toEqual([]);
      expect(words.size).toBeGreaterThan(40);
    },
  );

  test('what the log of what was done may name has a sentence in it', async () => {
    const { en } = await import('../../admin-ui/places/settings/audit-words/en.js');
    const sources = files.filter((name) => /^src\/.*\.ts$/.test(name));
    const texts = await Promise.all(sources.map((name) => readFile(name, 'utf8')));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/\baudit\([^;]*?'([a-z-]+\.[a-z-]+)'/g)].map(([, what = '']) => what),
    );
    expect(named.filter((what) => !Object.hasOwn(en, what))).toEqual([]);
    expect(named.length).toBeGreaterThan(40);
  });
});
