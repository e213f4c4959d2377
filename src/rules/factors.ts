import type { PromotionReady } from './compile.js';
import { compare, minus, ONE, parseFraction, plus, times } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { ProgramRules } from './program-rules.js';

/** A promotion whose conditions hold, and the claimed lines that it matches and that earn something. */
export interface Matching {
  ready: PromotionReady;
  lines: Set<number | null>;
  items: number;
}

/** What a line's points are multiplied by; `cut` = it would be more if the program let it. */
export interface Joint {
  factor: Fraction;
  cut: boolean;
}

export function addedBy({ ready, items }: Matching): bigint {
  return BigInt(ready.promotion.add ?? 0) + BigInt(ready.promotion.addItem ?? 0) * BigInt(items);
}

/** The joint factor of the promotions that match one line, and of the level (FORMAT 3.3). */
export function jointOn(
  line: number | null,
  matching: readonly Matching[],
  tier: Fraction,
  stacking: ProgramRules['stacking'],
): Joint {
  const on = matching.filter(({ ready, lines }) => ready.promotion.factor !== undefined && lines.has(line));
  const promotions = ofPromotions(
    on.map(({ ready }) => ready),
    stacking.promotions,
  );
  const factor = withTier(promotions, tier, stacking.tier);
  const most = stacking.most === undefined ? factor : parseFraction(stacking.most);
  return compare(factor, most) > 0 ? { factor: most, cut: true } : { factor, cut: false };
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
