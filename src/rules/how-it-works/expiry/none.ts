import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: '{units} can be used at any time, without an end date',
  nl: '{units} kun je altijd gebruiken, zonder einddatum',
  nb: '{units} kan brukes når som helst, uten sluttdato',
  pl: '{units} można wykorzystać w dowolnym czasie, bez terminu',
};

export const none: TellExpiry<'none'> = ({ units }, speaker) => speaker.say(said, { units });
