import type { PiecesLeft } from '../../loyalty/read-stock.js';
import { leastOfSlider } from '../../rewards/slider.js';
import type { RewardRule } from '../../rules/program-rules.js';
import { moneyOf, percentOf } from './member-view.js';
import { sentence } from './say.js';
import type { Spoken } from './spoken.js';
import { unitForms } from './unit-forms.js';
import type { ProgramAnswer } from './verbs.js';
import { earningSentences, rewardTitle } from './words.js';

/** What anybody may know of a program: how one earns, what points become, written by the rules themselves. */
export function programView(
  spoken: Spoken,
  left: PiecesLeft = new Map(),
  looks?: ProgramAnswer['looks'],
): ProgramAnswer {
  const { name, rules, language } = spoken;
  const { joining, referral, reviews } = rules;
  return {
    name,
    language,
    ...(looks ? { looks } : {}),
    units: Object.fromEntries(Object.keys(rules.units).map((unit) => [unit, unitForms(spoken, unit)])),
    earning: earningSentences(spoken),
    joiningBonus: joining ? joining.gives.toString() : null,
    reviewBonus: reviews ? reviews.gives.toString() : null,
    referral: referral
      ? {
          advocate: referral.advocate.toString(),
          friend: referral.friend.toString(),
          minOrder: referral.minOrder > 0 ? moneyOf(rules, referral.minOrder) : null,
        }
      : null,
    rewards: rules.rewards.map((reward) => rewardView(spoken, reward, left.get(reward.id) ?? null)),
  };
}

function rewardView(spoken: Spoken, reward: RewardRule, left: number | null): ProgramAnswer['rewards'][number] {
  const { rules } = spoken;
  const { id, kind, unit } = reward;
  const title = rewardTitle(spoken, reward);
  const stock = left === null ? null : sentence('reward.left', spoken.language, { n: left });
  const fixed = { id, kind, unit, title, off: null, percent: null, slider: null, left, stock };
  switch (reward.kind) {
    case 'slider': {
      const step = reward.step.toString();
      const slider = { step, min: leastOfSlider(reward).toString(), offPerStep: moneyOf(rules, reward.off) };
      return { ...fixed, points: null, slider };
    }
    case 'amount-off':
      return { ...fixed, points: reward.points.toString(), off: moneyOf(rules, reward.off) };
    case 'percent-off':
      return { ...fixed, points: reward.points.toString(), percent: percentOf(reward.percent) };
    case 'store-credit': {
      const step = reward.points.toString();
      return { ...fixed, points: step, slider: { step, min: step, offPerStep: moneyOf(rules, reward.gives) } };
    }
    default:
      return { ...fixed, points: reward.points.toString() };
  }
}
