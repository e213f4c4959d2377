import type { Minor } from '../commerce/order.js';
import { type Cart, cartWorth } from '../rules/cart.js';
import { prepareWhere } from '../rules/conditions/index.js';
import { floor, fraction, minus, round, times, ZERO } from '../rules/fraction.js';
import type { KnownOrder } from '../rules/known.js';
import type { ProgramRules, RewardRule } from '../rules/program-rules.js';
import { scaleOf } from '../rules/remains.js';
import { shareOf } from './index.js';

/**
 * The least cart on which a code may take `off`, in the program's minor units, when the reward takes no more than a share of
 * what it is for; null = it has no such limit. A cart that shrinks below it after the reservation must not keep the discount,
 * and a minimum is what every platform can hold. Platforms read it with or without tax, before other discounts or after:
 * it is told without tax, so that the cart that it was granted on is never refused.
 */
export function leastCartOf(rules: ProgramRules, reward: RewardRule, off: Minor, cart: Cart): Minor | null {
  const share = shareOf(reward);
  const { eligible } = cartWorth(rules, cart, reward.where);
  if (share === null || share.n === 0n || off === 0 || eligible.n === 0n) return null;
  const withoutTax = { ...cart, lines: cart.lines.map((line) => ({ ...line, tax: 0 })) };
  const net = cartWorth(rules, withoutTax, reward.where).eligible;
  const least = round({ n: BigInt(off) * share.d, d: share.n }, 'ceil');
  return Number(floor(times(fraction(least), times(net, { n: eligible.d, d: eligible.n }))));
}

/**
 * By how much the discount that an order really had is above the reward's share of what the order is worth without it: 0 when
 * the limit held. `off` in the order's money.
 */
export function aboveShare(rules: ProgramRules, reward: RewardRule, order: KnownOrder, off: Minor): Minor {
  const share = shareOf(reward);
  const scale = scaleOf(rules, order.money) ?? ZERO;
  if (share === null || scale.n === 0n) return 0;
  const test = prepareWhere(reward.where);
  const lines = order.lines.filter(
    (line) => line.kind === 'product' && (test === null || test(line, { items: line.quantity, scale })),
  );
  const worth = lines.reduce((sum, line) => sum + line.net + line.tax, off);
  const most = floor(times(share, times(fraction(worth), scale)));
  const above = floor(minus(times(fraction(off), scale), fraction(most)));
  return above > 0n ? Number(above) : 0;
}
