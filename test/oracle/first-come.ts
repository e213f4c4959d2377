import { keepBooks } from './books.js';
import { awardOf, ceilingOf, unitsEarned } from './award.js';
import { keptOut, ownerOf, rulesOf, upright } from './belonging.js';
import type { Program, ReserveEvent } from './format.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import { isOfAll, type Taken } from './limits.js';
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
 * that is left, in the order in which the orders first arrived paid. Limits of all members together are such ceilings, one a
 * period (docs/decisions/0013). One order rises at a time, since what it has may be part of the past of another: of its member's
 * level or balance, of what is left of a limit of theirs. `told` = what is known, with the parts of by now.
 */
export function recordParts(told: () => Known, firstPaid: string[], t: number): void {
  for (let more = 2 * firstPaid.length + 1; more > 0; more -= 1) {
    const known = told();
    const { parts } = known.recorded;
    const due = firstPaid.flatMap((id) => [...gainsOf(known, id, t)].map(([name, gain]) => ({ id, name, ...gain })));
    const heldBy = (id: string, name: string) => parts.get(name)?.get(id) ?? { part: 0, gain: 0 };
    const keep = (id: string, name: string, held: { part: number; gain: number }) =>
      parts.set(name, (parts.get(name) ?? new Map<string, typeof held>()).set(id, held));
    const falling = due.filter(({ id, name, gain }) => gain < heldBy(id, name).gain);
    for (const { id, name, gain } of falling) keep(id, name, { part: Math.min(heldBy(id, name).part, gain), gain });
    const rising = due.filter(({ id, name, gain }) => gain > heldBy(id, name).gain);
    if (falling.length + rising.length === 0) return;
    if (falling.length > 0) continue;
    for (const { id, name, gain, most } of rising.filter((one) => one.id === rising[0]?.id)) {
      const { part, gain: before } = heldBy(id, name);
      const room = most - [...(parts.get(name)?.values() ?? [])].reduce((taken, other) => taken + other.part, 0);
      keep(id, name, { part: part + Math.max(0, Math.min(gain - before, room)), gain });
    }
  }
}

/** What an order would take of ceilings and of limits of all together as of t, whether or not it has counted yet. */
function gainsOf(known: Known, id: string, t: number): Taken {
  const found: Taken = new Map();
  // what it had of something that it takes nothing of any more
  for (const [name, all] of known.recorded.parts) if (all.has(id)) found.set(name, { gain: 0, most: 0 });
  const order = known.orders.get(id);
  const owner = order && ownerOf(known, order);
  if (!order || !owner) return found;
  const rules = rulesOf(known, order);
  const finals = finalsOf(known, order, t);
  for (const unit of unitsEarned(rules)) {
    const at = finals.get(unit) ?? t;
    if (keptOut(known, order, at) !== null || order.paid > at || !upright(order, at)) continue;
    const { full, gains } = awardOf({ ...caseOf(known, order, owner.member, at), granted: null }, unit);
    for (const [name, one] of full.taken) found.set(name, one);
    for (const promotion of rules.promotions) {
      const gain = gains.get(promotion.id);
      if (gain !== undefined) found.set(promotion.id, { gain, most: ceilingOf(rules, promotion) });
    }
  }
  return found;
}

/** Whether some version has anything that orders have first come. */
export const isFirstCome = (programs: Partial<Pick<Program, 'earning' | 'promotions'>>[]): boolean =>
  programs.some(
    ({ earning = [], promotions = [] }) =>
      promotions.some(({ ceiling }) => ceiling) ||
      [...earning, ...promotions].some(({ limits }) => limits?.some(isOfAll)),
  );
