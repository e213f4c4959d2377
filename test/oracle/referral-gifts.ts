import { countedAt, countsFrom, momentOf, ownerOf, rulesOf, standsAt } from './belonging.js';
import { addDays } from './calendar.js';
import { atLeast, whole } from './fraction.js';
import type { Gift } from './gift.js';
import { type LevelAt, missedBy, missedByOrder } from './gift-conditions.js';
import type { Known } from './known.js';
import type { Order } from './order.js';
import { barredBy, changesOf, firstOrderOf, type Referral, referralRules, windowEnd } from './referrals.js';
import { baseLeft } from './remains.js';
import { inForce, unitOf } from './versions.js';

function shortfall(known: Known, referral: Referral, order: Order, t: number): string | null {
  const minimum = whole(inForce(known.versions, referral.at).referral?.minOrder ?? 0);
  if (!standsAt(known, order, t)) return 'refunded';
  const rules = rulesOf(known, order);
  if (!atLeast(baseLeft(order, t, rules, rules.base), minimum)) return 'below-minimum';
  const { referral: asked, zone } = inForce(known.versions, referral.at);
  return missedByOrder(known, asked?.when, zone, order, t) === null ? null : 'condition';
}

/** What is asked of either side when the friend's order had its moment. */
function sideMisses(known: Known, referral: Referral, order: Order, side: 'advocate' | 'friend', levelAt: LevelAt) {
  const { referral: rules, zone } = inForce(known.versions, referral.at);
  const at = Math.min(momentOf(known, order), countedAt(known, order));
  const member = side === 'advocate' ? referral.advocate : ownerOf(known, order)?.member;
  const when = side === 'advocate' ? rules?.advocateWhen : rules?.friendWhen;
  return member !== undefined && missedBy(known, { when, zone, member, at }, levelAt) !== null;
}

/** FORMAT 6.6: the advocate's reason at t; after the return window what held at its end is final. */
export function reasonOfReferral(known: Known, referral: Referral, t: number, levelAt: LevelAt): string {
  const barred = barredBy(known, referral, t);
  if (barred) return barred;
  const order = firstOrderOf(known, referral.customer);
  if (!order || countedAt(known, order) > t) return 'no-order';
  const ends = windowEnd(known, referral, order);
  const short = shortfall(known, referral, order, Math.min(t, ends));
  if (short !== null) return short;
  if (sideMisses(known, referral, order, 'advocate', levelAt)) return 'condition';
  return t < ends ? 'in-return-window' : 'earned';
}

export function referralGifts(known: Known, levelAt: LevelAt): Gift[] {
  return [...known.referrals.values()].flatMap((referral): Gift[] => {
    const judged = referralRules(known, referral);
    const order = firstOrderOf(known, referral.customer);
    if (!judged || !order || !known.members.has(referral.advocate)) return [];
    const { rules } = judged;
    const unit = judged.referral.unit ?? 'points';
    unitOf(rules, unit);
    const ends = windowEnd(known, referral, order);
    const gifts: Gift[] = [
      {
        of: `referral:${referral.id}`,
        unit,
        expiry: judged.referral.expiry,
        member: referral.advocate,
        counted: ends,
        changes: [ends, ...known.merges.map((merge) => merge.at).filter((at) => at > ends)],
        amountAt: (t) =>
          t >= ends && reasonOfReferral(known, referral, t, levelAt) === 'earned' ? judged.referral.advocate : 0,
        datedAt: () => ({ counted: ends, usable: ends, rules }),
      },
    ];
    const friend = ownerOf(known, order);
    const from = countsFrom(known, order);
    if (friend && from < Infinity) {
      const counted = countedAt(known, order);
      // They come with the order: they can be used when its points can.
      const { pendingDays, zone } = rulesOf(known, order);
      gifts.push({
        of: `friend:${referral.id}`,
        unit,
        expiry: judged.referral.expiry,
        member: friend.member,
        counted: from,
        changes: [from, ...changesOf(order), ...known.merges.map((merge) => merge.at)].filter((at) => at >= from),
        amountAt: (t) =>
          t >= from &&
          barredBy(known, referral, t) === null &&
          shortfall(known, referral, order, t) === null &&
          !sideMisses(known, referral, order, 'friend', levelAt)
            ? (judged.referral.friend ?? 0)
            : 0,
        datedAt: () => ({ counted: from, usable: addDays(counted, pendingDays, zone), rules }),
      });
    }
    return gifts;
  });
}
