import type { EarningRule } from '../../program-rules.js';
import type { Said, Tell } from '../speaker.js';

const said: Said = {
  en: '{pts} extra for an order',
  nl: '{pts} extra voor een bestelling',
  nb: '{pts} ekstra for en bestilling',
  pl: 'dodatkowo {pts} za zamówienie',
};

export const fixed: Tell<Extract<EarningRule, { kind: 'fixed' }>> = (rule, speaker) =>
  speaker.say(said, { pts: speaker.count(rule.unit, rule.gives) });
