import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: '{units} can be used up to and including {date}',
  nl: '{units} kun je tot en met {date} gebruiken',
  nb: '{units} kan brukes til og med {date}',
  pl: '{units} można wykorzystać do {date} włącznie',
};

export const date: TellExpiry<'date'> = ({ units, expiry }, speaker) =>
  speaker.say(said, { units, date: speaker.date(expiry.date) });
