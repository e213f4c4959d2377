import type { Millis } from '../lib/clock.js';
import type { Compiled } from './compile.js';
import { prepareWhen } from './conditions/index.js';
import { compare, floor, fraction, ONE, times } from './fraction.js';
import type { Fraction } from './fraction.js';
import { matchingLines } from './matching-lines.js';
import type { OrderCase } from './order-case.js';
import type { StampCard } from './program-rules.js';
import { sumOf } from './remains.js';

/** How a member stands on one card: stamps on the one under way, how many were filled, how often each step was passed. */
export interface CardState {
  stamps: number;
  filled: number;
  steps: number[];
}

/** Stamps of one instant. */
interface Stamped {
  at: Millis;
  stamps: number;
}

/** Stamps that one standing order gives on a card as of an instant (FORMAT 8.5). */
function stampsOfOrder(card: StampCard, order: OrderCase, at: Millis): number {
  const lines = matchingLines(card, order, at);
  const sum = sumOf(lines);
  if (sum.n <= 0n || compare(sum, fraction(card.min ?? 0)) < 0) return 0;
  const stamps =
    card.per === 'item'
      ? lines.reduce((all, line) => all + line.items, 0)
      : card.per === 'amount'
        ? Number(floor(times(sum, fraction(1, card.every ?? 1))))
        : 1;
  return (
    (card.maxPerOrder === undefined ? stamps : Math.min(stamps, card.maxPerOrder)) * factorOf(card, order, at, sum)
  );
}

/** Of the bonuses whose conditions hold the best, by what is pinned to the order and what is left of it. */
function factorOf({ bonus }: StampCard, one: OrderCase, at: Millis, base: Fraction): number {
  if (!bonus) return 1;
  const { order, scale, times: judgedBy } = one;
  const asked = { order, pins: one.pins(), scale: scale ?? ONE, remains: one.remainsAt(at), base };
  const { zone } = judgedBy.compiled.rules;
  const holding = bonus.filter(({ when }) => (prepareWhen(when, zone)?.(asked) ?? null) === null);
  return Math.max(1, ...holding.map(({ factor }) => factor));
}

/**
 * Of a card `per: visit` a local day counts once, from when somebody first came, by the best of what the day gave; of others
 * a day may have a most.
 */
function byDay(card: StampCard, compiled: Compiled, all: readonly Stamped[]): Stamped[] {
  const isVisit = card.per === 'visit';
  if (!isVisit && card.maxPerDay === undefined) return [...all];
  const days = new Map<number, Stamped>();
  for (const { at, stamps } of all) {
    const day = compiled.calendar.dayOf(at);
    const held = days.get(day) ?? { at, stamps: 0 };
    const together = isVisit ? Math.max(held.stamps, stamps) : held.stamps + stamps;
    days.set(day, { at: Math.min(held.at, at), stamps: Math.min(together, card.maxPerDay ?? Infinity) });
  }
  return [...days.values()];
}

/**
 * A person's card as of an instant: counted over what stands. A card `per: visit` asks of an order what any card asks: its
 * `where` and `min`. A new card begins with the stamps of its head start; one that lies idle loses what is on it, and what was
 * given on the way stays given.
 */
export function cardAt(
  card: StampCard,
  compiled: Compiled,
  orders: readonly OrderCase[],
  visits: readonly Millis[],
  at: Millis,
): CardState {
  const stamped: Stamped[] = [];
  for (const order of orders) {
    const { counted } = order.times;
    if (counted === null || !order.standsAt(at)) continue;
    const stamps = stampsOfOrder(card, order, at);
    if (stamps > 0) stamped.push({ at: counted, stamps });
  }
  if (card.per === 'visit') for (const visit of visits) stamped.push({ at: visit, stamps: 1 });
  const walk = new CardWalk(card);
  let last: Millis | null = null;
  for (const one of byDay(card, compiled, stamped).sort((a, b) => a.at - b.at)) {
    if (lapsed(card, compiled, last, one.at)) walk.lapse();
    walk.stamp(one.stamps);
    last = one.at;
  }
  if (lapsed(card, compiled, last, at)) walk.lapse();
  return walk.state();
}

/** The last day on which stamps live is whole, as that of points. */
function lapsed({ idleDays }: StampCard, { calendar }: Compiled, last: Millis | null, at: Millis): boolean {
  return idleDays !== undefined && last !== null && at >= calendar.startOf(calendar.dayOf(last) + idleDays + 1);
}

class CardWalk {
  private readonly card: StampCard;
  /** Stamps that every card has from the start, and those that it asks for beside them. */
  private readonly start: number;
  private readonly needs: number;
  private total: number;
  private filled = 0;
  private readonly steps: number[];

  constructor(card: StampCard) {
    const first = card.startOn === 'first-card';
    this.card = card;
    this.start = first ? 0 : (card.start ?? 0);
    this.needs = card.needs - this.start;
    this.total = first ? (card.start ?? 0) : 0;
    this.steps = (card.steps ?? []).map(() => 0);
  }

  stamp(stamps: number): void {
    const [before, after] = [this.total, (this.total += stamps)];
    this.filled += this.crossed(this.needs, before, after);
    this.card.steps?.forEach(({ at }, i) => {
      this.steps[i] = (this.steps[i] ?? 0) + this.crossed(at - this.start, before, after);
    });
  }

  /** How many cards came to `place` stamps on the way. */
  private crossed(place: number, before: number, after: number): number {
    if (place <= 0) return 0;
    return Math.floor((after - place) / this.needs) - Math.floor((before - place) / this.needs);
  }

  lapse(): void {
    this.total -= this.total % this.needs;
  }

  state(): CardState {
    return { stamps: this.start + (this.total % this.needs), filled: this.filled, steps: this.steps };
  }
}
