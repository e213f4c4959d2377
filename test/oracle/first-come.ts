import { keepBooks } from './books.js';
import { awardOf, ceilingOf, unitsEarned } from './award.js';
import { keptOut, ownerOf, rulesOf, upright } from './belonging.js';
import type { ReserveEvent } from './format.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import { instant } from './order.js';
import { caseOf, finalsOf } from './order-points.js';
import { offerOf } from './rewards.js';
import { inForce } from './versions.js';

/** FORMAT 10.1: granted or refused by what had arrived when it was made, and never judged again. */
export function recordReservation(known: Known, event: ReserveEvent): void {
  const at = instant(event.at);
  const { reservations } = known.recorded;
  if (reservations.has(event.id)) return;
  const member = whoIs(known, event.member, at);
  const offer = offerOf(keepBooks(known, at, member), member, event.reward, event.cart, event.points);
  const reward = inForce(known.versions, at).rewards.find(({ id }) => id === event.reward);
  reservations.set(
    event.id,
    offer.refused !== null
      ? { id: event.id, member, at, refused: offer.refused }
      : {
          id: event.id,
          member,
          at,
          refused: null,
          reward: event.reward,
          unit: reward?.unit ?? 'points',
          points: offer.points,
          off: offer.off,
        },
  );
}

/**
 * FORMAT 10.2: after an arrival at t the parts follow the gains: what fell frees room; what rose, or came, takes of the room
 * that is left, in the order in which the orders first arrived paid.
 */
export function recordParts(known: Known, firstPaid: string[], t: number): void {
  const { parts } = known.recorded;
  const due = firstPaid.flatMap((id) => {
    const order = known.orders.get(id);
    return order ? [...gainsOf(known, id, t)].map(([promotion, gain]) => ({ id, promotion, ...gain })) : [];
  });
  for (const { id, promotion, gain } of due) {
    const held = parts.get(promotion)?.get(id);
    if (held && gain < held.gain) Object.assign(held, { part: Math.min(held.part, gain), gain });
  }
  for (const { id, promotion, gain, ceiling } of due) {
    const all = parts.get(promotion) ?? new Map<string, { part: number; gain: number }>();
    parts.set(promotion, all);
    const held = all.get(id) ?? { part: 0, gain: 0 };
    all.set(id, held);
    const room = ceiling - [...all.values()].reduce((taken, other) => taken + other.part, 0);
    if (gain > held.gain)
      Object.assign(held, { part: held.part + Math.max(0, Math.min(gain - held.gain, room)), gain });
  }
}

/** What the promotions with a ceiling would add to an order as of t, whether or not it has counted yet. */
function gainsOf(known: Known, id: string, t: number): Map<string, { gain: number; ceiling: number }> {
  const found = new Map<string, { gain: number; ceiling: number }>();
  const order = known.orders.get(id);
  if (!order) return found;
  const rules = rulesOf(known, order);
  const owner = ownerOf(known, order);
  const finals = finalsOf(known, order, t);
  for (const unit of unitsEarned(rules)) {
    const capped = rules.promotions.filter((promotion) => promotion.ceiling && (promotion.unit ?? 'points') === unit);
    if (capped.length === 0) continue;
    const at = finals.get(unit) ?? t;
    const stands = owner !== null && keptOut(known, order, at) === null && order.paid <= at && upright(order, at);
    const gains = stands ? awardOf(caseOf(known, order, owner.member, at), unit).gains : new Map<string, number>();
    for (const promotion of capped) {
      found.set(promotion.id, { gain: gains.get(promotion.id) ?? 0, ceiling: ceilingOf(rules, promotion) });
    }
  }
  return found;
}
