import { changesOf } from './referrals.js';
import { countsFrom, standingOrdersOf } from './belonging.js';
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
    return visitsOf(known, member, rules, (order) => stampsOf(order, card, rules, t) > 0, t).length;
  }
  return standingOrdersOf(known, member, t).reduce((all, order) => all + stampsOf(order, card, rules, t), 0);
}

function stampsOf(order: Order, card: StampCard, rules: Rules, t: number): number {
  const parts = basePartsOf(order, remainsOf(order, t), rules, withBase(rules.base, card.base)).filter((part) =>
    part.line ? matches(card.where, part.line) : card.where === undefined,
  );
  const base = sum(parts.map((part) => part.base));
  if (!isPositive(base) || !atLeast(base, whole(card.min ?? 0))) return 0;
  const items = parts.filter((part) => isPositive(part.base)).reduce((all, part) => all + Math.floor(part.items), 0);
  const stamps =
    card.per === 'item' ? items : card.per === 'amount' ? floor(times(base, fraction(1n, BigInt(card.every ?? 1)))) : 1;
  return Math.min(stamps, card.maxPerOrder ?? Infinity);
}

/** The payouts of filled cards: `card:CARD#K` stands while at least K are filled; filled again, it is dated anew. */
export function cardGifts(known: Known, until: number): Gift[] {
  const cards = new Map(
    known.versions.flatMap((version) => version.rules.stamps.map((card) => [card.id, card] as const)),
  );
  if (cards.size === 0) return [];
  const changes = [
    ...known.versions.map((version) => version.from),
    ...known.visits.map((visit) => visit.at),
    ...known.merges.map((merge) => merge.at),
    ...[...known.orders.values()].flatMap((order) => [countsFrom(known, order), ...changesOf(order)]),
  ].filter((at) => Number.isFinite(at) && at <= until);
  return [...known.members.keys()].flatMap((member) => {
    const path = [...new Set(changes)]
      .sort((a, b) => a - b)
      .filter((at) => whoIs(known, member, at) === member)
      .map((at) => ({ at, cards: stampsAt(known, member, at) }));
    return [...cards.values()].flatMap((card) => payoutsOf(known, member, card, path));
  });
}

type Path = { at: number; cards: Map<string, { filled: number }> }[];

function payoutsOf(known: Known, member: string, card: StampCard, path: Path): Gift[] {
  const filledAt = (t: number): number =>
    whoIs(known, member, t) !== member
      ? 0
      : (path
          .filter((step) => step.at <= t)
          .pop()
          ?.cards.get(card.id)?.filled ?? 0);
  const most = Math.max(0, ...path.map((step) => step.cards.get(card.id)?.filled ?? 0));
  return Array.from({ length: most }, (_, index) => ({
    of: `card:${card.id}#${index + 1}`,
    unit: card.pays.unit ?? 'points',
    member,
    counted: path[0]?.at ?? 0,
    anew: true,
    changes: [...path.map((step) => step.at), ...known.merges.map((merge) => merge.at)],
    amountAt: (t) =>
      filledAt(t) > index ? (inForce(known.versions, t).stamps.find(({ id }) => id === card.id)?.pays.gives ?? 0) : 0,
    datedAt: (t) => ({ counted: t, usable: t, rules: inForce(known.versions, t) }),
  }));
}
