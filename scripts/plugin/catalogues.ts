import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, readPo, writePo } from './gettext.js';
import { DOMAIN, readStrings } from './read-strings.js';

export const PLUGIN = 'plugins/woocommerce';
/** WordPress's names for the languages that we speak, with their plural rules. */
export const LANGUAGES = {
  nl_NL: 'nplurals=2; plural=(n != 1);',
  nb_NO: 'nplurals=2; plural=(n != 1);',
  pl_PL: 'nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);',
} as const;
export type Locale = keyof typeof LANGUAGES;

export const poPath = (locale: Locale): string => `${PLUGIN}/languages/${DOMAIN}-${locale}.po`;
export const potPath = `${PLUGIN}/languages/${DOMAIN}.pot`;

const header = (locale: Locale | null): string[] => [
  'Project-Id-Version: Tallymark',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=UTF-8',
  'Content-Transfer-Encoding: 8bit',
  ...(locale === null ? [] : [`Language: ${locale}`, `Plural-Forms: ${LANGUAGES[locale]}`]),
  `X-Domain: ${DOMAIN}`,
];

export const readCatalogue = (root: string, locale: Locale): Catalogue =>
  readPo(readFileSync(join(root, poPath(locale)), 'utf8'));

/** The template and every catalogue as they have to be: the code's sentences, in its order, with what is translated so far. */
export function catalogueTexts(root: string): Map<string, string> {
  const sentences = readStrings(join(root, PLUGIN));
  const texts = new Map([[potPath, writePo(sentences, new Map(), header(null))]]);
  for (const locale of Object.keys(LANGUAGES) as Locale[]) {
    const kept = readOrEmpty(root, locale);
    texts.set(poPath(locale), writePo(sentences, kept, header(locale)));
  }
  return texts;
}

function readOrEmpty(root: string, locale: Locale): Catalogue {
  try {
    return readCatalogue(root, locale);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}
