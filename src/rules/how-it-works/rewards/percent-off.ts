import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: '{pts}: {percent} off{most, select, none {} other {, at most {most}}}',
  nl: '{pts}: {percent} korting{most, select, none {} other {, hooguit {most}}}',
  nb: '{pts}: {percent} i rabatt{most, select, none {} other {, høyst {most}}}',
  pl: '{pts}: rabat {percent}{most, select, none {} other {, najwyżej {most}}}',
};

export const percentOff: TellReward<'percent-off'> = (reward, speaker) =>
  speaker.say(said, {
    pts: speaker.count(reward.unit, reward.points),
    percent: speaker.percent(reward.percent),
    most: reward.maxOff === undefined ? 'none' : speaker.money(reward.maxOff),
  });
