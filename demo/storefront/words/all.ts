import { en, type ShopWords } from './en.js';
import { nb } from './nb.js';
import { nl } from './nl.js';
import { pl } from './pl.js';

export const LANGUAGES = { en: 'English', nl: 'Nederlands', nb: 'Norsk', pl: 'Polski' } as const;
export type Lang = keyof typeof LANGUAGES;
export const SHOP_WORDS: Record<Lang, ShopWords> = { en, nl, nb, pl };

export const isLang = (text: string | null | undefined): text is Lang =>
  text !== null && text !== undefined && text in LANGUAGES;

/** A sentence with its `{slots}` filled. */
export const fill = (sentence: string, slots: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, slot: string) => String(slots[slot] ?? ''));
