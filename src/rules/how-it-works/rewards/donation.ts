import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: {money} for {cause}; a gift is final',
  nl: '{pts}: {money} voor {cause}; een gift is definitief',
  nb: '{pts}: {money} til {cause}; en gave er endelig',
  pl: '{pts}: {money} dla: {cause}; darowizna jest ostateczna',
};

export const donation: TellReward<'donation'> = ({ unit, points, cause, gives }, speaker) =>
  speaker.say(said, {
    pts: speaker.count(unit, points),
    money: speaker.money(gives),
    cause: speaker.named('rule', [cause])?.[0] ?? cause,
  });
