import type { Millis } from '../lib/clock.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import type { Pins } from './conditions.js';
import type { Known } from './known.js';
import { termAt } from './membership.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { TierProgress } from './tier-progress.js';
import { versionAt } from './versions.js';

/**
 * What a member's past says at an instant: tier, membership, how many orders. Two instants are asked for: `facts` = what
 * had happened by then, `clock` = what time it is; an order is judged by what had happened strictly before its moment.
 */
export class Past {
  /** Gifts and referrals: they count towards tiers by points. Set once they are known. */
  others: readonly Activity[] = [];
  private progress: TierProgress | null = null;
  private readonly known: Known;
  private readonly orders: readonly OrderCase[];
  private readonly ownership: Ownership;

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

  /** The level by the rules in force at `clock`; null when they have no tiers. */
  tierAt(member: string, facts: Millis, clock: Millis): string | null {
    const compiled = compile(versionAt(this.known.rules, clock).rules);
    const { tiers } = compiled.rules;
    if (!tiers || tiers.levels.length === 0) return null;
    this.progress ??= new TierProgress(this.known, this.orders, this.ownership, this.others);
    return tiers.levels[this.progress.levelAt(tiers, compiled, member, facts, clock)]?.id ?? null;
  }

  /** The end of the paid membership that runs at `clock`; null = none. */
  membershipAt(member: string, facts: Millis, clock: Millis): Millis | null {
    const compiled = compile(versionAt(this.known.rules, clock).rules);
    const { membership } = compiled.rules;
    if (!membership) return null;
    const starts: Millis[] = [];
    for (const order of this.ordersOf(member, facts)) {
      if (!order.standsAt(facts) || order.times.counted === null) continue;
      const { items } = order.remainsAt(facts);
      const has = order.order.lines.some(
        (line, i) => line.kind === 'product' && line.product === membership.product && (items[i] ?? 0) > 0,
      );
      if (has) starts.push(order.times.counted);
    }
    return termAt(compiled.calendar, membership.months, starts, clock);
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
    if (member === undefined) return { moment, tier: null, membership: false, nth: 1 };
    return {
      moment,
      tier: needs.tiers ? this.tierAt(member, before - 1, before) : null,
      membership: needs.membership && this.membershipAt(member, before - 1, before) !== null,
      nth: needs.nth ? this.nthAt(member, Math.min(order.countsFor ?? now, now), order.order.id) : 1,
    };
  }
}

/** Which parts of the past a rule set asks for when it judges an order. */
export interface PastNeeds {
  tiers: boolean;
  membership: boolean;
  nth: boolean;
}

export function needsOf(compiled: Compiled): PastNeeds {
  const { rules } = compiled;
  const whens = [...rules.earning, ...rules.promotions].map((rule) => rule.when);
  return {
    tiers: rules.tiers !== undefined,
    membership: rules.membership !== undefined && whens.some((when) => when?.membership !== undefined),
    nth: whens.some((when) => when?.nth !== undefined),
  };
}
