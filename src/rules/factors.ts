import type { PromotionReady } from './compile.js';
import { compare, minus, ONE, plus, times } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { ProgramRules } from './program-rules.js';

/** The joint factor of the promotions that match one line (FORMAT 3.3). */
export function jointFactor(
  matching: readonly PromotionReady[],
  tier: Fraction,
  stacking: ProgramRules['stacking'],
): Fraction {
  return withTier(ofPromotions(matching, stacking.promotions), tier, stacking.tier);
}

function ofPromotions(matching: readonly PromotionReady[], how: ProgramRules['stacking']['promotions']): Fraction {
  const alone = matching.find((ready) => ready.promotion.exclusive);
  if (alone) return alone.factor;
  let joint = ONE;
  for (const { factor } of bestOfGroups(matching)) {
    if (how === 'best') joint = compare(factor, joint) > 0 ? factor : joint;
    else if (how === 'sum') joint = plus(joint, minus(factor, ONE));
    else joint = times(joint, factor);
  }
  return joint;
}

/** Without those that a better one of their group takes the place of; equals: the first written. */
function bestOfGroups(matching: readonly PromotionReady[]): readonly PromotionReady[] {
  if (matching.every(({ promotion }) => promotion.group === undefined)) return matching;
  const isBest = ({ promotion: { group }, factor }: PromotionReady, at: number): boolean =>
    group === undefined ||
    matching.every((other, i) => {
      if (other.promotion.group !== group || i === at) return true;
      const better = compare(factor, other.factor);
      return better > 0 || (better === 0 && at < i);
    });
  return matching.filter(isBest);
}

function withTier(promotions: Fraction, tier: Fraction, how: ProgramRules['stacking']['tier']): Fraction {
  if (tier === ONE) return promotions;
  if (how === 'best') return compare(tier, promotions) > 0 ? tier : promotions;
  if (how === 'sum') return minus(plus(tier, promotions), ONE);
  return times(tier, promotions);
}
