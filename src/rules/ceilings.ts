import type { Millis } from '../lib/clock.js';
import { ceilingInPoints, compile } from './compile.js';
import { turnLocks } from './deed-turns.js';
import { goalLocks } from './goal-turns.js';
import { finalUnits } from './final-units.js';
import { type Judged, judge } from './judged.js';
import { judgeLines } from './judge-lines.js';
import type { Known, KnownOrder } from './known.js';
import type { OrderCase } from './order-case.js';
import { asksForBalance } from './past-needs.js';
import type { ProgramRules } from './program-rules.js';
import { anyPlaceOf, limitNamed, mostOf, placeOf, prepareLimits, sharedLimits } from './rule-limits.js';
import { timesOf } from './versions.js';

/** What an order has of a ceiling, as it is recorded: the whole gain when it was last looked at, and the part granted. */
export interface Grant {
  gain: bigint;
  part: bigint;
}

/**
 * The part after the gain changed: it falls with a gain below it (and frees room); when the gain rises by d it rises by
 * min(d, room). Nothing else tops it up; the same gain again changes nothing (FORMAT 10.2).
 */
export function regrant(held: Grant | null, gain: bigint, room: bigint): Grant {
  const { gain: before, part } = held ?? { gain: 0n, part: 0n };
  if (gain <= before) return { gain, part: part < gain ? part : gain };
  const more = gain - before;
  const free = room > 0n ? room : 0n;
  return { gain, part: part + (more < free ? more : free) };
}

/** Whether anything is first come by these rules: a ceiling of a promotion, a limit of all together. */
export function hasCeilings(rules: ProgramRules): boolean {
  return placesOf(rules).length > 0;
}

/** Where first come counts by these rules: promotions with a ceiling, limits of all together (without their periods), deeds, goals. */
export function placesOf(rules: ProgramRules): string[] {
  const limited = [...rules.earning, ...rules.promotions];
  return [
    ...rules.promotions.flatMap(({ id, ceiling }) => (ceiling === undefined ? [] : [id])),
    ...limited.flatMap((rule) => sharedLimits(rule).map((limit) => anyPlaceOf(rule.id, limit))),
    ...turnLocks(rules),
    ...goalLocks(rules),
  ];
}

/** By these rules, the ceiling of a promotion in points, or a limit of all together in points or orders; null = there is none. */
export function ceilingOf(rules: ProgramRules, id: string): bigint | null {
  const promotion = rules.promotions.find((one) => one.id === id);
  if (promotion) return ceilingInPoints(rules, promotion);
  const limit = limitNamed([...rules.earning, ...rules.promotions], id);
  return limit ? mostOf(limit) : null;
}

/** Everything that a cart could take of at an instant, by name: promotions with a ceiling, limits of all in their periods. */
export function placesAt(rules: ProgramRules, now: Millis): string[] {
  const { calendar } = compile(rules);
  const limited = [...rules.earning, ...rules.promotions];
  return [
    ...rules.promotions.flatMap(({ id, ceiling }) => (ceiling === undefined ? [] : [id])),
    ...limited.flatMap((rule) =>
      prepareLimits(sharedLimits(rule), calendar).map((limit) => placeOf(rule.id, limit, now)),
    ),
  ];
}

/** By order id, what each promotion with a ceiling would give it now if it counted: nothing unless it is paid. */
export function gainsOf(known: Known, now: Millis): Map<string, Record<string, bigint>> {
  return gainsIn(judge(known, now));
}

function gainsIn({ orders, now }: Judged): Map<string, Record<string, bigint>> {
  const out = new Map<string, Record<string, bigint>>();
  for (const order of orders) {
    if (hasCeilings(order.times.compiled.rules)) out.set(order.order.id, gainOf(order, now));
  }
  return out;
}

/**
 * By order id, what each promotion with a ceiling would have given it from which instant on: of orders that are judged by rules
 * with ceilings and would ever have been given any of them.
 */
export function gainsOverTime(known: Known, now: Millis): Map<string, { at: Millis; gains: Record<string, bigint> }[]> {
  const out = new Map<string, { at: Millis; gains: Record<string, bigint> }[]>();
  for (const order of judge(known, now).orders) {
    const { paid } = order.order;
    if (paid === null || !order.owner || !hasCeilings(order.times.compiled.rules)) continue;
    const first = Math.max(paid, order.owner.since);
    const steps = [first, ...order.changes.filter((at) => at > first && at <= now)].map((at) => {
      return { at, gains: gainOf(order, at) };
    });
    if (steps.some(({ gains }) => Object.keys(gains).length > 0)) out.set(order.order.id, steps);
  }
  return out;
}

/** What is final gives nothing back to others. */
function gainOf(order: OrderCase, now: Millis): Record<string, bigint> {
  const gains = plainGainOf(order, now);
  const { rules } = order.times.compiled;
  const finals = new Set(finalUnits(order, now));
  const isFinal = (place: string) => finals.has(unitOfPlace(rules, place) ?? '');
  const all = Object.entries(gains).filter(([place]) => !isFinal(place));
  for (const unit of finals) {
    const then = Object.entries(plainGainOf(order, order.asOf(unit, now)));
    all.push(...then.filter(([place]) => unitOfPlace(rules, place) === unit));
  }
  return finals.size === 0 ? gains : Object.fromEntries(all);
}

function unitOfPlace({ earning, promotions }: ProgramRules, place: string): string | undefined {
  const limited = [...earning, ...promotions];
  return (promotions.find(({ id }) => id === place) ?? limited.find((rule) => limitNamed([rule], place)))?.unit;
}

function plainGainOf(order: OrderCase, now: Millis): Record<string, bigint> {
  const { paid } = order.order;
  if (order.barred !== null || order.scale === null || paid === null || paid > now) return {};
  const remains = order.remainsAt(now);
  if (order.cancelledAt(now) || order.disputedAt(now) || !remains.some) return {};
  const facts = { order: order.order, pins: order.pins(), scale: order.scale, grants: null, room: order.roomAt(now) };
  return judgeLines(order.times.compiled, facts, remains).gains;
}

/** What an order has of the ceilings, by promotion. */
export interface Holding {
  order: string;
  held: Readonly<Record<string, Grant>>;
}

/**
 * The parts after something changed, of orders in the order in which they first arrived paid (FORMAT 10.2). What falls frees
 * its room first; then what rises takes from the room that is left. `arrived` = the orders whose arrival is the change, if
 * there are several at once: from the first of them that rises on they have their turns one by one, after the others.
 * `granted` = points under each ceiling, of everybody. `isAsked` = which ceilings this is about: what orders have of others stays.
 * Gives the holdings that changed.
 */
export function grantParts(
  known: Known,
  now: Millis,
  holdings: readonly Holding[],
  granted: ReadonlyMap<string, bigint>,
  arrived: readonly string[] = [],
  isAsked: IsAsked = isOfMembers,
): Holding[] {
  const desk = new Desk(known, now, holdings, granted, isAsked);
  haveTurns(desk, holdings, arrived);
  for (let more = known.orders.length; more > 0 && desk.isStale() && desk.lookAgain(); more--)
    haveTurns(desk, holdings, arrived);
  return desk.changed();
}

/**
 * Whether what one order was granted may change what the others of its member gain: it is part of what they had when they ordered
 * again, of the level by points that they had reached, of what is left to them of a limit of their own.
 */
export function bearOnEachOther(versions: Known['rules']): boolean {
  return (
    asksForBalance(versions) ||
    versions.some(({ rules }) => rules.tiers?.basis === 'points' || compile(rules).sharesRoom)
  );
}

function haveTurns(desk: Desk, holdings: readonly Holding[], arrived: readonly string[]): void {
  const first = arrived.length > 1 ? arrived.findIndex((order) => desk.rises(order)) : -1;
  const after = first < 0 ? [] : arrived.slice(first);
  const others = holdings.map(({ order }) => order).filter((order) => !after.includes(order));
  const fall = () => {
    for (const order of others) desk.turn(order, 'falls');
  };
  fall();
  for (const order of [...others, ...after]) {
    if (desk.isStale(order) && desk.lookAgain()) fall();
    desk.turn(order, ...(after.includes(order) ? (['falls', 'rises'] as const) : (['rises'] as const)));
  }
}

/** Whether an order's part of a ceiling is to be decided, by the rules that judge the order. */
type IsAsked = (rules: ProgramRules, place: string) => boolean;
const isOfMembers: IsAsked = (rules, place) => !isOfStickers(rules, place);

/** Whether a ceiling is on what orders hand out as codes: those are nobody's, and granted when they are handed out. */
export function isOfStickers({ stickers, earning, promotions }: ProgramRules, place: string): boolean {
  if (!stickers) return false;
  const own = [...earning, ...promotions].filter(({ unit }) => unit === stickers.unit);
  return (
    promotions.some(({ id, unit }) => id === place && unit === stickers.unit) || limitNamed(own, place) !== undefined
  );
}

/** Where orders come for their parts. */
class Desk {
  private readonly orders: Map<string, KnownOrder>;
  private readonly held: Map<string, Holding['held']>;
  private readonly before: readonly Holding[];
  private gains = new Map<string, Record<string, bigint>>();
  /** By order, the person whose it is. */
  private readonly persons = new Map<string, string>();
  /** Of whom something moved since their gains were judged, where that may change what they gain by other orders. */
  private readonly stale = new Set<string>();
  private readonly bears: boolean;
  private readonly granted: Map<string, bigint>;
  private readonly known: Known;
  private readonly now: Millis;
  private readonly isAsked: IsAsked;

  constructor(
    known: Known,
    now: Millis,
    holdings: readonly Holding[],
    granted: ReadonlyMap<string, bigint>,
    isAsked: IsAsked,
  ) {
    this.known = known;
    this.now = now;
    this.isAsked = isAsked;
    this.orders = new Map(known.orders.map((order) => [order.id, order]));
    this.before = holdings;
    this.held = new Map(holdings.map(({ order, held }) => [order, held]));
    this.bears = bearOnEachOther(known.rules);
    this.granted = new Map(granted);
    this.judge(known);
  }

  /** Judges everybody anew with the parts that they have by now; false = nobody's gains are others. */
  lookAgain(): boolean {
    const orders = this.known.orders.map((order) => ({ ...order, grants: this.partsOf(order) }));
    this.judge({ ...this.known, orders });
    return this.before.some(({ order }) => this.movesOf(order).length > 0);
  }

  private judge(known: Known): void {
    const judged = judge(known, this.now);
    this.gains = gainsIn(judged);
    for (const { order, owner } of judged.orders)
      if (owner) this.persons.set(order.id, judged.ownership.memberAt(owner.member.id, this.now));
    this.stale.clear();
  }

  /** Whether the person of an order, or anybody, was granted something by which other orders of theirs may gain more or less. */
  isStale(order?: string): boolean {
    return order === undefined ? this.stale.size > 0 : this.stale.has(this.persons.get(order) ?? '');
  }

  private partsOf({ id, grants }: KnownOrder): KnownOrder['grants'] {
    const held = Object.entries(this.held.get(id) ?? {});
    return { ...grants, ...Object.fromEntries(held.map(([promotion, { part }]) => [promotion, Number(part)])) };
  }

  rises(order: string): boolean {
    return this.movesOf(order).some(({ gain, before }) => gain > before.gain);
  }

  turn(order: string, ...ways: ('falls' | 'rises')[]): void {
    for (const { promotion, gain, before } of this.movesOf(order)) {
      if (!ways.includes(gain < before.gain ? 'falls' : 'rises')) continue;
      const taken = this.granted.get(promotion) ?? 0n;
      const grant = regrant(before, gain, this.ceiling(order, promotion) - taken);
      this.granted.set(promotion, taken + grant.part - before.part);
      this.held.set(order, { ...this.held.get(order), [promotion]: grant });
      const person = this.persons.get(order);
      if (this.bears && person !== undefined) this.stale.add(person);
    }
  }

  changed(): Holding[] {
    return this.before.flatMap(({ order, held }) => {
      const now = this.held.get(order) ?? held;
      return now === held ? [] : [{ order, held: now }];
    });
  }

  /** The gains of an order that are no longer what they were when it was last granted for. */
  private movesOf(order: string): { promotion: string; gain: bigint; before: Grant }[] {
    const held = this.held.get(order);
    if (!held) return [];
    const gains = this.gains.get(order) ?? {};
    const rules = this.rulesOf(order);
    return [...new Set([...Object.keys(gains), ...Object.keys(held)])].flatMap((promotion) => {
      if (!rules || !this.isAsked(rules, promotion)) return [];
      const before = held[promotion] ?? { gain: 0n, part: 0n };
      const gain = gains[promotion] ?? 0n;
      return gain === before.gain ? [] : [{ promotion, gain, before }];
    });
  }

  private ceiling(id: string, promotion: string): bigint {
    const rules = this.rulesOf(id);
    return (rules && ceilingOf(rules, promotion)) ?? 0n;
  }

  private rulesOf(id: string): ProgramRules | undefined {
    const order = this.orders.get(id);
    return order && timesOf(this.known.rules, order).compiled.rules;
  }
}
