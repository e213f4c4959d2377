import { IntlMessageFormat } from 'intl-messageformat';

export const LANGUAGES = { en: 'English', nl: 'Nederlands', nb: 'Norsk bokmål', pl: 'Polski' } as const;
export type Language = keyof typeof LANGUAGES;

/** One part of the desk in four languages: ICU messages by name; English decides which there are. */
export type Words<K extends string = string> = Record<Language, Record<K, string>>;

/** Declares the words of a part; a language that lacks one does not compile. */
export const defineWords = <K extends string>(words: {
  en: Record<K, string>;
  nl: Record<NoInfer<K>, string>;
  nb: Record<NoInfer<K>, string>;
  pl: Record<NoInfer<K>, string>;
}): Words<K> => words;

export type Values = Record<string, string | number | bigint | Date>;

const formats = new Map<string, IntlMessageFormat>();

/** A message with its values put in. */
export function say(language: Language, message: string, values: Values = {}): string {
  const key = `${language}\n${message}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new IntlMessageFormat(message, tagOf(language))));
  return String(format.format(values));
}

/** British dates and figures, as the shops of the other three languages would expect their neighbour to write. */
export const tagOf = (language: Language): string => (language === 'en' ? 'en-GB' : language);

/** The language of ours that fits a browser's wish. */
export function languageOf(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const base = wish.toLowerCase().split('-')[0] ?? '';
    if (base === 'no' || base === 'nn') return 'nb';
    if (base in LANGUAGES) return base as Language;
  }
  return 'en';
}

/** A name of ours where it begins a line: "till" -> "Till". */
export const inFront = (text: string, language: Language): string =>
  text.slice(0, 1).toLocaleUpperCase(tagOf(language)) + text.slice(1);
