import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: '{units} can be used up to and including the next {date}{days, plural, =0 {} one {, and for at least a day} other {, and for at least # days}}',
  nl: '{units} kun je tot en met de eerstvolgende {date} gebruiken{days, plural, =0 {} one {, en minstens een dag} other {, en minstens # dagen}}',
  nb: '{units} kan brukes til og med neste {date}{days, plural, =0 {} one {, og i minst en dag} other {, og i minst # dager}}',
  pl: '{units} można wykorzystać do najbliższego {date} włącznie{days, plural, =0 {} one {, co najmniej przez # dzień} other {, co najmniej przez # dni}}',
};

export const yearly: TellExpiry<'yearly'> = ({ units, expiry }, speaker) =>
  speaker.say(said, { units, date: speaker.monthDay(expiry.monthDay), days: expiry.atLeastDays });
