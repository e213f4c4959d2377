import { type Books, usableLots } from './lots.js';
import { asBought, matches } from './conditions.js';
import type { Reward, WrittenCart } from './format.js';
import { floor, fraction, read, times, whole } from './fraction.js';
import type { Line } from './order.js';
import { readLine } from './order.js';
import { tierAt } from './order-points.js';
import { inForce, redeemingOver } from './versions.js';

/** What a reward is worth on a cart: granted (binding null, or the limit that binds a slider), or refused by name. */
export interface Offer {
  points: number;
  off: number;
  binding: string | null;
  refused: string | null;
}

const refusedBy = (name: string): Offer => ({ points: 0, off: 0, binding: name, refused: name });

/** FORMAT 9, 9.1, 9.2. `asked` = points of a slider; undefined = the most. The books are those of the instant. */
export function offerOf(
  books: Books,
  member: string,
  rewardId: string,
  cart: WrittenCart | undefined,
  asked?: number,
): Offer {
  const rules = inForce(books.known.versions, books.now);
  const reward = rules.rewards.find((candidate) => candidate.id === rewardId);
  if (!reward) return refusedBy('no-reward');
  if (books.now >= redeemingOver(rules)) return refusedBy('program-ended');
  if (!((books.known.members.get(member)?.joined ?? Infinity) <= books.now)) return refusedBy('not-a-member');
  const tier = tierAt(books.known, member, books.now, books.now);
  if (reward.tiers && !(tier && reward.tiers.includes(tier.id))) return refusedBy('tiers');
  const goods = (cart?.lines ?? []).map(readLine).filter((line) => line.kind === 'product');
  if (worthOf(goods) < (reward.minCart ?? 0)) return refusedBy('minCart');
  const available = usableLots(books, member, reward.unit ?? 'points').reduce((all, lot) => all + lot.left, 0);
  const eligible = worthOf(goods.filter((line) => matches(reward.where, line, asBought(line))));
  if (reward.kind === 'slider') return slide(reward, available, eligible, asked);
  if (available < reward.points) return refusedBy('balance');
  const off = offBy(reward, eligible, (cart?.shipping?.net ?? 0) + (cart?.shipping?.tax ?? 0));
  return off === null ? refusedBy('cart') : { points: reward.points, off, binding: null, refused: null };
}

const worthOf = (lines: Line[]): number => lines.reduce((all, line) => all + line.net + line.tax, 0);

type Fixed = Exclude<Reward, { kind: 'slider' }>;
type Slider = Extract<Reward, { kind: 'slider' }>;

/** Null = nothing to take off. */
function offBy(reward: Fixed, eligible: number, shipping: number): number | null {
  switch (reward.kind) {
    case 'amount-off':
      return eligible > 0 ? reward.off : null;
    case 'percent-off': {
      const share = floor(times(times(read(reward.percent), fraction(1n, 100n)), whole(eligible)));
      return Math.min(share, reward.maxOff ?? Infinity) || null;
    }
    case 'free-shipping':
      return shipping || null;
    case 'product':
    case 'donation':
      return 0;
  }
}

/** FORMAT 9.2: the smallest limit binds (the earlier of equals), floored to the step; below the minimum nothing. */
function slide(reward: Slider, available: number, eligible: number, asked: number | undefined): Offer {
  const asPoints = (money: number): number => floor(fraction(BigInt(money) * BigInt(reward.step), BigInt(reward.off)));
  const limits = [
    { name: 'balance', points: available },
    ...(reward.max === undefined ? [] : [{ name: 'max', points: reward.max }]),
    ...(reward.share === undefined
      ? []
      : [{ name: 'share', points: asPoints(floor(times(read(reward.share), whole(eligible)))) }]),
    { name: 'cart', points: asPoints(eligible) },
  ];
  const binding = limits.reduce((least, limit) => (limit.points < least.points ? limit : least));
  const least = reward.min ?? reward.step;
  if (asked !== undefined) {
    const above = limits.find((limit) => asked > limit.points);
    if (above) return refusedBy(binding.name);
    if (asked % reward.step !== 0) return refusedBy('step');
    if (asked < least) return refusedBy('min');
  }
  const points = asked ?? Math.floor(binding.points / reward.step) * reward.step;
  if (points < least) return refusedBy(binding.name);
  return { points, off: (points / reward.step) * reward.off, binding: binding.name, refused: null };
}
