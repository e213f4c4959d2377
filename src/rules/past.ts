import type { OrderLine } from '../commerce/order.js';
import type { Millis } from '../lib/clock.js';
import type { Activity } from './activities.js';
import type { Balances } from './balances.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { plainPins } from './conditions/index.js';
import type { LineAt, LineTest, PinnedPast, Pins } from './conditions/index.js';
import { countsAt } from './deed-cases.js';
import type { DeedCase } from './deed-cases.js';
import type { Known, KnownGift } from './known.js';
import { ONE } from './fraction.js';
import { beginningOf, boughtWith, givenWith, termAt } from './membership.js';
import type { Bought } from './membership.js';
import { type EarlyWindow, openingsFor, perksHeld } from './openings.js';
import type { OrderCase } from './order-case.js';
import { joinsOf } from './ownership.js';
import type { Ownership } from './ownership.js';
import type { PastNeeds } from './past-needs.js';
import { isReferred } from './referrals.js';
import type { ReferralCase } from './referrals.js';
import { TierProgress } from './tier-progress.js';
import type { Climb } from './tier-windows.js';
import type { Rise } from './tiers.js';
import { versionAt } from './versions.js';

/**
 * What a member's past says at an instant: tier, membership, how many orders. Two instants are asked for: `facts` = what
 * had happened by then, `clock` = what time it is; an order is judged by what had happened strictly before its moment.
 */
export class Past {
  /** Gifts and referrals: they count towards tiers by points. Set once they are known. */
  others: readonly Activity[] = [];
  /** Set once they are known. */
  referrals: readonly ReferralCase[] = [];
  /** What they did beside ordering: among it the days that they chose. */
  deeds: readonly DeedCase[] = [];
  /** Set once everything but the points of orders is known. */
  balances: Balances | null = null;
  private progress: TierProgress | null = null;
  private readonly known: Known;
  private readonly orders: readonly OrderCase[];
  readonly ownership: Ownership;

  constructor(known: Known, orders: readonly OrderCase[], ownership: Ownership) {
    this.known = known;
    this.orders = orders;
    this.ownership = ownership;
  }

  /** The orders of everybody who is the same person as the member at an instant. */
  ordersOf(member: string, at: Millis): OrderCase[] {
    const group = this.ownership.groupAt(member, at);
    return this.orders.filter((order) => order.owner && order.countsFor !== null && group.has(order.owner.member.id));
  }

  visitsOf(member: string, at: Millis): Millis[] {
    const group = this.ownership.groupAt(member, at);
    return this.known.visits.filter((visit) => visit.at <= at && group.has(visit.member)).map((visit) => visit.at);
  }

  /** Visits that goals count: while the program ran, by the rules of that day. As with orders, what was before its start never counts. */
  countedVisitsOf(member: string, at: Millis): Millis[] {
    return this.visitsOf(member, at).filter((when) => {
      const { startsAt, earnsUntil } = compile(versionAt(this.known.rules, when).rules);
      return when >= startsAt && when < earnsUntil;
    });
  }

  /** The level by the rules in force at `clock`; null when they have no tiers. */
  tierAt(member: string, facts: Millis, clock: Millis): string | null {
    const compiled = compile(versionAt(this.known.rules, clock).rules);
    const { tiers } = compiled.rules;
    if (!tiers || tiers.levels.length === 0) return null;
    return tiers.levels[this.progressOf().levelAt(tiers, compiled, member, facts, clock)]?.id ?? null;
  }

  /** When the member's level rose, from which place to which: by the rules in force at an instant, of what stands then. */
  risesAt(member: string, at: Millis): Rise[] {
    const compiled = compile(versionAt(this.known.rules, at).rules);
    const { tiers } = compiled.rules;
    return tiers ? this.progressOf().risesAt(tiers, compiled, member, at) : [];
  }

  /** How far the member is on the way up, by the rules in force at `at`; null when they have no tiers. */
  climbAt(member: string, at: Millis): Climb | null {
    const compiled = compile(versionAt(this.known.rules, at).rules);
    const { tiers } = compiled.rules;
    return tiers && tiers.levels.length > 0 ? this.progressOf().climbAt(tiers, compiled, member, at, at) : null;
  }

  /** When the member's level will be lower if nothing more happens; null = not soon. */
  lowersAt(member: string, at: Millis): Millis | null {
    const compiled = compile(versionAt(this.known.rules, at).rules);
    const { tiers } = compiled.rules;
    return tiers && tiers.levels.length > 0 ? this.progressOf().lowersAt(tiers, compiled, member, at) : null;
  }

  private progressOf(): TierProgress {
    return (this.progress ??= new TierProgress(this.known, this.orders, this.ownership, this.others));
  }

  /** The end of the paid membership that runs at `clock`; null = none. */
  membershipAt(member: string, facts: Millis, clock: Millis): Millis | null {
    const compiled = compile(versionAt(this.known.rules, clock).rules);
    const { membership } = compiled.rules;
    if (!membership) return null;
    const bought: Bought[] = [];
    const given = membership.gifts ? (this.known.gifts ?? []).filter((gift) => gift.at <= facts) : [];
    for (const order of this.ordersOf(member, facts)) {
      const isGift = order.order.gift !== undefined || given.some((gift) => gift.order === order.order.id);
      if (membership.gifts && isGift) continue;
      const one = boughtWith(order, membership, facts);
      if (one) bought.push(one);
    }
    bought.push(...this.givenTo(member, facts, given, compiled));
    return termAt(compiled.calendar, membership.months, bought, clock);
  }

  /** The next instant at which a term that others bought for the member, or the shop gave them, may begin; null = none is known of. */
  givenTermAfter(member: string, now: Millis): Millis | null {
    const { rules, calendar } = compile(versionAt(this.known.rules, now).rules);
    const group = this.ownership.groupAt(member, now);
    const mine = rules.membership?.gifts ? (this.known.gifts ?? []).filter((gift) => group.has(gift.member)) : [];
    const begins = mine.flatMap((gift) => {
      const order = this.orders.find((one) => one.order.id === gift.order);
      const at = order ? beginningOf(order, gift, calendar) : null;
      return at !== null && at > now ? [at] : [];
    });
    return begins.length > 0 ? Math.min(...begins) : null;
  }

  /** The terms that others bought for the member, or the shop gave them, by `facts`. */
  private givenTo(member: string, facts: Millis, given: readonly KnownGift[], { rules, calendar }: Compiled): Bought[] {
    const { membership } = rules;
    if (!membership || given.length === 0) return [];
    const group = this.ownership.groupAt(member, facts);
    return given.flatMap((gift) => {
      const order = group.has(gift.member) ? this.orders.find((one) => one.order.id === gift.order) : undefined;
      return (order && givenWith(order, gift, membership, calendar, facts)) ?? [];
    });
  }

  /** 1 + the member's orders that stood when this one counted and counted before it (equal: smaller id). */
  nthAt(member: string, counted: Millis, id: string): number {
    let before = 0;
    for (const other of this.ordersOf(member, counted)) {
      if (other.order.id === id || other.countsFor === null || !other.standsAt(counted)) continue;
      if (other.countsFor < counted || (other.countsFor === counted && other.order.id < id)) before++;
    }
    return before + 1;
  }

  /** What is pinned to an order: of what had happened strictly before its moment, and before it counted (or until now). */
  pinsOf(order: OrderCase, needs: PastNeeds, now: Millis): Pins {
    const { moment, counted } = order.times;
    const member = order.owner?.member.id;
    // An order never lifts itself, not even one that was paid before it was placed.
    const before = Math.min(moment, counted ?? Infinity);
    if (member === undefined) return plainPins(moment, null);
    const nth = needs.asked.has('nth') ? this.nthAt(member, Math.min(order.countsFor ?? now, now), order.order.id) : 1;
    return { ...this.pinsAt(member, moment, needs, before, order.order.id), nth };
  }

  /** The pins of an order that a member would place: of what had happened strictly before `before`. All but its number. */
  pinsAt(member: string, moment: Millis, needs: PastNeeds, before = moment, self = ''): Pins {
    return {
      ...plainPins(moment, this.joinedOf(member, before)),
      tier: needs.tiers ? this.tierAt(member, before - 1, before) : null,
      membership: needs.asked.has('membership') && this.membershipAt(member, before - 1, before) !== null,
      past: this.pinnedPast(member, before, self),
    };
  }

  /** The member's last order that they had bought strictly before an instant. */
  orderBefore(member: string, before: Millis): OrderCase | null {
    return this.earlierOrders(member, before, '').reduce<OrderCase | null>(
      (last, one) => (last && isBefore(one, last) ? last : one),
      null,
    );
  }

  /** How the member last bought a product and kept it, as of strictly before an instant; null = they never did. */
  boughtOf(member: string, product: string, before: Millis): BoughtLine | null {
    let last: { order: OrderCase; line: BoughtLine } | null = null;
    for (const one of this.earlierOrders(member, before, '')) {
      const { items } = one.remainsAt(before - 1);
      const at = one.order.lines.findIndex((line, i) => line.product === product && (items[i] ?? 0) > 0);
      const line = one.order.lines[at];
      if (!line || (last && isBefore(one, last.order))) continue;
      last = { order: one, line: { line, items: items[at] ?? 0, scale: one.scale ?? ONE } };
    }
    return last?.line ?? null;
  }

  private joinedOf(member: string, at: Millis): Millis | null {
    const joined = joinsOf(this.known, this.ownership.groupAt(member, at));
    return joined.length === 0 ? null : Math.min(...joined);
  }

  /** The one told last before an instant, by whoever is the same person. */
  private birthdayOf(member: string, before: Millis): string | null {
    const group = this.ownership.groupAt(member, before);
    const told = this.known.members.filter(({ id }) => group.has(id)).flatMap(({ birthdays }) => birthdays);
    const known = told.filter((one) => one.known < before).sort((a, b) => a.known - b.known);
    return known.at(-1)?.monthDay ?? null;
  }

  private hasChosen(member: string, before: Millis, rule: string, day: string): boolean {
    const group = this.ownership.groupAt(member, before);
    return this.deeds.some(
      (one) => one.deed.of === rule && one.deed.day === day && group.has(one.deed.member) && countsAt(one, before - 1),
    );
  }

  /** Of orders before `before`, other than `self`, that were the member's, paid and standing by then, whether or not they counted already. */
  private pinnedPast(member: string, before: Millis, self: string): PinnedPast {
    let orders: OrderCase[] | null = null;
    const earlier = (): OrderCase[] => (orders ??= this.earlierOrders(member, before, self));
    return {
      lastOrder: () =>
        earlier().reduce<Millis | null>((last, { times }) => Math.max(last ?? -Infinity, times.moment), null),
      bought: (passes, since) =>
        earlier().filter((order) => order.times.moment >= since && keeps(order, passes, before - 1)).length,
      balance: (unit) => this.balances?.availableAt(member, unit, before - 1) ?? 0n,
      birthday: () => this.birthdayOf(member, before),
      early: (access) => this.earlyAt(member, before).filter((one) => one.access === access),
      ownDay: (rule, day) => this.hasChosen(member, before, rule, day),
      referred: () => isReferred(this.referrals, this.ownership, member, before - 1),
    };
  }

  /** What opens, and from when for the member, by what they were strictly before an instant. */
  private earlyAt(member: string, before: Millis): EarlyWindow[] {
    const { rules } = versionAt(this.known.rules, before);
    const paid = this.membershipAt(member, before - 1, before) !== null;
    return openingsFor(rules, perksHeld(rules, this.tierAt(member, before - 1, before), paid));
  }

  private earlierOrders(member: string, before: Millis, self: string): OrderCase[] {
    const at = before - 1;
    const group = this.ownership.groupAt(member, at);
    return this.orders.filter(
      (one) =>
        one.barred === null &&
        one.owner !== null &&
        group.has(one.owner.member.id) &&
        one.owner.since <= at &&
        one.order.id !== self &&
        one.times.moment <= at &&
        one.wasBoughtBy(at),
    );
  }
}

function isBefore({ order: a, times: one }: OrderCase, { order: b, times: other }: OrderCase): boolean {
  return one.moment < other.moment || (one.moment === other.moment && a.id < b.id);
}

/** Whether a line that passes is kept of an order as of an instant. */
function keeps(of: OrderCase, passes: LineTest | null, at: Millis): boolean {
  const { items } = of.remainsAt(at);
  const scale = of.scale ?? ONE;
  return of.order.lines.some(
    (line, i) =>
      line.kind === 'product' &&
      (items[i] ?? 0) > 0 &&
      (passes === null || passes(line, { items: items[i] ?? 0, scale })),
  );
}

/** A line of an order, with what is left of it. */
export interface BoughtLine extends LineAt {
  line: OrderLine;
}
