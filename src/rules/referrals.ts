import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity, Step } from './activities.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { compare, fraction } from './fraction.js';
import { Answers } from './gift-conditions.js';
import { keepWithin } from './gift-limits.js';
import { ALL_TAKEN, decidedIn, isInVain } from './in-vain.js';
import type { Known, KnownReferral } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { versionAt } from './versions.js';

/** A referral with what it gave to either side, and why it gave the advocate nothing (FORMAT 6.6). */
export interface ReferralCase {
  referral: KnownReferral;
  version: number;
  reason: string;
  /** The condition that fails, where that is why. */
  missed: string | null;
  /** Everybody together had had all that is given for friends when the advocate would have had theirs. */
  tooLate: Activity | null;
  unit: string;
  activities: Activity[];
  /** When the return window closes, if that is still to come. */
  due: Millis | null;
  /** Whether it was seen by an instant that somebody brought themselves. */
  wasSelfBy: (at: Millis) => boolean;
}

export function referralsOf(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  now: Millis,
  answers = new Answers(),
): ReferralCase[] {
  const seen = new Set<string>();
  const sorted = known.referrals.filter((r) => r.at <= now).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const cases = sorted.map((referral) => {
    const version = versionAt(known.rules, referral.at);
    const first = !seen.has(referral.customer);
    seen.add(referral.customer);
    const judge = new ReferralJudge(known, orders, ownership, now, referral, compile(version.rules), answers);
    return { referral, version: version.version, ...judge.judge(first) };
  });
  return withinLimits(known, cases, ownership);
}

/** So many friends of one advocate within a period, by the day on which they are paid for. */
type Judged = Omit<ReferralCase, 'tooLate'>;

function withinLimits(known: Known, cases: readonly Judged[], ownership: Ownership): ReferralCase[] {
  const decided = decidedIn(known);
  const given = cases.flatMap(({ referral, activities }) => {
    const { calendar, rules } = compile(versionAt(known.rules, referral.at).rules);
    const advocates = activities.filter(({ of }) => of.startsWith('referral:'));
    const { limits, inAll } = rules.referral ?? {};
    const isVain = (one: Activity) => inAll !== undefined && isInVain(decided.get(one.of), one.earned);
    return advocates.map((one) => ({ activity: one, at: one.earned, limits, calendar, inVain: isVain(one) }));
  });
  const { beyond, tooLate } = keepWithin(given, ownership);
  const reasonOf = ({ activities, reason }: Judged) =>
    activities.some((one) => beyond.has(one))
      ? 'limit'
      : activities.some((one) => tooLate.has(one))
        ? ALL_TAKEN
        : reason;
  return cases.map((one) => ({
    ...one,
    reason: reasonOf(one),
    tooLate: one.activities.find((given) => tooLate.has(given)) ?? null,
    activities: one.activities.filter(({ steps }) => steps.length > 0),
  }));
}

/** What was in vain when it was made, and stays so. */
const IN_VAIN: ReadonlySet<string> = new Set(['already-referred', 'not-new']);

/**
 * Whether another member brought this one: a referral by `at` of any of their customers that was not in vain by then. That they
 * brought themselves may be seen later (an order with the other's address, a merge): it changes nothing of what was judged before.
 */
export function isReferred(cases: readonly ReferralCase[], ownership: Ownership, member: string, at: Millis): boolean {
  const group = ownership.groupAt(member, at);
  return cases.some(({ referral, reason, wasSelfBy }) => {
    if (referral.at > at || IN_VAIN.has(reason)) return false;
    const friend = ownership.ownerOfCustomer(referral.customer)?.member.id;
    return friend !== undefined && group.has(friend) && !wasSelfBy(at);
  });
}

/** Rules that speak of no referrals, or a program past its last day to earn: the decision is the same, it only gives nothing. */
const NOTHING = {
  advocate: 0,
  friend: 0,
  minOrder: 0,
  returnDays: 0,
  unit: 'points',
  expiry: undefined,
  limits: undefined,
  when: undefined,
  advocateWhen: undefined,
  friendWhen: undefined,
};

class ReferralJudge {
  private readonly known: Known;
  private readonly all: readonly OrderCase[];
  /** Those of the friend. */
  private readonly orders: readonly OrderCase[];
  private readonly ownership: Ownership;
  private readonly now: Millis;
  private readonly referral: KnownReferral;
  private readonly compiled: Compiled;
  private readonly rules: NonNullable<Compiled['rules']['referral']>;
  private readonly answers: Answers;

  constructor(
    known: Known,
    orders: readonly OrderCase[],
    ownership: Ownership,
    now: Millis,
    referral: KnownReferral,
    compiled: Compiled,
    answers: Answers,
  ) {
    this.known = known;
    this.all = orders;
    this.orders = orders.filter((order) => order.order.customer === referral.customer);
    this.ownership = ownership;
    this.now = now;
    this.referral = referral;
    this.compiled = compiled;
    this.answers = answers;
    const runs = referral.at >= compiled.startsAt && referral.at < compiled.earnsUntil;
    this.rules = (runs ? compiled.rules.referral : undefined) ?? NOTHING;
  }

  judge(first: boolean): Omit<Judged, 'referral' | 'version'> {
    const rules = this.rules;
    const nothing = { unit: rules.unit, missed: null, activities: [], due: null, wasSelfBy: () => true };
    if (!first) return { reason: 'already-referred', ...nothing };
    const order = this.firstOrder();
    const counted = order?.times.counted ?? null;
    if (counted !== null && counted < this.referral.at) return { reason: 'not-new', ...nothing };
    const closes = counted === null ? Infinity : this.compiled.calendar.addDays(counted, rules.returnDays);
    const wasSelfBy = (by: Millis) => this.isSelf(closes, by, by);
    if (this.isSelf(closes, this.now))
      return { ...nothing, reason: 'self-referral', ...this.given(order, closes), wasSelfBy };
    if (!order || counted === null) return { reason: 'no-order', ...nothing, due: this.nextToCount(), wasSelfBy };
    const at = Math.min(closes, this.now);
    const lacking = this.lacking(order, at);
    const missed = lacking === null ? (this.orderMisses(order, at) ?? this.sideMisses('advocate', order)) : null;
    const due = closes > this.now ? closes : null;
    const reason = lacking ?? (missed !== null ? 'condition' : due === null ? 'earned' : 'in-return-window');
    return { reason, missed, ...this.given(order, closes), due, wasSelfBy };
  }

  /** What either side has had over time: a merge that makes them one person takes it back from then on. */
  private given(order: OrderCase | null, closes: Millis): Pick<ReferralCase, 'unit' | 'activities'> {
    const { unit } = this.rules;
    if (!order) return { unit, activities: [] };
    const advocate = closes <= this.now ? this.advocate(order, closes) : null;
    return { unit, activities: [this.friend(order, closes), advocate].filter((one) => one !== null) };
  }

  /** Final once the return window has closed. */
  private advocate(order: OrderCase, closes: Millis): Activity | null {
    const { referral, rules } = this;
    if (!this.isKnown() || rules.advocate === 0 || !this.enough(order, closes)) return null;
    if (this.sideMisses('advocate', order) !== null) return null;
    const steps = this.steps([closes, ...this.mergesAfter(closes)], (at) =>
      this.isSelf(closes, at) ? 0 : rules.advocate,
    );
    const of = activity(`referral:${referral.id}`, referral.advocate, rules.unit, this.compiled, steps);
    return steps.length > 0 ? { ...of, expiry: rules.expiry } : null;
  }

  /** A referral is by a member, or by nobody yet: while their joining has not arrived neither side is given anything. */
  private isKnown(): boolean {
    return this.known.members.some((member) => member.id === this.referral.advocate);
  }

  private mergesAfter(at: Millis): Millis[] {
    return this.ownership.merges.map((merge) => merge.at).filter((merged) => merged > at);
  }

  private steps(instants: readonly Millis[], gives: (at: Millis) => number): Step[] {
    const steps: Step[] = [];
    for (const at of [...instants].sort((a, b) => a - b)) {
      const target = BigInt(gives(at));
      if (target !== (steps.at(-1)?.target ?? 0n)) steps.push({ at, target });
    }
    return steps;
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

  /** When an order of the friend will count that is known already: then the referral is judged again. */
  private nextToCount(): Millis | null {
    const later = this.orders.map(({ times }) => times.counted ?? 0).filter((counted) => counted > this.now);
    return later.length === 0 ? null : Math.min(...later);
  }

  /**
   * Same member, same phone or same mailbox as of `at`: of the members and of the orders of either side, those that were
   * placed before the return window closed. What comes later is no evidence: the referral is final by then. What was found
   * once stays found when the evidence is erased. `by` = only what orders had shown by then.
   */
  private isSelf(closes: Millis, at: Millis, by = Infinity): boolean {
    const { advocate, customer, self } = this.referral;
    if (self) return true;
    const owner = this.ownership.ownerOfCustomer(customer)?.member.id ?? null;
    const me = this.ownership.memberAt(advocate, at);
    if (owner !== null && this.ownership.memberAt(owner, at) === me) return true;
    const seen = (member: string | null, of: string | null) => this.addressesOf(member, of, closes, at, by);
    const mine = seen(advocate, null);
    for (const address of seen(owner, customer)) if (mine.has(address)) return true;
    return false;
  }

  /** Mailboxes and phones of a member, merged ones and all their orders included, or of a customer who is none. */
  private addressesOf(
    member: string | null,
    customer: string | null,
    closes: Millis,
    at: Millis,
    by: Millis,
  ): Set<string> {
    const out = new Set<string>();
    const note = ({ mailbox, phone }: { mailbox: string | null; phone: string | null }): void => {
      if (mailbox !== null) out.add(`mailbox ${mailbox}`);
      if (phone !== null) out.add(`phone ${phone}`);
    };
    const group = member === null ? new Set<string>() : this.ownership.groupAt(member, at);
    for (const one of this.known.members) if (group.has(one.id)) note(one);
    for (const { order, owner } of this.all) {
      const theirs = order.customer === customer && customer !== null;
      const ours = owner !== null && owner.since <= by && group.has(owner.member.id);
      if ((theirs || ours) && order.placed < closes && order.placed <= by) note(order);
    }
    return out;
  }

  private enough(order: OrderCase, at: Millis): boolean {
    return this.lacking(order, at) === null && this.orderMisses(order, at) === null;
  }

  private lacking(order: OrderCase, at: Millis): string | null {
    if (!order.standsForCustomer(at)) return 'refunded';
    return compare(order.baseSumAt(at), fraction(this.rules.minOrder)) >= 0 ? null : 'below-minimum';
  }

  /** The first of the conditions on the friend's order that fails, as it stands at an instant; null = it meets them all. */
  private orderMisses(order: OrderCase, at: Millis): string | null {
    const { zone } = this.compiled.rules;
    return this.answers.missed(`order of ${this.referral.id}@${at}`, {
      when: this.rules.when,
      zone,
      at,
      of: { order },
    });
  }

  /** Of the conditions on either side, asked when that order had its moment. */
  private sideMisses(side: 'advocate' | 'friend', order: OrderCase): string | null {
    const { zone } = this.compiled.rules;
    const at = Math.min(order.times.moment, order.times.counted ?? Infinity);
    const member = side === 'advocate' ? this.referral.advocate : order.owner?.member.id;
    if (member === undefined) return null;
    const when = side === 'advocate' ? this.rules.advocateWhen : this.rules.friendWhen;
    return this.answers.missed(`${side} of ${this.referral.id}`, { when, zone, at, of: { member } });
  }

  /** The friend's points come and go with the order, for a friend who is a member. */
  private friend(order: OrderCase, closes: Millis): Activity | null {
    const { rules } = this;
    const { countsFor, owner, times } = order;
    if (!this.isKnown() || rules.friend === 0 || countsFor === null || countsFor > this.now || !owner) return null;
    if (this.sideMisses('friend', order) !== null) return null;
    const changes = [...order.changes, ...this.mergesAfter(countsFor)];
    const instants = [countsFor, ...changes.filter((change) => change > countsFor && change <= this.now)];
    const steps = this.steps(instants, (at) =>
      order.standsAt(at) && this.enough(order, at) && !this.isSelf(closes, at) ? rules.friend : 0,
    );
    if (steps.length === 0) return null;
    const of = activity(`friend:${this.referral.id}`, owner.member.id, rules.unit, this.compiled, steps);
    return {
      ...of,
      expiry: rules.expiry,
      earned: countsFor,
      usable: Math.max(times.usable, countsFor),
      fresh: times.usable,
    };
  }
}
