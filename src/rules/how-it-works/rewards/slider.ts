import type { Said } from '../speaker.js';
import type { TellReward } from './index.js';

const said: Said = {
  en: 'each {pts}: {money} off{min, select, none {} other {, from {min}}}{max, select, none {} other {, at most {max} in one order}}{share, select, none {} other {, at most {share} of an order}}',
  nl: 'elke {pts}: {money} korting{min, select, none {} other {, vanaf {min}}}{max, select, none {} other {, hooguit {max} per bestelling}}{share, select, none {} other {, hooguit {share} van een bestelling}}',
  nb: 'per {pts}: {money} i rabatt{min, select, none {} other {, fra {min}}}{max, select, none {} other {, høyst {max} per bestilling}}{share, select, none {} other {, høyst {share} av en bestilling}}',
  pl: 'każde {pts}: rabat {money}{min, select, none {} other {, minimum: {min}}}{max, select, none {} other {, maksimum na zamówienie: {max}}}{share, select, none {} other {, najwyżej {share} wartości zamówienia}}',
};

export const slider: TellReward<'slider'> = (reward, speaker) =>
  speaker.say(said, {
    pts: speaker.count(reward.unit, reward.step),
    money: speaker.money(reward.off),
    min: reward.min === undefined ? 'none' : speaker.count(reward.unit, reward.min),
    max: reward.max === undefined ? 'none' : speaker.count(reward.unit, reward.max),
    share: reward.share === undefined ? 'none' : speaker.percent(100 * speaker.amount(reward.share)),
  });
