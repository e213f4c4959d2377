import type { Millis } from '../lib/clock.js';
import type { Compiled } from './compile.js';
import { overlay } from './compile.js';
import { prepareWhere } from './conditions/index.js';
import { compare, floor, fraction, ONE, times } from './fraction.js';
import type { OrderCase } from './order-case.js';
import type { StampCard } from './program-rules.js';
import { sumOf } from './remains.js';

/** Stamps that one standing order gives on a card as of an instant (FORMAT 8.5). */
function stampsOfOrder(card: StampCard, order: OrderCase, at: Millis): number {
  const base = overlay(order.times.compiled.rules.base, card.base);
  const where = prepareWhere(card.where);
  const scale = order.scale ?? ONE;
  const lines = order.baseAt(at, base).filter((one) => {
    if (one.base.n <= 0n) return false;
    const line = one.line === null ? undefined : order.order.lines[one.line];
    return line ? where === null || where(line, { items: one.items, scale }) : where === null;
  });
  const sum = sumOf(lines);
  if (sum.n <= 0n || compare(sum, fraction(card.min ?? 0)) < 0) return 0;
  const stamps =
    card.per === 'item'
      ? lines.reduce((all, line) => all + line.items, 0)
      : card.per === 'amount'
        ? Number(floor(times(sum, fraction(1, card.every ?? 1))))
        : 1;
  return card.maxPerOrder === undefined ? stamps : Math.min(stamps, card.maxPerOrder);
}

/** Local days on which a member was there, each by its earliest instant: an order that counts as a visit, or a visit. */
function visitDays(
  compiled: Compiled,
  standing: readonly OrderCase[],
  visits: readonly Millis[],
  isVisit: (order: OrderCase) => boolean,
): Map<number, Millis> {
  const days = new Map<number, Millis>();
  const note = (when: Millis): void => {
    const day = compiled.calendar.dayOf(when);
    days.set(day, Math.min(days.get(day) ?? Infinity, when));
  };
  for (const order of standing) if (order.times.counted !== null && isVisit(order)) note(order.times.counted);
  for (const visit of visits) note(visit);
  return days;
}

/**
 * All the stamps of a person on a card as of an instant: counted over what stands. A card `per: visit` asks of an order what
 * any card asks: its `where` and `min`.
 */
export function stampsAt(
  card: StampCard,
  compiled: Compiled,
  orders: readonly OrderCase[],
  visits: readonly Millis[],
  at: Millis,
): number {
  const standing = orders.filter((order) => order.standsAt(at));
  if (card.per === 'visit') {
    return visitDays(compiled, standing, visits, (order) => stampsOfOrder(card, order, at) > 0).size;
  }
  return standing.reduce((all, order) => all + stampsOfOrder(card, order, at), 0);
}
