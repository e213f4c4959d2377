import { fixedOffer, wholeMinor } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/** The shipping of one order. */
export const freeShipping: RewardKind<'free-shipping'> = {
  offer(reward, who, worth) {
    const off = wholeMinor(worth.shipping);
    return fixedOffer(reward.points, off, off > 0, who);
  },
  discount: () => ({ kind: { type: 'free-shipping' }, products: null }),
  needs: 'free-shipping',
};
