import type { EarningRule } from '../program-rules.js';
import type { BaseRules } from '../rule-parts.js';
import type { Said, Speaker } from './speaker.js';

/** What of an order counts: each choice with what it says. */
const CHOICES: Record<keyof BaseRules, Said> = {
  discounts: {
    en: '{is, select, before {before discounts} other {after discounts}}',
    nl: '{is, select, before {vóór korting} other {na korting}}',
    nb: '{is, select, before {før rabatt} other {etter rabatt}}',
    pl: '{is, select, before {przed rabatem} other {po rabacie}}',
  },
  tax: {
    en: '{is, select, true {with tax} other {without tax}}',
    nl: '{is, select, true {met btw} other {zonder btw}}',
    nb: '{is, select, true {med avgift} other {uten avgift}}',
    pl: '{is, select, true {z podatkiem} other {bez podatku}}',
  },
  shipping: {
    en: '{is, select, true {with shipping} other {without shipping}}',
    nl: '{is, select, true {met verzendkosten} other {zonder verzendkosten}}',
    nb: '{is, select, true {med frakt} other {uten frakt}}',
    pl: '{is, select, true {z dostawą} other {bez dostawy}}',
  },
  giftCardPaid: {
    en: '{is, select, out {without what a gift card paid} other {also what a gift card paid}}',
    nl: '{is, select, out {zonder wat met een cadeaukaart is betaald} other {ook wat met een cadeaukaart is betaald}}',
    nb: '{is, select, out {uten det som er betalt med gavekort} other {også det som er betalt med gavekort}}',
    pl: '{is, select, out {bez kwot opłaconych kartą podarunkową} other {także kwoty opłacone kartą podarunkową}}',
  },
};
const counted: Said = {
  en: 'what you spend counts {choices}',
  nl: 'je bestedingen tellen {choices}',
  nb: 'det du handler for, regnes {choices}',
  pl: 'liczy się wartość zakupów: {choices}',
};

function choices(base: EarningRule['base'], speaker: Speaker): string[] {
  return (Object.keys(CHOICES) as (keyof BaseRules)[]).flatMap((name) => {
    const is = base?.[name];
    return is === undefined ? [] : [speaker.say(CHOICES[name], { is: String(is) })];
  });
}

/** What of an order counts in this program. */
export function baseText(base: BaseRules, speaker: Speaker): string {
  return speaker.say(counted, { choices: choices(base, speaker).join(', ') });
}

/** A rule that counts otherwise than the program says so behind itself. */
export function withBase(text: string, base: EarningRule['base'], speaker: Speaker): string {
  const own = choices(base, speaker);
  return own.length === 0 ? text : `${text} (${own.join(', ')})`;
}
