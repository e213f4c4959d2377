import type { ProgramRules } from '../program-rules.js';
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

export const startText = (date: string, speaker: Speaker): string => speaker.say(starts, { date: speaker.date(date) });

export const endText = ({ earn, redeem }: NonNullable<ProgramRules['ends']>, speaker: Speaker): string =>
  speaker.say(ends, { earn: speaker.date(earn), redeem: speaker.date(redeem) });

export const earlierText = (count: ProgramRules['earlierOrders'], speaker: Speaker): string[] =>
  count === 'count' ? [speaker.say(earlier)] : [];
