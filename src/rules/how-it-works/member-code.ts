import type { ProgramRules } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Record<NonNullable<ProgramRules['memberCode']>, Said> = {
  fixed: {
    en: 'at the till you are known by your code',
    nl: 'bij de kassa word je herkend aan je code',
    nb: 'i kassen kjennes du igjen på koden din',
    pl: 'przy kasie rozpoznajemy Cię po Twoim kodzie',
  },
  rotating: {
    en: 'at the till you show the code on your phone, which is another each minute, so that nobody else can use it',
    nl: 'bij de kassa laat je de code op je telefoon zien; die is elke minuut anders, zodat niemand anders hem kan gebruiken',
    nb: 'i kassen viser du koden på telefonen; den er ny hvert minutt, så ingen andre kan bruke den',
    pl: 'przy kasie pokazujesz kod w telefonie; zmienia się co minutę, więc nikt inny go nie użyje',
  },
};

export const memberCodeText: Tell<NonNullable<ProgramRules['memberCode']>> = (code, speaker) => speaker.say(said[code]);
