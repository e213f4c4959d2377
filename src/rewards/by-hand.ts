import { fixedOffer } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/** Something that staff hand out: a workshop, a refill, a thing from behind the counter. Held until they say that it was given. */
export const byHand: RewardKind<'by-hand'> = {
  offer: (reward, who) => fixedOffer(reward.points, 0, true, who),
  discount: null,
  byHand: ({ keptDays }) => keptDays,
  needs: null,
};
