import type { EarningKindName } from '../../earning/index.js';
import type { EarningRule } from '../../program-rules.js';
import { withBase } from '../base.js';
import { withConditions } from '../conditions/index.js';
import { withTerms } from '../expiry/index.js';
import { limitTexts } from '../limits.js';
import type { Speaker, Tell } from '../speaker.js';
import { fixed } from './fixed.js';
import { item } from './item.js';
import { rate } from './rate.js';
import { shipping } from './shipping.js';
import { step } from './step.js';

/** Every way to earn on an order has its sentence: a file of its own and its name here. */
const TELLS: { [Kind in EarningKindName]: Tell<Extract<EarningRule, { kind: Kind }>> } = {
  rate,
  step,
  item,
  fixed,
  shipping,
};

/** How a rule gives, and what it asks. */
export function earningText(rule: EarningRule, speaker: Speaker): string {
  const tell = TELLS[rule.kind] as Tell<EarningRule>;
  const asks = withConditions(tell(rule, speaker), rule, speaker);
  const text = withBase([asks, ...limitTexts(rule.limits, rule.unit, speaker)].join(', '), rule.base, speaker);
  return withTerms(text, rule.unit, rule.expiry, speaker);
}
