import type { Millis } from '../lib/clock.js';
import type { RedemptionBooks } from './books.js';
import { compile } from './compile.js';
import { floor, fraction, minus, ONE, plus, round, times, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Known, KnownReservation } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Step } from './activities.js';
import { versionAt } from './versions.js';

/** What one use of a redemption takes over time; the first use is the reservation's own hold. */
export interface Use {
  key: string;
  reservation: KnownReservation;
  at: Millis;
  steps: Step[];
  /** From when the points are redeemed rather than held; null = only held. */
  captured: Millis | null;
}

/** A reservation with all its uses: its own hold first, then each order that drew again. */
export interface RedemptionCase {
  reservation: KnownReservation;
  uses: Use[];
  /** The use whose points the books show: its first order's, else the hold. */
  shown: Use;
  released: boolean;
  /** The order that used it first was cancelled: all came back. */
  undone: boolean;
}

export function redemptionsOf(known: Known, orders: readonly OrderCase[], now: Millis): RedemptionCase[] {
  const carriers = new Map<string, OrderCase[]>();
  for (const order of orders) {
    if (order.order.placed > now) continue;
    for (const id of new Set(order.order.redemptions.map((used) => used.id))) {
      carriers.set(id, [...(carriers.get(id) ?? []), order]);
    }
  }
  return known.reservations
    .filter((reservation) => reservation.at <= now)
    .map((reservation) => caseOf(known, reservation, carriers.get(reservation.id) ?? [], now));
}

function caseOf(known: Known, reservation: KnownReservation, carriers: OrderCase[], now: Millis): RedemptionCase {
  const orders = [...carriers].sort((a, b) => a.order.placed - b.order.placed || (a.order.id < b.order.id ? -1 : 1));
  const first = orders[0];
  const key = `redemption:${reservation.id}`;
  const captured = first
    ? Math.max(first.order.placed, reservation.at)
    : isGift(known, reservation)
      ? reservation.at
      : givenBy(reservation, now);
  const letGo = reservation.released !== null && reservation.released <= now ? reservation.released : null;
  const released = letGo !== null && (captured === null || letGo < captured);
  const hold: Use = { key, reservation, at: reservation.at, steps: [], captured: null };
  hold.steps.push({ at: reservation.at, target: BigInt(reservation.points) });
  if (released) hold.steps.push({ at: letGo, target: 0n });
  if (!first && captured !== null && !released) {
    hold.captured = captured;
    // an instant of its own: what was held is used from then on
    if (captured > reservation.at) hold.steps.push({ at: captured, target: BigInt(reservation.points) });
  }
  const uses = [hold];
  let shown = hold;
  orders.forEach((order, i) => {
    const at = Math.max(order.order.placed, reservation.at);
    const steps = takenBy(known, reservation, order, at, now);
    if (i === 0 && !released) {
      hold.captured = at;
      hold.steps.push(...steps);
    } else {
      const again = { key: `${key}@${order.order.id}`, reservation, at, steps, captured: at };
      uses.push(again);
      if (i === 0) shown = again;
    }
  });
  const undone = first !== undefined && cancels(first, reservation, now);
  return { reservation, uses, shown, released, undone };
}

function givenBy({ given }: KnownReservation, now: Millis): Millis | null {
  return given !== undefined && given <= now ? given : null;
}

/** What is given to a cause is gone when it is given. */
function isGift(known: Known, { reward, at }: KnownReservation): boolean {
  return versionAt(known.rules, at).rules.rewards.some(({ id, kind }) => id === reward && kind === 'donation');
}

/** The net points that an order takes of a redemption, from its placing on (FORMAT 9.5, 9.6). */
function takenBy(known: Known, reservation: KnownReservation, order: OrderCase, from: Millis, now: Millis): Step[] {
  const rules = compile(versionAt(known.rules, reservation.at).rules).rules;
  const reward = rules.rewards.find((one) => one.id === reservation.reward);
  const used = usedBy(reservation, order, reward?.rest ?? 'return');
  const steps: Step[] = [];
  for (const at of [from, ...order.changes.filter((change) => change > from && change <= now)]) {
    const share = reward?.onRefund === 'keep' ? ZERO : shareBack(order, at);
    const back = cancels(order, reservation, at) ? used : floor(times(fraction(used), share));
    if (steps.at(-1)?.target !== used - back) steps.push({ at, target: used - back });
  }
  return steps;
}

/** A cancelled order gives all back, unless its code might still be used. */
function cancels(order: OrderCase, reservation: KnownReservation, at: Millis): boolean {
  return order.cancelledAt(at) && reservation.returnable !== false;
}

/**
 * points x off used / off, rounded up; the whole when the rest is burned, the reward has no worth in money, or what was used
 * is in a currency without a booked rate: what it was worth cannot be told.
 */
function usedBy(reservation: KnownReservation, order: OrderCase, rest: 'return' | 'burn'): bigint {
  const points = BigInt(reservation.points);
  if (rest === 'burn' || reservation.off <= 0 || order.scale === null) return points;
  const off = order.order.redemptions.reduce((sum, used) => sum + (used.id === reservation.id ? used.off : 0), 0);
  const used = round(times(times(fraction(points), fraction(off, reservation.off)), order.scale), 'ceil');
  return used < points ? used : points;
}

/** Share of the lines' net and tax that went back; of their discounts, by quantity, when every line was free. */
function shareBack(order: OrderCase, at: Millis): Fraction {
  const { lines } = order.order;
  const remains = order.remainsAt(at);
  const worth = lines.reduce((sum, line) => sum + line.net + line.tax, 0);
  if (worth > 0) {
    const left = lines.reduce((sum, _, i) => sum + (remains.net[i] ?? 0) + (remains.tax[i] ?? 0), 0);
    return minus(ONE, times(fraction(left, worth), remains.share));
  }
  const discounts = lines.reduce((sum, line) => sum + line.discount, 0);
  if (discounts <= 0) return ZERO;
  let back = ZERO;
  lines.forEach((line, i) => {
    if (line.quantity <= 0 || line.discount <= 0) return;
    const gone = fraction(
      Math.round((line.quantity - (remains.items[i] ?? 0)) * 1000),
      Math.round(line.quantity * 1000),
    );
    back = plus(back, times(gone, fraction(line.discount, discounts)));
  });
  return back;
}

/** How a redemption stands: `points` = what its first order took net, or what is held. */
export function stateOf(of: RedemptionCase, taken: bigint): RedemptionBooks['state'] {
  if (of.shown.captured !== null)
    return of.undone || (taken === 0n && of.reservation.points > 0) ? 'returned' : 'captured';
  return of.released ? 'released' : 'held';
}
