import type { Said, Speaker, Tell } from '../speaker.js';

/** What each condition says of itself, as a part of a sentence: "on Saturdays". */
export type Clauses<Conditions> = { [Name in keyof Required<Conditions>]: Tell<NonNullable<Conditions[Name]>> };

export const quoted: Said = { en: '“{name}”', nl: '‘{name}’', nb: '«{name}»', pl: '„{name}”' };
/** Names that the shop made up, in the quotation marks of the language. */
export const quote = (names: readonly string[], speaker: Speaker): string[] =>
  names.map((name) => speaker.say(quoted, { name }));

/** Any of some names, as they are. */
export const anyOf =
  (said: Said): Tell<readonly string[]> =>
  (names, speaker) =>
    speaker.say(said, { names: speaker.any(names), n: names.length });

/** Any of some names that the shop made up. */
export const anyOfQuoted =
  (said: Said): Tell<readonly string[]> =>
  (names, speaker) =>
    anyOf(said)(quote(names, speaker), speaker);

/** By the shop's names for them; what it has told no name of by the spelling that rules use. */
export const calledOrQuoted =
  (of: 'category', said: Said): Tell<readonly string[]> =>
  (ids, speaker) =>
    anyOfQuoted(said)(
      ids.map((id) => speaker.name(of, id)),
      speaker,
    );

/** By the shop's names for them; where it has told none, how many they are. */
export const named =
  (of: 'product' | 'variant', said: Said, counted: Said): Tell<readonly string[]> =>
  (ids, speaker) => {
    const names = speaker.named(of, ids);
    return names ? anyOfQuoted(said)(names, speaker) : speaker.say(counted, { n: ids.length });
  };

/** One of two things. */
export const either =
  (said: Said): Tell<boolean> =>
  (is, speaker) =>
    speaker.say(said, { is: is ? 'yes' : 'no' });

export interface Range {
  min?: number | undefined;
  max?: number | undefined;
}

const RANGE: Said = {
  en: '{which, select, both {{min} to {max}} min {at least {min}} other {at most {max}}}',
  nl: '{which, select, both {{min} tot en met {max}} min {minstens {min}} other {hooguit {max}}}',
  nb: '{which, select, both {{min} til {max}} min {minst {min}} other {høyst {max}}}',
  pl: '{which, select, both {{min}–{max}} min {co najmniej {min}} other {najwyżej {max}}}',
};

/** `both`, `min` or `max`, as far as they are asked; null = nothing is. */
export function sideOf({ min, max }: Range): 'both' | 'min' | 'max' | null {
  if (min !== undefined) return max === undefined ? 'min' : 'both';
  return max === undefined ? null : 'max';
}

/** Figures from and to, both included. */
export const between =
  (said: Said, figure: (n: number, speaker: Speaker) => string): Tell<Range> =>
  (range, speaker) => {
    const which = sideOf(range);
    if (which === null) return '';
    const shown = (n: number | undefined) => (n === undefined ? '' : figure(n, speaker));
    return speaker.say(said, { range: speaker.say(RANGE, { which, min: shown(range.min), max: shown(range.max) }) });
  };

export const inMoney = (minor: number, speaker: Speaker): string => speaker.money(minor);
export const inNumbers = (n: number, speaker: Speaker): string => speaker.number(n);

/** What is asked, in the order of the table. */
export function clausesOf<Conditions extends object>(
  clauses: Clauses<Conditions>,
  asked: Conditions | undefined,
  speaker: Speaker,
): string[] {
  if (!asked) return [];
  return (Object.keys(clauses) as (keyof Conditions)[]).flatMap((name) => {
    const value = asked[name];
    if (value === undefined) return [];
    const said = clauses[name](value as NonNullable<typeof value>, speaker);
    return said === '' ? [] : [said];
  });
}
