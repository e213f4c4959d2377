import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: free shipping',
  nl: '{pts}: gratis verzending',
  nb: '{pts}: gratis frakt',
  pl: '{pts}: darmowa dostawa',
};

export const freeShipping: TellReward<'free-shipping'> = (reward, speaker) =>
  speaker.say(said, { pts: speaker.count(reward.unit, reward.points) });
