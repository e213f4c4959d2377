import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: {known, select, yes {“{name}” for free} other {a free product{named, select, yes {, chosen by the shop} other {}}}}',
  nl: '{pts}: {known, select, yes {‘{name}’ gratis} other {een gratis product{named, select, yes {, door de winkel gekozen} other {}}}}',
  nb: '{pts}: {known, select, yes {«{name}» gratis} other {et gratis produkt{named, select, yes {, valgt av butikken} other {}}}}',
  pl: '{pts}: {known, select, yes {„{name}” gratis} other {darmowy produkt{named, select, yes { wybrany przez sklep} other {}}}}',
};

export const product: TellReward<'product'> = (reward, speaker) => {
  const name = reward.product === undefined ? undefined : speaker.named('product', [reward.product])?.[0];
  return speaker.say(said, {
    pts: speaker.count(reward.unit, reward.points),
    known: name === undefined ? 'no' : 'yes',
    named: reward.product === undefined ? 'no' : 'yes',
    name: name ?? '',
  });
};
