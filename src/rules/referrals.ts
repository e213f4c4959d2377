import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity, Step } from './activities.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { compare, fraction } from './fraction.js';
import type { Known, KnownReferral } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { versionAt } from './versions.js';

/** A referral with what it gave to either side, and why it gave the advocate nothing (FORMAT 6.6). */
export interface ReferralCase {
  referral: KnownReferral;
  version: number;
  reason: string;
  unit: string;
  activities: Activity[];
  /** When the return window closes, if that is still to come. */
  due: Millis | null;
}

export function referralsOf(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  now: Millis,
): ReferralCase[] {
  const seen = new Set<string>();
  const sorted = known.referrals.filter((r) => r.at <= now).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return sorted.map((referral) => {
    const version = versionAt(known.rules, referral.at);
    const first = !seen.has(referral.customer);
    seen.add(referral.customer);
    const judge = new ReferralJudge(known, orders, ownership, now, referral, compile(version.rules));
    return { referral, version: version.version, ...judge.judge(first) };
  });
}

/** Rules that speak of no referrals, or a program past its last day to earn: the decision is the same, it only gives nothing. */
const NOTHING = { advocate: 0, friend: 0, minOrder: 0, returnDays: 0, unit: 'points' };

class ReferralJudge {
  private readonly known: Known;
  private readonly orders: readonly OrderCase[];
  private readonly ownership: Ownership;
  private readonly now: Millis;
  private readonly referral: KnownReferral;
  private readonly compiled: Compiled;
  private readonly rules: NonNullable<Compiled['rules']['referral']>;

  constructor(
    known: Known,
    orders: readonly OrderCase[],
    ownership: Ownership,
    now: Millis,
    referral: KnownReferral,
    compiled: Compiled,
  ) {
    this.known = known;
    this.orders = orders.filter((order) => order.order.customer === referral.customer);
    this.ownership = ownership;
    this.now = now;
    this.referral = referral;
    this.compiled = compiled;
    this.rules = (referral.at < compiled.earnsUntil ? compiled.rules.referral : undefined) ?? NOTHING;
  }

  judge(first: boolean): Omit<ReferralCase, 'referral' | 'version'> {
    const rules = this.rules;
    const nothing = { unit: rules.unit, activities: [], due: null };
    if (!first) return { reason: 'already-referred', ...nothing };
    const order = this.firstOrder();
    const counted = order?.times.counted ?? null;
    if (counted !== null && counted < this.referral.at) return { reason: 'not-new', ...nothing };
    if (this.isSelf()) return { reason: 'self-referral', ...nothing };
    if (!order || counted === null) return { reason: 'no-order', ...nothing };
    const closes = this.compiled.calendar.addDays(counted, rules.returnDays);
    const friend = this.friend(order);
    const at = Math.min(closes, this.now);
    const reason = this.enough(order, at)
      ? closes > this.now
        ? 'in-return-window'
        : 'earned'
      : this.lacking(order, at);
    const activities = friend ? [friend] : [];
    if (reason === 'earned' && rules.advocate > 0) {
      const steps = [{ at: closes, target: BigInt(rules.advocate) }];
      activities.push(
        activity(`referral:${this.referral.id}`, this.referral.advocate, rules.unit, this.compiled, steps),
      );
    }
    return { reason, unit: rules.unit, activities, due: closes > this.now ? closes : null };
  }

  /** The customer's first that counted, and stood when it did. */
  private firstOrder(): OrderCase | null {
    let first: OrderCase | null = null;
    for (const order of this.orders) {
      const { counted } = order.times;
      if (counted === null || counted > this.now || !order.standsForCustomer(counted)) continue;
      const held = first?.times.counted ?? Infinity;
      if (counted < held || (counted === held && first && order.order.id < first.order.id)) first = order;
    }
    return first;
  }

  /** Same member, same phone or same mailbox, on the members or on the friend's orders. */
  private isSelf(): boolean {
    const { advocate, customer } = this.referral;
    const owner = this.ownership.ownerOfCustomer(customer);
    const me = this.ownership.memberAt(advocate, this.now);
    if (owner && this.ownership.memberAt(owner.member.id, this.now) === me) return true;
    const mine = this.known.members.filter((member) => this.ownership.memberAt(member.id, this.now) === me);
    const friends = [...this.orders.map((order) => order.order), ...(owner ? [owner.member] : [])];
    return friends.some((friend) =>
      mine.some(
        (member) =>
          (friend.mailbox !== null && friend.mailbox === member.mailbox) ||
          (friend.phone !== null && friend.phone === member.phone),
      ),
    );
  }

  private enough(order: OrderCase, at: Millis): boolean {
    return order.standsForCustomer(at) && compare(order.baseSumAt(at), fraction(this.rules.minOrder)) >= 0;
  }

  private lacking(order: OrderCase, at: Millis): string {
    return order.standsForCustomer(at) ? 'below-minimum' : 'refunded';
  }

  /** The friend's points come and go with the order, for a friend who is a member. */
  private friend(order: OrderCase): Activity | null {
    const { rules } = this;
    const { countsFor, owner, times } = order;
    if (rules.friend === 0 || countsFor === null || countsFor > this.now || !owner) return null;
    const steps: Step[] = [];
    for (const at of [countsFor, ...order.changes.filter((change) => change > countsFor && change <= this.now)]) {
      const target = order.standsAt(at) && this.enough(order, at) ? BigInt(rules.friend) : 0n;
      if (target !== (steps.at(-1)?.target ?? 0n)) steps.push({ at, target });
    }
    if (steps.length === 0) return null;
    const of = activity(`friend:${this.referral.id}`, owner.member.id, rules.unit, this.compiled, steps);
    return {
      ...of,
      earned: countsFor,
      usable: Math.max(times.usable, countsFor),
      fresh: times.usable,
    };
  }
}
