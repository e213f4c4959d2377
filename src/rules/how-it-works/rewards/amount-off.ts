import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: {money} off',
  nl: '{pts}: {money} korting',
  nb: '{pts}: {money} i rabatt',
  pl: '{pts}: rabat {money}',
};

export const amountOff: TellReward<'amount-off'> = (reward, speaker) =>
  speaker.say(said, { pts: speaker.count(reward.unit, reward.points), money: speaker.money(reward.off) });
