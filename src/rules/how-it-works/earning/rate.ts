import type { EarningRule } from '../../program-rules.js';
import type { Said, Tell } from '../speaker.js';

const said: Said = {
  en: '{pts} for every {money} spent',
  nl: '{pts} voor elke {money} die je besteedt',
  nb: '{pts} for hver {money} du handler for',
  pl: '{pts} za każde wydane {money}',
};

export const rate: Tell<Extract<EarningRule, { kind: 'rate' }>> = (rule, speaker) =>
  speaker.say(said, { pts: speaker.count(rule.unit, rule.points), money: speaker.money(rule.per) });
