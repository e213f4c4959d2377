import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney } from '../../commerce/money.js';
import type { Locale } from '../../rules/sentences.js';
import { type Path, pathText, type Problem } from '../problems.js';
import { en as problemsEn, phrases as phrasesEn } from './problems/en.js';
import { nb as problemsNb, phrases as phrasesNb } from './problems/nb.js';
import { nl as problemsNl, phrases as phrasesNl } from './problems/nl.js';
import { pl as problemsPl, phrases as phrasesPl } from './problems/pl.js';
import type { PhraseKey, Phrases } from './problems/en.js';
import type { Remark } from './remark.js';
import { en as trapsEn } from './traps/en.js';
import { nb as trapsNb } from './traps/nb.js';
import { nl as trapsNl } from './traps/nl.js';
import { pl as trapsPl } from './traps/pl.js';

/** All that is said of the meaning of a program. A language that lacks a remark does not compile. */
const english = { ...trapsEn, ...problemsEn };
type Remarks = typeof english;
type RemarkKey = keyof Remarks;
export const remarks: Record<Locale, Record<RemarkKey, Remark>> = {
  en: english,
  nl: { ...trapsNl, ...problemsNl },
  nb: { ...trapsNb, ...problemsNb },
  pl: { ...trapsPl, ...problemsPl },
};
export const phrases: Record<Locale, Phrases> = { en: phrasesEn, nl: phrasesNl, nb: phrasesNb, pl: phrasesPl };

/** Minor units, said as the language writes money; in English as a file is read: `10.00 EUR`. */
export interface Amount {
  minor: number;
  money: { code: string; exponent: number };
}
/** A part of a remark that is itself said in the reader's language, with the values that it takes. */
export interface Phrase {
  say: PhraseKey;
  values?: Readonly<Record<string, string>>;
}
type Value = string | number | Amount | Phrase;

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer More}` ? Name | NamesIn<More> : never;
type ValuesOf<Key extends RemarkKey> = [NamesIn<Remarks[Key][number]>] extends [never]
  ? []
  : [values: Record<NamesIn<Remarks[Key][number]>, Value>];

/** Says a remark of a place, with the values that its English text names. */
export type Report = <Key extends RemarkKey>(path: Path, key: Key, ...values: ValuesOf<Key>) => void;

/**
 * Keeps what is said, in one language. Only what a program means is said in the owner's: a fault of its shape (no YAML, a word
 * that the format does not know, a missing one) comes from a file written by hand, and is told in English as by a compiler.
 */
export function reportTo(found: Problem[], locale: Locale): Report {
  return (path, key, ...[values = {}]) => {
    const [problem, fix] = remarks[locale][key].map((message) => say(message, values, locale)) as [string, string];
    found.push({ path: pathText(path), problem, fix });
  };
}

function say(message: string, values: Readonly<Record<string, Value>>, locale: Locale): string {
  const said = Object.entries(values).map(([name, value]) => [name, valueIn(value, locale)]);
  return String(
    new IntlMessageFormat(message, locale, undefined, { ignoreTag: true }).format(Object.fromEntries(said)),
  );
}

function valueIn(value: Value, locale: Locale): string {
  if (typeof value !== 'object') return String(value);
  if ('say' in value) return say(phrases[locale][value.say], value.values ?? {}, locale);
  const { minor, money } = value;
  if (locale !== 'en') return formatMoney(minor, money, locale);
  return `${(minor / 10 ** money.exponent).toFixed(money.exponent)} ${money.code}`;
}
