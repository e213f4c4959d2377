import { Speaker, type NameOf } from '../rules/how-it-works/speaker.js';
import { type Locale, locales, type Wording } from '../rules/sentences.js';
import type { ProgramFile } from './program-file.js';

/** A program's own names in one language: its units as ICU messages, its rules and tiers by id. */
export function namesOf({ names, rules }: ProgramFile, locale: Locale): { wording: Wording; nameOf: NameOf } {
  const units = Object.entries(names.units).flatMap(([unit, of]) => {
    const named = of[locale];
    return named === undefined ? [] : [[unit, named] as const];
  });
  const wording = { locale, money: rules.money, units: Object.fromEntries(units) };
  const of: Partial<Record<Parameters<NameOf>[0], typeof names.rules>> = { rule: names.rules, tier: names.tiers };
  const nameOf: NameOf = (kind, id) => {
    const named = of[kind]?.[id];
    // a rule can be told without its name; a level cannot, and its name in another language is better than its id
    const others = kind === 'tier' ? [named?.en, ...locales.map((other) => named?.[other])] : [];
    return [named?.[locale], ...others].find((name) => name !== undefined) ?? null;
  };
  return { wording, nameOf };
}

/** Says what a program does in its own names. */
export function speakerOf(file: ProgramFile, locale: Locale): Speaker {
  const { wording, nameOf } = namesOf(file, locale);
  return new Speaker(wording, nameOf);
}
