import type { Minor } from '../commerce/order.js';
import type { DiscountOrder } from '../commerce/outbound-platform.js';
import { cartWorth } from '../rules/cart.js';
import type { Cart } from '../rules/cart.js';
import type { Fraction } from '../rules/fraction.js';
import { barOf } from '../rules/limits.js';
import type { Redeemable, Redeemer } from '../rules/limits.js';
import type { ProgramRules, RewardRule } from '../rules/program-rules.js';
import { amountOff } from './amount-off.js';
import { byHand } from './by-hand.js';
import { donation } from './donation.js';
import { freeShipping } from './free-shipping.js';
import type { Money, RewardKind, RewardKindName } from './kind.js';
import { percentOff } from './percent-off.js';
import { product } from './product.js';
import { slider } from './slider.js';
import { storeCredit } from './store-credit.js';

/** Every way to use points. A new one is a file of its own and its name here. */
const KINDS: { [K in RewardKindName]: RewardKind<K> } = {
  'amount-off': amountOff,
  'percent-off': percentOff,
  'free-shipping': freeShipping,
  product,
  slider,
  donation,
  'store-credit': storeCredit,
  'by-hand': byHand,
};

/** The kind that reads this reward. */
function kindOf(reward: RewardRule): RewardKind<RewardKindName> {
  return KINDS[reward.kind] as RewardKind<RewardKindName>;
}

/**
 * The one answer to how much can be redeemed here and which limit binds: for cart, till, API and reservation alike.
 * `asked` (slider) null = as much as possible. `points` 0 = refused, for the reason that `binding` names.
 */
export function redeemable(
  rules: ProgramRules,
  reward: RewardRule,
  who: Redeemer,
  cart: Cart,
  asked: bigint | null = null,
): Redeemable {
  const worth = cartWorth(rules, cart, reward.where);
  const bar = barOf(rules, reward, who, worth);
  return bar === null ? kindOf(reward).offer(reward, who, worth, asked) : { points: 0n, off: 0, binding: bar };
}

/** What a platform is asked to make for a reservation of this reward. */
export function discountOf(reward: RewardRule, off: Minor, money: Money): Pick<DiscountOrder, 'kind' | 'products'> {
  const { discount } = kindOf(reward);
  if (!discount) throw new RangeError(`the reward ${reward.id} needs no code`);
  return discount(reward, off, money);
}

/** Null = it takes no share, or the platform holds it by itself. */
export function shareOf(reward: RewardRule): Fraction | null {
  return kindOf(reward).share?.(reward) ?? null;
}

/** Whether the reward is given as soon as it is asked for: then there is no code, and nothing to give back. */
export function isFinal(reward: RewardRule): boolean {
  const { discount, credit, byHand: handed } = kindOf(reward);
  return discount === null && credit === undefined && handed === undefined;
}

/** For how many days staff keep it ready to be handed out; null = it is not theirs to give. */
export function keptDaysOf(reward: RewardRule): number | null {
  return kindOf(reward).byHand?.(reward) ?? null;
}

/** What the platform's own purse of the customer gets for so many points; null = the reward is a code, or final at once. */
export function creditOf(reward: RewardRule, points: bigint): Minor | null {
  return kindOf(reward).credit?.(reward, points) ?? null;
}

export function platformNeedOf(
  reward: RewardRule,
): 'amount-off' | 'percent-off' | 'free-shipping' | 'store-credit' | null {
  return kindOf(reward).needs;
}
