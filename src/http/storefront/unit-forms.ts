import type { Spoken } from './spoken.js';
import type { ProgramAnswer } from './verbs.js';

/** Of every class of plurals that our languages have, a number that is of it. */
const SAMPLES = [1.5, 0, 22, 5, 2, 1];

/**
 * What a unit is called, by the language's classes of plurals: "points" stands behind its figure, a name that holds the
 * figure within has # in its place. A unit that is kept in money is written as an amount of it.
 */
export function unitForms({ speaker, wording, symbolOf }: Spoken, unit: string): ProgramAnswer['units'][string] {
  const classes = new Intl.PluralRules(wording.locale);
  const isMoney = unit === 'cashback' && wording.units?.[unit] === undefined;
  const forms: Record<string, string> = {};
  if (!isMoney)
    for (const n of SAMPLES) {
      const form = speaker.count(unit, n).replace(speaker.number(n), '#');
      forms[classes.select(n)] = form.replace(/^#[\s\u00a0\u202f]+/, '');
    }
  const { code: currency, exponent } = wording.money;
  return { forms, symbol: symbolOf(unit), amount: isMoney ? { currency, exponent } : null };
}
