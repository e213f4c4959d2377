import type { EarningRule } from '../../program-rules.js';
import type { Said, Tell } from '../speaker.js';

const said: Said = {
  en: '{pts} for every full {money} in one order',
  nl: '{pts} voor elke volle {money} in één bestelling',
  nb: '{pts} for hver hele {money} i én bestilling',
  pl: '{pts} za każde pełne {money} w jednym zamówieniu',
};

export const step: Tell<Extract<EarningRule, { kind: 'step' }>> = (rule, speaker) =>
  speaker.say(said, { pts: speaker.count(rule.unit, rule.gives), money: speaker.money(rule.every) });
