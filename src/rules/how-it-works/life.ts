import type { ProgramRules } from '../program-rules.js';
import { quote } from './conditions/clauses.js';
import type { Said, Speaker } from './speaker.js';

const starts: Said = {
  en: 'the program starts on {date}',
  nl: 'het programma begint op {date}',
  nb: 'programmet starter {date}',
  pl: 'program rusza {date}',
};
const ends: Said = {
  en: 'the program ends: {earn} is the last day to earn, {redeem} the last day to use what you have',
  nl: 'het programma stopt: sparen kan tot en met {earn}, gebruiken tot en met {redeem}',
  nb: 'programmet avsluttes: {earn} er siste dag for opptjening, {redeem} er siste dag for bruk',
  pl: 'program się kończy: zbierać można do {earn}, wykorzystać do {redeem} włącznie',
};
const earlier: Said = {
  en: 'orders from before you joined count too',
  nl: 'bestellingen van voordat je lid werd, tellen ook mee',
  nb: 'bestillinger fra før du ble med, teller også',
  pl: 'liczą się też zamówienia sprzed dołączenia',
};

const passedOver: Said = {
  en: 'orders of {whom} do not take part',
  nl: 'bestellingen van {whom} doen niet mee',
  nb: 'bestillinger fra {whom} er ikke med',
  pl: 'zamówienia, które składają {whom}, nie biorą udziału',
};
const companies: Said = { en: 'businesses', nl: 'bedrijven', nb: 'bedrifter', pl: 'firmy' };
const ofKind: Said = {
  en: 'customers of the kind {names}',
  nl: 'klanten van het soort {names}',
  nb: 'kunder av typen {names}',
  pl: 'klienci typu {names}',
};
const ofGroup: Said = {
  en: 'customers in the group {names}',
  nl: 'klanten in de groep {names}',
  nb: 'kunder i gruppen {names}',
  pl: 'klienci z grupy {names}',
};

/** Whose orders the program passes over. */
export function excludesText(who: NonNullable<ProgramRules['excludes']>, speaker: Speaker): string[] {
  const whom = [
    ...(who.companies ? [speaker.say(companies)] : []),
    ...(who.roles ? [speaker.say(ofKind, { names: speaker.any(quote(who.roles, speaker)) })] : []),
    ...(who.customerTags ? [speaker.say(ofGroup, { names: speaker.any(quote(who.customerTags, speaker)) })] : []),
  ];
  return whom.length === 0 ? [] : [speaker.say(passedOver, { whom: speaker.any(whom) })];
}

export const startText = (date: string, speaker: Speaker): string => speaker.say(starts, { date: speaker.date(date) });

export const endText = ({ earn, redeem }: NonNullable<ProgramRules['ends']>, speaker: Speaker): string =>
  speaker.say(ends, { earn: speaker.date(earn), redeem: speaker.date(redeem) });

export const earlierText = (count: ProgramRules['earlierOrders'], speaker: Speaker): string[] =>
  count === 'count' ? [speaker.say(earlier)] : [];
