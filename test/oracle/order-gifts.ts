import { addDays } from './calendar.js';
import { countedAt, countsFrom, momentOf, ownerOf, rulesOf } from './belonging.js';
import { unitsEarned } from './award.js';
import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { giftsBeside, hasSharedLimits, pinnedOf, pointsOfOrder } from './order-points.js';
import { changesOf } from './referrals.js';
import { isOverOrders } from './sharing.js';

/** One lot per order, of the members asked for, and unit that it may give (FORMAT 7.1). */
export const orderGifts = (known: Known, until: number, asked: (member: string) => boolean): Gift[] =>
  [...known.orders.values()].flatMap((order): Gift[] => {
    const owner = ownerOf(known, order);
    const from = countsFrom(known, order);
    if (!owner || from > until || !asked(owner.member)) return [];
    const rules = rulesOf(known, order);
    const counted = countedAt(known, order);
    // a return of an earlier order gives its room under a limit to this one
    const others = hasSharedLimits(rules) ? [...known.orders.values()].flatMap(changesOf) : [];
    const gifts = isOverOrders(known) ? giftsBeside(known).flatMap((gift) => gift.changes) : [];
    const merges = hasSharedLimits(rules) ? known.merges.map((merge) => merge.at) : [];
    const later = [...changesOf(order), ...others, ...merges, ...gifts].filter((at) => at > from && at <= until);
    const changes = [...new Set([from, ...later])].sort((a, b) => a - b);
    const path = new Map(changes.map((at) => [at, pointsOfOrder(known, order, at)]));
    return unitsEarned(rules).map((unit) => ({
      of: order.id,
      unit,
      member: owner.member,
      counted,
      moment: momentOf(known, order),
      changes,
      amountAt: (t) => path.get(Math.max(...changes.filter((at) => at <= t)))?.get(unit) ?? 0,
      datedAt: () => ({
        ...{ counted: from, usable: addDays(counted, rules.pendingDays, rules.zone), rules },
        tier: pinnedOf(known, order, owner.member, from).pinned.tier,
      }),
    }));
  });
