import { withBalances } from './balances.js';
import { keepBooks } from './books.js';
import { type Books, pendingLots, type Spending, usableLots } from './lots.js';
import { decisionOnOrder, decisionOnReferral, decisionOnReview, type Decision } from './decisions.js';
import { isFirstCome, recordParts, recordReservation } from './first-come.js';
import type { AskedCart, History } from './format.js';
import { earnsFor } from './households.js';
import { ceil, read, times, whole } from './fraction.js';
import type { Known, Recorded, Reservation } from './known.js';
import { arrivalOf, byArrival, knownFrom, whoIs } from './known.js';
import { membershipAt } from './membership.js';
import { momentOf, ownerOf } from './belonging.js';
import { cartPromise } from './promise.js';
import { referralRules } from './referrals.js';
import { offerOf } from './rewards.js';
import { recordSending } from './sendings.js';
import { stampsAt } from './stamps.js';
import { contestedIn, recordTurns } from './turns.js';
import { tierAt } from './order-points.js';
import { inForce, unitsOf } from './versions.js';
import { isCaptured, isGiven, carriersOf, keptBy, releasedAt } from './wants.js';

export interface LotShown {
  of: string;
  left: number;
  ends: string | null;
  usable?: string;
}
export interface UnitShown {
  available: number;
  pending: number;
  debt: number;
  held: number;
  lots: LotShown[];
}
export interface RedemptionShown {
  state: string;
  points: number;
  off: number;
  reason?: string;
  draws: { of: string; points: number }[];
}
/** FORMAT 11. Of a member: by unit a UnitShown, and `tier`, `stamps`, `membership`. */
export interface State {
  at: string;
  members: Record<string, Record<string, unknown>>;
  orders: Record<string, Record<string, Record<string, number>>>;
  decisions: Record<string, Decision>;
  redemptions: Record<string, RedemptionShown>;
  liability: Record<string, { available: number; pending: number; held: number; debt: number; money: number }>;
}

/** Plays the history in the order of arrival and answers the state at each of the instants (FORMAT 2.6), ascending. */
export function statesOf(history: History, instants: number[]): { state: State; books: Books }[] {
  const events = byArrival(history);
  const recorded: Recorded = {
    reservations: new Map(),
    parts: new Map(),
    sendings: new Map(),
    turns: new Map(),
    awards: new Map(),
  };
  const firstPaid: string[] = [];
  const programs = [history.program, ...events.flatMap((event) => (event.kind === 'rules' ? [event.program] : []))];
  const capped = isFirstCome(programs);
  const contested = contestedIn(programs);
  let arrived = 0;
  return instants.map((t) => {
    for (let event = events[arrived]; event && arrivalOf(event) <= t; event = events[arrived]) {
      arrived += 1;
      const known = () => withBalances(knownFrom(history, events.slice(0, arrived), recorded));
      if (event.kind === 'reserve') recordReservation(known(), event);
      if (event.kind === 'send') recordSending(known(), event);
      if (event.kind === 'order' && event.paid && !firstPaid.includes(event.id)) firstPaid.push(event.id);
      if (capped) recordParts(known, firstPaid, arrivalOf(event));
      if (contested) recordTurns(known, contested, arrivalOf(event));
    }
    const books = keepBooks(withBalances(knownFrom(history, events.slice(0, arrived), recorded)), t);
    return { state: stateOf(books, unitsOf(history)), books };
  });
}

const written = (t: number): string => new Date(t).toISOString();

function stateOf(books: Books, units: string[]): State {
  const { known, now } = books;
  const present = [...known.members.values()].filter(({ id, joined }) => joined <= now && whoIs(known, id, now) === id);
  const members = present.map(({ id }) => [id, memberShown(books, id, units)] as const);
  const liability = units.map((unit) => {
    const all = present.map(({ id }) => unitShown(books, id, unit));
    const total = (of: 'available' | 'pending' | 'held' | 'debt') => all.reduce((sum, shown) => sum + shown[of], 0);
    const value = read(inForce(known.versions, now).units[unit]?.value ?? 0);
    const money = ceil(times(whole(total('available') + total('pending') + total('held')), value));
    return [
      unit,
      { available: total('available'), pending: total('pending'), held: total('held'), debt: total('debt'), money },
    ];
  });
  const decisions = [
    ...[...known.orders.values()].map((order) => [order.id, decisionOnOrder(known, order, now)]),
    ...[...known.reviews.values()].map((review) => [review.id, decisionOnReview(known, review, now)]),
    ...[...known.referrals.values()]
      .filter((referral) => referralRules(known, referral) !== null)
      .map(({ id }) => [id, decisionOnReferral(known, id, now)]),
  ];
  const byId = Object.fromEntries(decisions) as Record<string, Decision>;
  return {
    at: written(now),
    members: Object.fromEntries(members),
    orders: Object.fromEntries(
      [...known.orders.values()].flatMap((order) => {
        const owner = ownerOf(known, order);
        // The transfers of an order whose member was merged away are part the one's, part the other's: left out.
        const holder = owner && earnsFor(known, owner.member, momentOf(known, order));
        const moved = holder && whoIs(known, holder, now) !== holder;
        return holder && !moved ? [[order.id, { [holder]: byId[order.id]?.gives ?? {} }]] : [];
      }),
    ),
    decisions: byId,
    redemptions: Object.fromEntries(
      [...known.recorded.reservations.values()].map((reservation) => [
        reservation.id,
        redemptionShown(books, reservation),
      ]),
    ),
    liability: Object.fromEntries(liability),
  };
}

function memberShown({ known, now, ...rest }: Books, id: string, units: string[]): Record<string, unknown> {
  const books = { known, now, ...rest };
  const until = membershipAt(known, id, now, now);
  return {
    ...Object.fromEntries(units.map((unit) => [unit, unitShown(books, id, unit)])),
    tier: tierAt(known, id, now, now)?.id ?? null,
    stamps: Object.fromEntries(stampsAt(known, id, now)),
    membership: until === null ? null : { until: written(until) },
  };
}

function unitShown(books: Books, member: string, unit: string): UnitShown {
  const { known, now } = books;
  const usable = usableLots(books, member, unit);
  const pending = pendingLots(books, member, unit);
  const mine = books.spendings.filter(
    ({ want }) => want.unit === unit && whoIs(known, want.member, now) === whoIs(known, member, now),
  );
  const total = (numbers: number[]): number => numbers.reduce((sum, n) => sum + n, 0);
  return {
    available: total(usable.map((lot) => lot.left)),
    pending: total(pending.map((lot) => lot.left)),
    debt: total(mine.map((spending) => spending.owed)),
    held: total(mine.filter(({ want }) => want.heldAt(now)).map((spending) => spending.taken)),
    lots: [...usable, ...pending].map((lot) => ({
      of: lot.gift.of,
      left: lot.left,
      ends: lot.ends === Infinity ? null : written(lot.ends),
      ...(lot.usable > now ? { usable: written(lot.usable) } : {}),
    })),
  };
}

const drawsShown = (spending: Spending | undefined): { of: string; points: number }[] => {
  const draws = new Map<string, number>();
  for (const { lot, points } of spending?.draws ?? []) draws.set(lot.gift.of, (draws.get(lot.gift.of) ?? 0) + points);
  return [...draws].map(([of, points]) => ({ of, points }));
};

/** FORMAT 11: points net taken by its first order; before that, held. */
function redemptionShown(books: Books, reservation: Reservation): RedemptionShown {
  const { known, now } = books;
  if (reservation.refused !== null)
    return { state: 'refused', points: 0, off: 0, reason: reservation.refused, draws: [] };
  const { id, off, points } = reservation;
  const first = carriersOf(known, reservation)[0];
  if (isGiven(known, reservation)) {
    const given = books.spendings.find(({ want }) => want.key === id);
    return { state: 'captured', points, off, draws: drawsShown(given) };
  }
  if (!first || first.from > now) {
    const released = releasedAt(known, reservation) <= now;
    const spending = books.spendings.find(({ want }) => want.key === id);
    return { state: released ? 'released' : 'held', points: released ? 0 : points, off, draws: drawsShown(spending) };
  }
  const key = isCaptured(known, reservation) ? id : `${id}@${first.order.id}`;
  const spending = books.spendings.find(({ want }) => want.key === key);
  const kept = keptBy(known, reservation, first, now);
  const state = first.order.cancelled <= now || (kept === 0 && points > 0) ? 'returned' : 'captured';
  return { state, points: kept, off, draws: drawsShown(spending) };
}

/** FORMAT 11, `carts`. */
export function cartShown(
  books: Books,
  cart: AskedCart,
): { promise: Record<string, number>; redeem: Record<string, unknown> } {
  const rules = inForce(books.known.versions, books.now);
  return {
    promise: cartPromise(books.known, cart, books.now),
    redeem: Object.fromEntries(
      rules.rewards.map((reward) => {
        const { points, off, binding } = offerOf(books, cart.member, reward.id, cart);
        return [reward.id, { points, off, binding }];
      }),
    ),
  };
}

export type { Known };
