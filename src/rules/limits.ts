import type { Minor } from '../commerce/order.js';
import type { Millis } from '../lib/clock.js';
import type { CartWorth } from './cart.js';
import { compile } from './compile.js';
import { compare, floor, fraction } from './fraction.js';
import type { ProgramRules, RewardRule } from './program-rules.js';

/** How much can be redeemed here, and which limit binds; `binding` null = nothing stands in the way (FORMAT 9.1, 9.2). */
export interface Redeemable {
  points: bigint;
  off: Minor;
  binding: string | null;
}

/** Who asks, and with what. */
export interface Redeemer {
  now: Millis;
  isMember: boolean;
  tier: string | null;
  /** Usable points of the reward's unit. */
  available: bigint;
  /** The reward is counted, and no piece of it is left. */
  soldOut?: boolean;
}

/** A limit in points, by the name that a refusal gives it. */
export interface Limit {
  name: 'balance' | 'max' | 'share' | 'cart';
  points: bigint;
}

/** What bars a reward whatever its kind, the first that holds; null = nothing. */
export function barOf(rules: ProgramRules, reward: RewardRule, who: Redeemer, worth: CartWorth): string | null {
  if (who.now >= compile(rules).redeemsUntil) return 'program-ended';
  if (who.soldOut === true) return 'sold-out';
  if (!who.isMember) return 'not-a-member';
  if (reward.tiers && (who.tier === null || !reward.tiers.includes(who.tier))) return 'tiers';
  if (reward.minCart !== undefined && compare(worth.all, fraction(reward.minCart)) < 0) return 'minCart';
  return null;
}

/** The smallest limit; of equal ones the first. */
export function bindingOf(limits: readonly Limit[]): Limit {
  let least = limits[0];
  for (const limit of limits) if (!least || limit.points < least.points) least = limit;
  if (!least) throw new RangeError('a reward needs at least one limit');
  return least;
}

/** A reward of one price: all or nothing. */
export function fixedOffer(points: number, off: Minor, takesOff: boolean, who: Redeemer): Redeemable {
  if (who.available < BigInt(points)) return { points: 0n, off: 0, binding: 'balance' };
  if (!takesOff) return { points: 0n, off: 0, binding: 'cart' };
  return { points: BigInt(points), off, binding: null };
}

/** The whole minor units of an exact amount. */
export function wholeMinor(amount: Parameters<typeof floor>[0]): Minor {
  return Number(floor(amount));
}
