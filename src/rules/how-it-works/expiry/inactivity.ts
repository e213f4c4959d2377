import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: '{units} can be used until {days, plural, one {a day passes} other {# days pass}} without an order, a visit or a reward',
  nl: '{units} kun je gebruiken totdat er {days, plural, one {een dag} other {# dagen}} geen bestelling, bezoek of beloning is',
  nb: '{units} kan brukes til det går {days, plural, one {en dag} other {# dager}} uten bestilling, besøk eller belønning',
  pl: '{units} można wykorzystać, dopóki nie minie {days, plural, one {# dzień} other {# dni}} bez zamówienia, wizyty lub nagrody',
};

export const inactivity: TellExpiry<'inactivity'> = ({ units, expiry }, speaker) =>
  speaker.say(said, { units, days: expiry.days });
