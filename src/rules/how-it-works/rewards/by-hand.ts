import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: {what}, kept ready for you for {days, plural, one {# day} other {# days}}',
  nl: '{pts}: {what}, {days, plural, one {# dag} other {# dagen}} voor je klaargehouden',
  nb: '{pts}: {what}, holdes klar til deg i {days, plural, one {# dag} other {# dager}}',
  pl: '{pts}: {what}, do odbioru przez {days, plural, one {# dzień} few {# dni} many {# dni} other {# dnia}}',
};

/** Its name stands before it already. */
const named: Said = {
  en: '{pts}, kept ready for you for {days, plural, one {# day} other {# days}}',
  nl: '{pts}, {days, plural, one {# dag} other {# dagen}} voor je klaargehouden',
  nb: '{pts}, holdes klar til deg i {days, plural, one {# dag} other {# dager}}',
  pl: '{pts}, do odbioru przez {days, plural, one {# dzień} few {# dni} many {# dni} other {# dnia}}',
};

export const byHand: TellReward<'by-hand'> = ({ id, unit, points, what, keptDays }, speaker) =>
  speaker.say(speaker.named('rule', [id]) === null ? said : named, {
    pts: speaker.count(unit, points),
    ...{ what, days: keptDays },
  });
