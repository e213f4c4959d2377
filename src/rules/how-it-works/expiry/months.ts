import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: '{units} can be used for {months, plural, one {# month} other {# months}}',
  nl: '{units} kun je {months, plural, one {# maand} other {# maanden}} gebruiken',
  nb: '{units} kan brukes i {months, plural, one {# måned} other {# måneder}}',
  pl: '{units} można wykorzystać w ciągu {months, plural, one {# miesiąca} other {# miesięcy}}',
};

export const months: TellExpiry<'months'> = ({ units, expiry }, speaker) =>
  speaker.say(said, { units, months: expiry.months });
