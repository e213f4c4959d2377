import { floor, fraction, parseFraction, times } from '../rules/fraction.js';
import type { Fraction } from '../rules/fraction.js';
import { bindingOf } from '../rules/limits.js';
import type { Limit, Redeemable } from '../rules/limits.js';
import type { RewardKind, RewardOf } from './kind.js';

/** As many points as the shopper likes, in steps, within limits. */
export const slider: RewardKind<'slider'> = {
  offer(reward, who, worth, asked) {
    const limits: Limit[] = [{ name: 'balance', points: who.available }];
    if (reward.max !== undefined) limits.push({ name: 'max', points: BigInt(reward.max) });
    if (reward.share !== undefined) {
      const most = floor(times(parseFraction(reward.share), worth.eligible));
      limits.push({ name: 'share', points: asPoints(reward, fraction(most)) });
    }
    limits.push({ name: 'cart', points: asPoints(reward, worth.eligible) });
    const least = bindingOf(limits);
    return asked === null ? most(reward, least) : exactly(reward, least, asked);
  },
  discount: (reward, off, currency) => ({
    kind: { type: 'amount', off, currency },
    products: reward.where?.products ?? null,
  }),
  share: ({ share }) => (share === undefined ? null : parseFraction(share)),
  needs: 'amount-off',
};

type Slider = RewardOf<'slider'>;

/** The fewest points that it takes: whole steps, also where the rules' `min` lies between two of them. */
export const leastOfSlider = ({ step, min = step }: Pick<Slider, 'step' | 'min'>): number =>
  Math.max(1, Math.ceil(min / step)) * step;

/** Money as points, rounded down; a slider that takes nothing off has no limit in money. */
function asPoints(reward: Slider, money: Fraction): bigint {
  return reward.off === 0 ? 0n : floor(times(money, fraction(reward.step, reward.off)));
}

function of(reward: Slider, points: bigint, binding: string | null): Redeemable {
  return { points, off: Number(points / BigInt(reward.step)) * reward.off, binding };
}

function most(reward: Slider, binding: Limit): Redeemable {
  const points = binding.points - (binding.points % BigInt(reward.step));
  return of(reward, points < BigInt(leastOfSlider(reward)) ? 0n : points, binding.name);
}

function exactly(reward: Slider, binding: Limit, asked: bigint): Redeemable {
  if (asked > binding.points) return of(reward, 0n, binding.name);
  if (asked % BigInt(reward.step) !== 0n) return of(reward, 0n, 'step');
  return asked < BigInt(leastOfSlider(reward)) ? of(reward, 0n, 'min') : of(reward, asked, null);
}
