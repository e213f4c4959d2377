import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: '{units} can be used for {days, plural, one {# day} other {# days}}',
  nl: '{units} kun je {days, plural, one {# dag} other {# dagen}} gebruiken',
  nb: '{units} kan brukes i {days, plural, one {# dag} other {# dager}}',
  pl: '{units} można wykorzystać w ciągu {days, plural, one {# dnia} other {# dni}}',
};

export const days: TellExpiry<'days'> = ({ units, expiry }, speaker) => speaker.say(said, { units, days: expiry.days });
