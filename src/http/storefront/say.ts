import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney } from '../../commerce/money.js';
import { type Catalogue, type SentenceKey, en } from './locales/en.js';
import { nb } from './locales/nb.js';
import { nl } from './locales/nl.js';
import { pl } from './locales/pl.js';
import type { Language } from './verbs.js';

export const CATALOGUES: Record<Language, Catalogue> = { en, nl, nb, pl };
const parsed = new Map<string, IntlMessageFormat>();

/** One sentence of the catalogue with its values put in; plurals follow the language's own classes. */
export function sentence(key: SentenceKey, language: Language, values: Record<string, string | number> = {}): string {
  const id = `${language}/${key}`;
  let message = parsed.get(id);
  if (!message) parsed.set(id, (message = new IntlMessageFormat(CATALOGUES[language][key], language)));
  return String(message.format(values));
}

/** True when the catalogue has this key: kinds and limits are looked up by name. */
export function hasSentence(key: string): key is SentenceKey {
  return Object.hasOwn(en, key);
}

export function moneyText(minor: number, money: { code: string; exponent: number }, language: Language): string {
  return formatMoney(minor, money, language);
}

export function percentText(share: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(share);
}

/** A figure of an explanation: 35.29, never 3529/100; what goes on for ever is cut to four places. */
export function figureText(figure: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(figure);
}
