import type { Minor } from '../commerce/order.js';
import type { DiscountOrder } from '../commerce/outbound-platform.js';
import type { CartWorth } from '../rules/cart.js';
import type { Fraction } from '../rules/fraction.js';
import type { Redeemable, Redeemer } from '../rules/limits.js';
import type { RewardRule } from '../rules/program-rules.js';

export type RewardKindName = RewardRule['kind'];
export type RewardOf<K extends RewardKindName> = Extract<RewardRule, { kind: K }>;

/** Money that a code is written in. */
export interface Money {
  code: string;
  exponent: number;
}

/**
 * One way to use points. Its schema stands with the program's rules (src/rules/program-rules.ts); here is what it takes
 * off and what it asks of a platform. A new kind is a file of its own and its name in index.ts.
 */
export interface RewardKind<K extends RewardKindName> {
  /** The most that can be redeemed on this cart (or `asked` points of it), after what bars every reward was asked. */
  offer(reward: RewardOf<K>, who: Redeemer, worth: CartWorth, asked: bigint | null): Redeemable;
  /** The single-use code that a platform must make, null = none is needed: it is final when it is granted; `off` is what was recorded with the reservation. */
  discount: ((reward: RewardOf<K>, off: Minor, money: Money) => Pick<DiscountOrder, 'kind' | 'products'>) | null;
  /** The share of the eligible worth that it takes off at most, where its code is for an amount; absent = it has none. */
  share?(reward: RewardOf<K>): Fraction | null;
  /** Money that goes into the platform's own purse of the customer instead, for so many points; absent = it is no such reward. */
  credit?(reward: RewardOf<K>, points: bigint): Minor;
  /** Staff hand it out: held for so many days until they say that it was given; absent = it is no such reward. */
  byHand?(reward: RewardOf<K>): number;
  /** The platforms' capability that it needs; null = any platform has it. */
  needs: 'amount-off' | 'percent-off' | 'free-shipping' | 'store-credit' | null;
}
