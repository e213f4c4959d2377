import { fixedOffer } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/** A fixed amount for a fixed price. What is recorded is the whole value, also on a smaller cart. */
export const amountOff: RewardKind<'amount-off'> = {
  offer: (reward, who, worth) => fixedOffer(reward.points, reward.off, worth.eligible.n > 0n, who),
  discount: (reward, off, currency) => ({
    kind: { type: 'amount', off, currency },
    products: reward.where?.products ?? null,
  }),
  needs: 'amount-off',
};
