import type { Language } from '../../words/words.js';
import { isThing, type Thing } from '../program/form/form-model.js';

/** A ready program as this shop would have it: its money, its zone, its name; the program's own idea stays. */
export function fitToShop(ready: Thing, live: Thing): Thing {
  const rules = isThing(ready['rules']) ? ready['rules'] : {};
  const ours = isThing(live['rules']) ? live['rules'] : {};
  const { zone, money, currencies } = ours;
  // its examples were told in the money of its author
  const { examples: _, ...rest } = ready;
  const shop = { zone, money, ...(currencies === undefined ? {} : { currencies }) };
  return { ...rest, name: live['name'], rules: { ...rules, ...shop } };
}

/** What a unit is called, in all four languages, beside what else is said of it. */
export function withUnitNames(file: Thing, unit: string, names: Readonly<Record<string, string>>): Thing {
  const known = isThing(file['names']) ? file['names'] : {};
  const units = isThing(known['units']) ? known['units'] : {};
  const before = isThing(units[unit]) ? units[unit] : {};
  const told = Object.fromEntries(Object.entries(names).filter(([, text]) => text !== ''));
  if (Object.keys(told).length === 0) return file;
  return { ...file, names: { ...known, units: { ...units, [unit]: { ...before, ...told } } } };
}

/** "{n, plural, one {# bean} other {# beans}}" of "bean" and "beans"; Polish counts few and many apart from fractions. */
export function countedMessage(language: string, one: string, few: string, many: string): string {
  const clean = [one, few, many].map((word) => word.replaceAll(/[{}#']/g, '').trim());
  const [single = '', some = '', lots = ''] = clean;
  if (single === '' || some === '') return '';
  return language === 'pl'
    ? `{n, plural, one {# ${single}} few {# ${some}} many {# ${lots === '' ? some : lots}} other {# ${some}}}`
    : `{n, plural, one {# ${single}} other {# ${some}}}`;
}

/** What one, two and five of a unit are called; only Polish says five otherwise than two. */
export interface UnitWords {
  one: string;
  few: string;
  many: string;
}

/** What a file calls a unit, as it was typed here; empty where it says nothing, or in another way than `countedMessage`. */
export function unitWords(file: Thing, unit: string): Record<Language, UnitWords> {
  const known = isThing(file['names']) ? file['names'] : {};
  const units = isThing(known['units']) ? known['units'] : {};
  const named = isThing(units[unit]) ? units[unit] : {};
  const wordsOf = (language: Language): UnitWords => {
    const message = String(named[language] ?? '');
    const of = (count: string) => new RegExp(`\\b${count} \\{# ([^{}#]+)\\}`).exec(message)?.[1] ?? '';
    return { one: of('one'), few: of(language === 'pl' ? 'few' : 'other'), many: of('many') };
  };
  return { en: wordsOf('en'), nl: wordsOf('nl'), nb: wordsOf('nb'), pl: wordsOf('pl') };
}

/** What the shop has to call so for the rules to find it: the categories, tags and article numbers that they name. */
export function namesAsked(file: Thing): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (isThing(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (NAMED.has(key) && Array.isArray(inner)) inner.forEach((name) => found.add(String(name)));
        else look(inner);
      }
    }
  };
  look(file['rules']);
  return [...found];
}

const NAMED = new Set(['categories', 'tags', 'skus']);
