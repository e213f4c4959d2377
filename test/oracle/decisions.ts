import { awardOf, partOfStep, unitsEarned } from './award.js';
import { countedAt, disputedAt, keptOut, ownerOf, reasonForCurrency, rulesOf, upright } from './belonging.js';
import { allocate } from './factors.js';
import { isCounted } from './gift-turns.js';
import { isPositive, plus, ZERO } from './fraction.js';
import type { Known, Review } from './known.js';
import type { Order } from './order.js';
import { caseOf, finalsOf, giftsBeside, partOf, pointsOfOrder, pointsThen, tierAt } from './order-points.js';
import { baseLeft, remainsOf, somethingLeft } from './remains.js';
import { reasonOfReferral } from './referral-gifts.js';
import { isWithin } from './sharing.js';
import { reasonOfReview } from './reviews.js';

export interface Decision {
  reason: string;
  gives: Record<string, number>;
  lines?: Record<string, Record<string, number>>;
  extra?: Record<string, number>;
  missed?: Record<string, string>;
  promotions?: Record<string, number>;
}

/** FORMAT 11: the reason of an order at t, the first that holds. */
function reasonOfOrder(known: Known, order: Order, t: number, gives: Record<string, number>): string {
  const out = keptOut(known, order, t) ?? reasonForCurrency(known, order);
  if (out) return out;
  const rules = rulesOf(known, order);
  if (order.cancelled <= t) return 'cancelled';
  if (!somethingLeft(remainsOf(order, t)) && somethingLeft(remainsOf(order, -Infinity))) return 'refunded';
  if (order.paid > t) return 'not-paid';
  const counts = rules.counts ?? 'paid';
  if ((typeof counts === 'string' ? counts : counts.after) === 'fulfilled' && order.fulfilled > t)
    return 'not-fulfilled';
  if (disputedAt(order, t)) return 'disputed';
  if (countedAt(known, order) > t) return 'waiting';
  if (Object.keys(gives).length > 0) return 'earned';
  if (!isPositive(baseLeft(order, t, rules, rules.base)) || !upright(order, t)) return 'zero-base';
  const owner = ownerOf(known, order);
  const exact = unitsEarned(rules).reduce((all, unit) => {
    const award = owner ? awardOf(caseOf(known, order, owner.member, t), unit) : null;
    return award ? plus(all, award.full.exact) : all;
  }, ZERO);
  return isPositive(exact) ? 'rounds-to-zero' : 'no-rule';
}

export function decisionOnOrder(known: Known, order: Order, t: number): Decision {
  const gives = Object.fromEntries([...pointsOfOrder(known, order, t)].filter(([, points]) => points !== 0));
  const finals = finalsOf(known, order, t);
  const decision: Required<Decision> = {
    reason: [...finals.keys()].some((unit) => gives[unit])
      ? 'earned'
      : reasonOfOrder(known, order, asOf(known, order, t, gives, finals), gives),
    gives,
    lines: {},
    extra: {},
    missed: {},
    promotions: {},
  };
  const owner = ownerOf(known, order);
  if (!owner || keptOut(known, order, t) !== null) return decision;
  const given = caseOf(known, order, owner.member, t);
  for (const unit of unitsEarned(given.rules)) {
    const now = awardOf(given, unit);
    Object.assign(decision.missed, Object.fromEntries(now.full.missed));
    for (const [promotion, gain] of now.gains)
      decision.promotions[promotion] = Math.min(gain, partOf(known, promotion, order.id));
    const last = finals.get(unit);
    const { free, steps } = last === undefined ? now : awardOf(caseOf(known, order, owner.member, last), unit);
    const points = gives[unit] ?? 0;
    if (points === 0) continue;
    // A ceiling's part is its promotion's additions first; the rest goes to the lines as the last that was granted has them.
    const recorded = (promotion: string) => partOf(known, promotion, order.id);
    const parts = steps.map((step) => ({ ...step, part: partOfStep(step, recorded) }));
    const extra = parts.reduce((all, { part, added }) => all + Math.min(part, added), free.extra);
    const { lines } = parts.filter(({ part }) => part > 0).pop()?.award ?? free;
    if (extra > 0) decision.extra[unit] = extra;
    decision.lines[unit] = Object.fromEntries(
      [...allocate(points - extra, lines)].map(([line, of]) => [line === '' ? 'shipping' : line, of]),
    );
  }
  return decision;
}

/** What would give something today, but was final when it came to nothing, has the reason of then. */
function asOf(known: Known, order: Order, t: number, gives: Decision['gives'], finals: Map<string, number>): number {
  const today = [...pointsThen(known, order, t).values()].some((points) => points !== 0);
  return today && finals.size > 0 && Object.keys(gives).length === 0 ? Math.max(...finals.values()) : t;
}

const givesOf = (known: Known, of: string, t: number): Record<string, number> =>
  Object.fromEntries(
    giftsBeside(known)
      .filter((gift) => gift.of === of && gift.amountAt(t) !== 0)
      .map((gift) => [gift.unit, gift.amountAt(t)]),
  );

/** What limits leave nothing of says so. */
function cutOr(known: Known, of: string, reason: string, t: number): string {
  const gift = giftsBeside(known).find((one) => one.of === of);
  if (reason !== 'earned' || !gift || gift.amountAt(t) > 0) return reason;
  return (isCounted(gift) ? gift.barredAt(t) : null) ?? (isWithin(gift) ? gift.cutAt(t) : null) ?? reason;
}

export const decisionOnReview = (known: Known, review: Review, t: number): Decision => ({
  reason: cutOr(known, `review:${review.id}`, reasonOfReview(known, review, t, tierAt), t),
  gives: givesOf(known, `review:${review.id}`, t),
});

export const decisionOnReferral = (known: Known, id: string, t: number): Decision => {
  const referral = known.referrals.get(id);
  if (!referral) throw new Error(`no referral ${id}`);
  const reason = cutOr(known, `referral:${id}`, reasonOfReferral(known, referral, t, tierAt), t);
  return { reason, gives: givesOf(known, `referral:${id}`, t) };
};
