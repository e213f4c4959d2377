import { bindingOf, type Limit } from '../rules/limits.js';
import type { RewardKind } from './kind.js';

/**
 * Points become money in the platform's own purse of the customer, in whole steps: as many as asked, or as there are. It takes
 * nothing off the cart at hand (`off` 0); from when the platform has given it, it is used.
 */
export const storeCredit: RewardKind<'store-credit'> = {
  offer({ points: step, max }, who, _worth, asked) {
    const by = BigInt(step);
    const limits: Limit[] = [{ name: 'balance', points: who.available }];
    if (max !== undefined) limits.push({ name: 'max', points: BigInt(max) });
    const { name, points: most } = bindingOf(limits);
    if (asked === null) return { points: most - (most % by), off: 0, binding: name };
    if (asked > most) return { points: 0n, off: 0, binding: name };
    if (asked % by !== 0n) return { points: 0n, off: 0, binding: 'step' };
    return { points: asked, off: 0, binding: asked < by ? 'min' : null };
  },
  discount: null,
  credit: ({ points: step, gives }, points) => Number(points / BigInt(step)) * gives,
  needs: 'store-credit',
};
