import { fixedOffer } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/** A product for points; its worth in money is not recorded. */
export const product: RewardKind<'product'> = {
  offer: (reward, who) => fixedOffer(reward.points, 0, true, who),
  discount: (reward, _off, currency) => ({
    kind: { type: 'percent', percent: 100, maxOff: null, currency },
    products: reward.product === undefined ? (reward.where?.products ?? null) : [reward.product],
  }),
  needs: 'percent-off',
};
