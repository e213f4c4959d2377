import { fraction, parseFraction, times } from '../rules/fraction.js';
import { fixedOffer, wholeMinor } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/** A share of what is eligible, rounded down, at most `maxOff`. */
export const percentOff: RewardKind<'percent-off'> = {
  offer(reward, who, worth) {
    const share = times(parseFraction(reward.percent), fraction(1, 100));
    const off = Math.min(wholeMinor(times(worth.eligible, share)), reward.maxOff ?? Infinity);
    return fixedOffer(reward.points, off, off > 0, who);
  },
  /** No platform caps a percentage: with a cap the code is for the amount that was granted on this cart. */
  discount(reward, off, currency) {
    const products = reward.where?.products ?? null;
    if (reward.maxOff !== undefined) return { kind: { type: 'amount', off, currency }, products };
    const percent = parseFraction(reward.percent);
    const kind = {
      type: 'percent',
      percent: Number(percent.n) / Number(percent.d),
      maxOff: null,
    } as const;
    return { kind: { ...kind, currency }, products };
  },
  share: ({ percent, maxOff }) => (maxOff === undefined ? null : times(parseFraction(percent), fraction(1, 100))),
  needs: 'percent-off',
};
