import { fixedOffer } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/** Points given to a cause: final as soon as it is asked for, no order and no code of the platform is needed. */
export const donation: RewardKind<'donation'> = {
  offer: (reward, who) => fixedOffer(reward.points, 0, true, who),
  discount: null,
  needs: null,
};
