import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: {money} as store credit, to spend whenever you like',
  nl: '{pts}: {money} als winkeltegoed, te besteden wanneer je wilt',
  nb: '{pts}: {money} som butikkreditt, som du bruker når du vil',
  pl: '{pts}: {money} na koncie w sklepie, do wydania w dowolnej chwili',
};
const most: Said = {
  en: 'at most {pts} at once',
  nl: 'hooguit {pts} per keer',
  nb: 'høyst {pts} om gangen',
  pl: 'najwyżej {pts} naraz',
};

export const storeCredit: TellReward<'store-credit'> = ({ unit, points, gives, max }, speaker) =>
  [
    speaker.say(said, { pts: speaker.count(unit, points), money: speaker.money(gives) }),
    ...(max === undefined ? [] : [speaker.say(most, { pts: speaker.count(unit, max) })]),
  ].join(', ');
