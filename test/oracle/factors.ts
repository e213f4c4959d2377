import type { Claimed } from './award.js';
import type { Promotion } from './format.js';
import type { Fraction } from './fraction.js';
import {
  compare,
  floor,
  isPositive,
  larger,
  minus,
  ONE,
  over,
  plus,
  read,
  sum,
  times,
  whole,
  ZERO,
} from './fraction.js';
import type { Rules } from './versions.js';

/** FORMAT 3.3: the joint factor P of the promotions on a line, and the tier's multiplier M with it. */
export function factorOn(promotions: Promotion[], multiplier: Fraction, rules: Rules): Fraction {
  const withFactor = promotions.filter((promotion) => promotion.factor !== undefined);
  const exclusive = withFactor.find((promotion) => promotion.exclusive);
  const factors = (exclusive ? [exclusive] : bestOfGroups(withFactor)).map((promotion) => read(promotion.factor ?? 1));
  const stacking = { promotions: 'best', tier: 'sum', ...rules.stacking } as const;
  const joint =
    stacking.promotions === 'sum'
      ? plus(ONE, sum(factors.map((factor) => minus(factor, ONE))))
      : stacking.promotions === 'multiply'
        ? factors.reduce(times, ONE)
        : factors.reduce(larger, ONE);
  const both = { multiply: times, best: larger, sum: (a: Fraction, b: Fraction) => minus(plus(a, b), ONE) };
  const all = both[stacking.tier](multiplier, joint);
  const most = stacking.most === undefined ? all : read(stacking.most);
  return compare(all, most) > 0 ? most : all;
}

/** Of the factors of one group on a line the best alone counts, of equals the first (docs/decisions/0014). */
function bestOfGroups(promotions: Promotion[]): Promotion[] {
  const factorOf = (promotion: Promotion): Fraction => read(promotion.factor ?? 1);
  return promotions.filter(({ group }, i) => {
    if (group === undefined) return true;
    const rivals = promotions
      .map((other, j) => ({ other, j }))
      .filter(({ other, j }) => other.group === group && j !== i);
    const own = factorOf(promotions[i] as Promotion);
    return rivals.every(({ other, j }) => {
      const better = compare(own, factorOf(other));
      return better > 0 || (better === 0 && i < j);
    });
  });
}

/** Exact points by line ('' is shipping) under a factor for each line: rates by line, steps by rule (FORMAT 3, 3.4). */
export function multiplied(claimed: Claimed[], factorFor: (claim: Claimed) => Fraction): Map<string, Fraction> {
  const points = new Map<string, Fraction>();
  const place = ({ part }: Claimed): string => part.line?.id ?? '';
  for (const claim of claimed) {
    const { rule, part } = claim;
    const perUnit = rule.kind === 'rate' ? over(read(rule.points), whole(rule.per)) : ZERO;
    points.set(place(claim), times(times(part.base, perUnit), factorFor(claim)));
  }
  for (const rule of new Set(claimed.map((claim) => claim.rule))) {
    if (rule.kind !== 'step') continue;
    const lines = claimed.filter((claim) => claim.rule === rule).map((claim) => ({ claim, factor: factorFor(claim) }));
    const factors = [ZERO, ...lines.map((line) => line.factor).sort(compare)];
    factors.forEach((factor, index) => {
      const rise = index === 0 ? ZERO : minus(factor, factors[index - 1] ?? ZERO);
      if (!isPositive(rise)) return;
      const sharing = lines.filter((line) => compare(line.factor, factor) >= 0);
      const base = sum(sharing.map(({ claim }) => claim.part.base));
      const steps = floor(over(base, whole(rule.every)));
      const pays = times(whole(rule.gives * steps), rise);
      for (const { claim } of sharing) {
        const share = isPositive(base) ? times(pays, over(claim.part.base, base)) : ZERO;
        points.set(place(claim), plus(points.get(place(claim)) ?? ZERO, share));
      }
    });
  }
  return points;
}

/** FORMAT 3.7: whole points to lines by largest remainder of their exact points; ties to the earlier line. */
export function allocate(points: number, exact: Map<string, Fraction>): Map<string, number> {
  const all = sum([...exact.values()]);
  const quotas = [...exact].map(([line, share]) => {
    const quota = isPositive(all) ? times(share, over(whole(points), all)) : ZERO;
    return { line, given: floor(quota), remainder: minus(quota, whole(floor(quota))) };
  });
  let over1 = points - quotas.reduce((given, quota) => given + quota.given, 0);
  for (const quota of [...quotas].sort((a, b) => compare(b.remainder, a.remainder))) {
    if (over1 > 0 && isPositive(quota.remainder)) {
      quota.given += 1;
      over1 -= 1;
    }
  }
  return new Map(quotas.map(({ line, given }) => [line, given]));
}
