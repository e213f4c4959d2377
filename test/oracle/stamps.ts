import { changesOf } from './referrals.js';
import { countsFrom, rulesOf, standingOrdersOf } from './belonging.js';
import { matches } from './conditions.js';
import type { StampCard } from './format.js';
import { atLeast, floor, fraction, isPositive, sum, times, whole } from './fraction.js';
import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import type { Order } from './order.js';
import { basePartsOf, remainsOf } from './remains.js';
import { visitsOf } from './visits.js';
import type { Rules } from './versions.js';
import { inForce, withBase } from './versions.js';

/** FORMAT 8.5: stamps over what stands at t; cards filled = total div needs, stamps shown = total mod needs. */
export function stampsAt(known: Known, member: string, t: number): Map<string, { stamps: number; filled: number }> {
  const rules = inForce(known.versions, t);
  return new Map(
    rules.stamps.map((card) => {
      const total = totalOf(known, member, card, rules, t);
      return [card.id, { stamps: total % card.needs, filled: Math.floor(total / card.needs) }];
    }),
  );
}

function totalOf(known: Known, member: string, card: StampCard, rules: Rules, t: number): number {
  if (card.per === 'visit') {
    return visitsOf(known, member, rules, (order) => stampsOf(known, order, card, t) > 0, t).length;
  }
  return standingOrdersOf(known, member, t).reduce((all, order) => all + stampsOf(known, order, card, t), 0);
}

/** The order's rate and its reading of the base stay those of its moment. */
function stampsOf(known: Known, order: Order, card: StampCard, t: number): number {
  const own = rulesOf(known, order);
  const parts = basePartsOf(order, remainsOf(order, t), own, withBase(own.base, card.base)).filter((part) =>
    part.line ? matches(card.where, part.line) : card.where === undefined,
  );
  const base = sum(parts.map((part) => part.base));
  if (!isPositive(base) || !atLeast(base, whole(card.min ?? 0))) return 0;
  const items = parts.filter((part) => isPositive(part.base)).reduce((all, part) => all + Math.floor(part.items), 0);
  const stamps =
    card.per === 'item' ? items : card.per === 'amount' ? floor(times(base, fraction(1n, BigInt(card.every ?? 1)))) : 1;
  return Math.min(stamps, card.maxPerOrder ?? Infinity);
}

interface Payout {
  of: string;
  unit: string;
  member: string;
  steps: { at: number; gives: number; rules: Rules }[];
}

/**
 * The payouts of filled cards: `card:CARD#K` stands while at least K are filled; filled again, it is dated anew. What a card
 * pays is what the rules in force when it was filled say; a card that the rules no longer have is left as it is. Merged
 * members' payouts are one row, by when they were filled.
 */
export function cardGifts(known: Known, until: number): Gift[] {
  const ids = [...new Set(known.versions.flatMap((version) => version.rules.stamps.map((card) => card.id)))];
  if (ids.length === 0) return [];
  const changes = [
    ...known.versions.map((version) => version.from),
    ...known.visits.map((visit) => visit.at),
    ...known.merges.map((merge) => merge.at),
    ...[...known.orders.values()].flatMap((order) => [countsFrom(known, order), ...changesOf(order)]),
  ].filter((at) => Number.isFinite(at) && at <= until);
  const instants = [...new Set(changes)].sort((a, b) => a - b);
  return ids.flatMap((id) => payoutsOf(known, id, instants)).map(giftOf);
}

function payoutsOf(known: Known, id: string, instants: number[]): Payout[] {
  const all: Payout[] = [];
  let standing: Payout[] = [];
  for (const at of instants) {
    const rules = inForce(known.versions, at);
    const card = rules.stamps.find((one) => one.id === id);
    if (!card) continue;
    for (const { id: member } of known.members.values()) {
      if (whoIs(known, member, at) !== member) continue;
      const mine = standing
        .filter((payout) => whoIs(known, payout.member, at) === member)
        .sort((a, b) => filledAt(a) - filledAt(b) || numberOf(a) - numberOf(b) || (a.member < b.member ? -1 : 1));
      const filled = Math.floor(totalOf(known, member, card, rules, at) / card.needs);
      for (const emptied of mine.splice(filled)) {
        emptied.steps.push({ at, gives: 0, rules });
        standing = standing.filter((payout) => payout !== emptied);
      }
      for (let number = mine.length + 1; number <= filled; number += 1) {
        const of = `card:${id}#${number}`;
        const unit = card.pays.unit ?? 'points';
        let payout = all.find((one) => one.of === of && one.member === member && one.unit === unit);
        if (!payout) all.push((payout = { of, unit, member, steps: [] }));
        payout.steps.push({ at, gives: card.pays.gives, rules });
        standing.push(payout);
      }
    }
  }
  return all;
}

const filledAt = (payout: Payout): number => payout.steps[payout.steps.length - 1]?.at ?? 0;
const numberOf = (payout: Payout): number => Number(payout.of.slice(payout.of.lastIndexOf('#') + 1));

function giftOf({ of, unit, member, steps }: Payout): Gift {
  const stepAt = (t: number) => steps.filter((step) => step.at <= t).pop() ?? steps[0];
  return {
    of,
    unit,
    member,
    counted: steps[0]?.at ?? 0,
    anew: true,
    changes: steps.map((step) => step.at),
    amountAt: (t) => steps.filter((step) => step.at <= t).pop()?.gives ?? 0,
    datedAt: (t) => {
      const step = stepAt(t);
      if (!step) throw new Error(`${of} was never filled`);
      return { counted: t, usable: t, rules: step.rules };
    },
  };
}
