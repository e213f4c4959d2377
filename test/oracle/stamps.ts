import { changesOf } from './referrals.js';
import { countedAt, countsFrom, ownerOf, rulesOf, standingOrdersOf } from './belonging.js';
import { dayPlusDays, endOfDay, localTimeOf } from './calendar.js';
import { firstFailed, matches } from './conditions.js';
import type { StampCard } from './format.js';
import { atLeast, floor, fraction, isPositive, ONE, sum, times, whole, type Fraction } from './fraction.js';
import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import type { Order } from './order.js';
import { pinnedOf } from './order-points.js';
import { payoutGifts, payoutsOf } from './payouts.js';
import { basePartsOf, remainsOf, scaleOf, worthOf } from './remains.js';
import type { Rules } from './versions.js';
import { inForce, withBase } from './versions.js';

/** A member's card: stamps on the one under way, how many were filled, how often each step was passed. */
interface CardState {
  stamps: number;
  filled: number;
  steps: Map<number, number>;
}

/** FORMAT 8.5: stamps over what stands at t; cards filled = total div needs, stamps shown = total mod needs. */
export function stampsAt(known: Known, member: string, t: number): Map<string, { stamps: number; filled: number }> {
  const rules = inForce(known.versions, t);
  return new Map(
    rules.stamps.map((card) => {
      const { stamps, filled } = cardAt(known, member, card, rules, t);
      return [card.id, { stamps, filled }];
    }),
  );
}

/** Stamp by stamp; what the format does not know of cards is in docs/decisions/0015. */
function cardAt(known: Known, member: string, card: StampCard, rules: Rules, t: number): CardState {
  const { start = 0, startOn, needs, idleDays } = card;
  const fresh = startOn === 'first-card' ? 0 : start;
  const state: CardState = { stamps: start, filled: 0, steps: new Map() };
  const stamp = (): void => {
    state.stamps += 1;
    if (card.steps?.some(({ at }) => at === state.stamps))
      state.steps.set(state.stamps, (state.steps.get(state.stamps) ?? 0) + 1);
    if (state.stamps < needs) return;
    state.filled += 1;
    state.stamps = fresh;
  };
  let idle = Infinity;
  for (const { at, stamps } of daysOf(card, rules, stampedBy(known, member, card, t))) {
    if (at >= idle) state.stamps = fresh;
    for (let i = 0; i < stamps; i += 1) stamp();
    const lastDay = dayPlusDays(localTimeOf(at, rules.zone).date, idleDays ?? 0);
    if (idleDays !== undefined) idle = endOfDay(lastDay, rules.zone);
  }
  if (t >= idle) state.stamps = fresh;
  return state;
}

interface Stamped {
  at: number;
  stamps: number;
}

/** Of a card by visits a local day counts by the best that it gave; of others a day may have a most. */
function daysOf(card: StampCard, rules: Rules, all: Stamped[]): Stamped[] {
  const sorted = [...all].sort((a, b) => a.at - b.at);
  if (card.per !== 'visit' && card.maxPerDay === undefined) return sorted;
  const days = new Map<string, Stamped>();
  for (const { at, stamps } of sorted) {
    const { date } = localTimeOf(at, rules.zone);
    const day = days.get(date) ?? { at, stamps: 0 };
    const together = card.per === 'visit' ? Math.max(day.stamps, stamps) : day.stamps + stamps;
    days.set(date, { at: day.at, stamps: Math.min(together, card.maxPerDay ?? Infinity) });
  }
  return [...days.values()];
}

function stampedBy(known: Known, member: string, card: StampCard, t: number): Stamped[] {
  const orders = standingOrdersOf(known, member, t).map((order) => ({
    at: countedAt(known, order),
    stamps: stampsOf(known, order, card, t),
  }));
  const visits = known.visits.filter(
    ({ at, member: who }) => card.per === 'visit' && at <= t && whoIs(known, who, t) === whoIs(known, member, t),
  );
  return [...orders, ...visits.map(({ at }) => ({ at, stamps: 1 }))].filter(({ stamps }) => stamps > 0);
}

/** The order's rate and its reading of the base stay those of its moment. */
function stampsOf(known: Known, order: Order, card: StampCard, t: number): number {
  const own = rulesOf(known, order);
  const scale = scaleOf(order, own) ?? ONE;
  const parts = basePartsOf(order, remainsOf(order, t), own, withBase(own.base, card.base)).filter((part) =>
    part.line ? matches(card.where, part.line, { items: part.items, scale }) : card.where === undefined,
  );
  const base = sum(parts.map((part) => part.base));
  if (!isPositive(base) || !atLeast(base, whole(card.min ?? 0))) return 0;
  const items = parts.filter((part) => isPositive(part.base)).reduce((all, part) => all + Math.floor(part.items), 0);
  const stamps =
    card.per === 'item' ? items : card.per === 'amount' ? floor(times(base, fraction(1n, BigInt(card.every ?? 1)))) : 1;
  return Math.min(stamps, card.maxPerOrder ?? Infinity) * factorOf(known, order, card, t, base);
}

function factorOf(known: Known, order: Order, { bonus = [] }: StampCard, t: number, base: Fraction): number {
  const owner = ownerOf(known, order);
  if (bonus.length === 0 || !owner) return 1;
  const { pinned, rules } = pinnedOf(known, order, owner.member, t);
  const worth = worthOf(order, remainsOf(order, t), rules, base);
  const holding = bonus.filter(({ when }) => firstFailed(when, pinned, worth) === null);
  return Math.max(1, ...holding.map(({ factor }) => factor));
}

/** The payouts of filled cards and of steps on the way; a card that the rules no longer have is left as it is. */
export function cardGifts(known: Known, until: number): Gift[] {
  const cards = known.versions.flatMap((version) => version.rules.stamps);
  const rows = [...new Set(cards.flatMap(({ id, steps = [] }) => [id, ...steps.map(({ at }) => `${id}@${at}`)]))].map(
    (row) => row.split('@') as [id: string, step?: string],
  );
  if (rows.length === 0) return [];
  const changes = [
    ...known.versions.map((version) => version.from),
    ...known.visits.map((visit) => visit.at),
    ...known.merges.map((merge) => merge.at),
    ...[...known.orders.values()].flatMap((order) => [countsFrom(known, order), ...changesOf(order)]),
  ].filter((at) => Number.isFinite(at) && at <= until);
  const instants = [...new Set(changes)].sort((a, b) => a - b);
  return rows.flatMap(([id, step]) =>
    payoutGifts(
      payoutsOf(known, instants, (member, at, rules) => {
        const card = rules.stamps.find((one) => one.id === id);
        const pays = step ? card?.steps?.find((one) => one.at === Number(step))?.pays : card?.pays;
        if (!card || !pays) return null;
        const state = cardAt(known, member, card, rules, at);
        return {
          of: `card:${[id, step].filter(Boolean).join('@')}`,
          pays,
          filled: step ? (state.steps.get(Number(step)) ?? 0) : state.filled,
        };
      }),
    ),
  );
}
