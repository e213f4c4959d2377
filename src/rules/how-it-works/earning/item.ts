import type { EarningRule } from '../../program-rules.js';
import type { Said, Tell } from '../speaker.js';

const said: Said = {
  en: '{pts} extra for each item',
  nl: '{pts} extra voor elk artikel',
  nb: '{pts} ekstra for hver vare',
  pl: 'dodatkowo {pts} za każdą sztukę',
};

export const item: Tell<Extract<EarningRule, { kind: 'item' }>> = (rule, speaker) =>
  speaker.say(said, { pts: speaker.count(rule.unit, rule.gives) });
