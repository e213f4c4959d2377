import type { Reward } from './format.js';
import { rulesOf } from './belonging.js';
import { ceil, floor, fraction, times, whole } from './fraction.js';
import type { Known, Reservation } from './known.js';
import type { Order } from './order.js';
import { scaleOf, shareGoneBack } from './remains.js';
import { changesOf } from './referrals.js';
import { inForce } from './versions.js';

/** Something that spends points: how many it has taken as of each instant (FORMAT 9.3-9.6; what is taken by hand, 6). */
export interface Want {
  key: string;
  unit: string;
  member: string;
  at: number;
  changes: number[];
  takenAt(t: number): number;
  /** A hold: reserved and not yet used by an order, nor released. */
  heldAt(t: number): boolean;
}

export type Granted = Reservation & { refused: null };

/** The orders that carry a redemption, in the order of their placing, each from when it did. */
export const carriersOf = (known: Known, reservation: Granted): { order: Order; from: number; off: number }[] =>
  [...known.orders.values()]
    .flatMap((order) => {
      const carried = order.redemptions.find((redemption) => redemption.id === reservation.id);
      return carried ? [{ order, from: Math.max(order.placed, reservation.at), off: carried.off }] : [];
    })
    .sort((a, b) => a.from - b.from || (a.order.id < b.order.id ? -1 : 1));

export const releasedAt = (known: Known, reservation: Granted): number =>
  Math.max(known.releases.get(reservation.id) ?? Infinity, reservation.at);

/** docs/decisions/0015: what is given to a cause is gone when it is given. */
export const isGiven = (known: Known, reservation: Granted): boolean =>
  rewardOf(known, reservation)?.kind === 'donation';

/** FORMAT 9.3: captured by the first order that carries it, unless it had been released before. */
export const isCaptured = (known: Known, reservation: Granted): boolean => {
  const first = carriersOf(known, reservation)[0];
  return first !== undefined && first.from <= releasedAt(known, reservation);
};

const rewardOf = (known: Known, reservation: Granted): Reward | undefined =>
  inForce(known.versions, reservation.at).rewards.find((reward) => reward.id === reservation.reward);

/** FORMAT 9.5, 9.6: what an order keeps of the points at t. */
export function keptBy(
  known: Known,
  reservation: Granted,
  carrier: { order: Order; from: number; off: number },
  t: number,
): number {
  const reward = rewardOf(known, reservation);
  const { points, off } = reservation;
  const rate = scaleOf(carrier.order, rulesOf(known, carrier.order));
  const partly = (reward?.rest ?? 'return') === 'return' && off > 0 && rate !== null;
  const used = partly
    ? Math.min(points, ceil(times(rate, fraction(BigInt(points) * BigInt(carrier.off), BigInt(off)))))
    : points;
  if (t < carrier.from || carrier.order.cancelled <= t) return 0;
  if (reward?.onRefund === 'keep') return used;
  return used - floor(times(whole(used), shareGoneBack(carrier.order, t)));
}

function wantsOfReservation(known: Known, reservation: Granted): Want[] {
  const { id, unit, member, at, points } = reservation;
  if (isGiven(known, reservation)) {
    const takenAt = (t: number): number => (t >= at ? points : 0);
    return [{ key: id, unit, member, at, changes: [at], takenAt, heldAt: () => false }];
  }
  const carriers = carriersOf(known, reservation);
  const captured = isCaptured(known, reservation);
  const first = captured ? carriers[0] : undefined;
  const freed = first ? first.from : releasedAt(known, reservation);
  const hold: Want = {
    key: id,
    unit,
    member,
    at,
    changes: [at, freed, ...(first ? changesOf(first.order) : [])].filter((change) => change < Infinity),
    takenAt: (t) => (t < at ? 0 : t < freed ? points : first ? keptBy(known, reservation, first, t) : 0),
    heldAt: (t) => at <= t && t < freed,
  };
  const again = (captured ? carriers.slice(1) : carriers).map((carrier): Want => ({
    key: `${id}@${carrier.order.id}`,
    unit,
    member,
    at: carrier.from,
    changes: [carrier.from, ...changesOf(carrier.order)],
    takenAt: (t) => keptBy(known, reservation, carrier, t),
    heldAt: () => false,
  }));
  return [hold, ...again];
}

export const wantsOf = (known: Known): Want[] => [
  ...[...known.recorded.reservations.values()].flatMap((reservation) =>
    reservation.refused === null ? wantsOfReservation(known, reservation) : [],
  ),
  ...[...known.adjustments.values()]
    .filter((adjustment) => adjustment.amount < 0)
    .map(({ id, unit, member, at, amount }): Want => ({
      key: `adjust:${id}`,
      unit,
      member,
      at,
      changes: [at],
      takenAt: (t) => (t >= at ? -amount : 0),
      heldAt: () => false,
    })),
];
