import type { Millis } from '../lib/clock.js';
import { isDoneAt, stirsOf, targetAt } from './activities.js';
import type { Activity } from './activities.js';
import { overlay } from './compile.js';
import type { Compiled } from './compile.js';
import { fraction, plus, ZERO } from './fraction.js';
import type { Fraction } from './fraction.js';
import type { Known } from './known.js';
import type { OrderCase } from './order-case.js';
import { reviewAt, reviewFrom } from './level-reviews.js';
import { joinsOf } from './ownership.js';
import type { Ownership } from './ownership.js';
import type { Tiers } from './program-rules.js';
import { TierPath } from './tiers.js';
import type { Climb } from './tier-windows.js';
import type { Rise } from './tiers.js';

/** So far a level is looked ahead: beyond every window that is common. */
const MOST_REVIEWS = 30;

/** Something that may count towards a tier from an instant on; how much, when it is asked for (0 = it does not). */
interface Entry {
  at: Millis;
  amount: () => Fraction;
}

interface Path {
  path: TierPath;
  /** Ascending; those before `next` have arrived in the path. */
  entries: Entry[];
  next: number;
}

/**
 * What counts towards a member's tier (FORMAT 8.1, 8.2). As of an instant the path is that of what stands then: a refund
 * undoes what it had lifted. Between two such disturbances the path only grows, so that it is walked once for all that is asked
 * between them; entries weigh in their order, since the points of an order ask for the tier before it.
 */
export class TierProgress {
  private readonly known: Known;
  private readonly orders: readonly OrderCase[];
  private readonly ownership: Ownership;
  private readonly others: readonly Activity[];
  private readonly disturbances: Millis[];
  private readonly paths = new Map<Compiled, Map<string, Path>>();

  constructor(known: Known, orders: readonly OrderCase[], ownership: Ownership, others: readonly Activity[]) {
    this.known = known;
    this.orders = orders;
    this.ownership = ownership;
    this.others = others;
    const all = new Set<Millis>(ownership.merges.map((merge) => merge.at));
    for (const { changes, countsFor, times } of orders) {
      if (countsFor === null) continue;
      for (const at of changes) all.add(at);
      if (countsFor !== times.counted) all.add(countsFor);
    }
    for (const one of others) for (const at of stirsOf(one)) if (at !== one.earned) all.add(at);
    this.disturbances = [...all].sort((a, b) => a - b);
  }

  /** The place of the level at `clock`, of what had happened by `facts`. */
  levelAt(tiers: Tiers, compiled: Compiled, member: string, facts: Millis, clock: Millis): number {
    const earned = this.earnedAt(tiers, compiled, member, facts, clock);
    const { downgradeEach: each } = tiers;
    if (each === undefined) return earned;
    return Math.max(
      earned,
      this.highestSince(tiers, compiled, member, reviewAt(compiled.calendar, each, clock), facts),
    );
  }

  private earnedAt(tiers: Tiers, compiled: Compiled, member: string, facts: Millis, clock: Millis): number {
    return this.walkedUntil(tiers, compiled, member, facts).levelAt(facts, clock);
  }

  /** The highest level from a review until `facts`, each as it was then: of what stood then, of whoever is this person by now. */
  private highestSince(tiers: Tiers, compiled: Compiled, member: string, since: Millis, facts: Millis): number {
    let highest = 0;
    for (let at = since; at <= facts;) {
      const next = this.disturbances[this.disturbedBy(at)] ?? Infinity;
      const until = Math.min(next - 1, facts);
      const selves = new Set(
        [...this.ownership.groupAt(member, facts)].map((id) => this.ownership.memberAt(id, until)),
      );
      for (const self of selves) {
        const path = this.walkedUntil(tiers, compiled, self, until);
        highest = Math.max(highest, path.highestBetween(at, until));
      }
      at = next;
    }
    return highest;
  }

  /** When the level will be lower if nothing more happens, at a review where it falls at those alone; null = not soon, or never. */
  lowersAt(tiers: Tiers, compiled: Compiled, member: string, now: Millis): Millis | null {
    const { downgradeEach: each } = tiers;
    if (each === undefined) return this.walkedUntil(tiers, compiled, member, now).fallsAfter(now);
    const held = this.levelAt(tiers, compiled, member, now, now);
    if (held === 0) return null;
    for (let later = 1; later <= MOST_REVIEWS; later++) {
      const at = reviewAt(compiled.calendar, each, now, later);
      if (this.earnedAt(tiers, compiled, member, now, at) < held) return at;
    }
    return tiers.window.kind === 'lifetime' ? null : reviewAt(compiled.calendar, each, now, MOST_REVIEWS);
  }

  /** Every time that the member's level rose, by what stands at an instant of what had happened by then. */
  risesAt(tiers: Tiers, compiled: Compiled, member: string, at: Millis): Rise[] {
    return this.walkedUntil(tiers, compiled, member, at)
      .risesSoFar()
      .filter((rise) => rise.at <= at);
  }

  /** How far the way up is at `clock`, of what had happened by `facts`. */
  climbAt(tiers: Tiers, compiled: Compiled, member: string, facts: Millis, clock: Millis): Climb {
    const climb = this.walkedUntil(tiers, compiled, member, facts).climbAt(facts, clock);
    const { downgradeEach: each } = tiers;
    if (each === undefined) return climb;
    const { calendar } = compiled;
    if (climb.place < this.levelAt(tiers, compiled, member, facts, clock))
      return { ...climb, falls: reviewAt(calendar, each, clock, 1) };
    return { ...climb, falls: climb.falls === null ? null : reviewFrom(calendar, each, climb.falls) };
  }

  private walkedUntil(tiers: Tiers, compiled: Compiled, member: string, facts: Millis): TierPath {
    const found = this.pathOf(tiers, compiled, member, facts);
    const { path, entries } = found;
    for (let entry = entries[found.next]; entry && entry.at <= facts; entry = entries[found.next]) {
      const { at } = entry;
      let sum = ZERO;
      for (; entry?.at === at; entry = entries[++found.next]) sum = plus(sum, entry.amount());
      path.arrive(at, sum);
    }
    return path;
  }

  private pathOf(tiers: Tiers, compiled: Compiled, member: string, facts: Millis): Path {
    const low = this.disturbedBy(facts);
    let paths = this.paths.get(compiled);
    if (!paths) this.paths.set(compiled, (paths = new Map<string, Path>()));
    const key = `${low} ${this.ownership.memberAt(member, facts)}`;
    let path = paths.get(key);
    if (!path) {
      const until = this.disturbances[low] ?? Infinity;
      const entries = this.entriesOf(tiers, compiled, member, facts, until);
      path = { path: new TierPath(tiers, compiled.calendar, this.joinedOf(member, facts)), entries, next: 0 };
      paths.set(key, path);
    }
    return path;
  }

  /** How many disturbances there were by an instant, that one included. */
  private disturbedBy(at: Millis): number {
    let low = 0;
    let high = this.disturbances.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.disturbances[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private joinedOf(member: string, at: Millis): Millis {
    return Math.min(...joinsOf(this.known, this.ownership.groupAt(member, at)));
  }

  /** All that counts before `until`, by what stands between the disturbances around `facts`. */
  private entriesOf(tiers: Tiers, compiled: Compiled, member: string, facts: Millis, until: Millis): Entry[] {
    const group = this.ownership.groupAt(member, facts);
    const entries: Entry[] = [];
    for (const order of this.orders) {
      const at = order.times.counted;
      if (at === null || at >= until || !order.owner || !group.has(order.owner.member.id)) continue;
      const then = Math.max(at, facts);
      if (tiers.basis !== 'referrals' && order.standsAt(then))
        entries.push({ at, amount: () => weightOf(tiers, order, then) });
    }
    if (tiers.basis === 'visits') {
      for (const { at, member: who } of this.known.visits) {
        if (at < until && group.has(who)) entries.push({ at, amount: () => fraction(1) });
      }
    }
    if (tiers.basis === 'points' || tiers.basis === 'referrals') {
      for (const other of this.others) {
        if (!countsFor(tiers, other) || other.earned >= until || !group.has(other.member)) continue;
        const then = Math.max(other.earned, facts);
        entries.push({ at: other.earned, amount: () => worthOf(tiers, other, then) });
      }
    }
    entries.sort((a, b) => a.at - b.at);
    return tiers.basis === 'visits' ? oncePerDay(entries, compiled) : entries;
  }
}

/** By points what is given of the unit counts; by referrals every friend for whom the advocate was given something. */
function countsFor(tiers: Tiers, { of, unit }: Activity): boolean {
  return tiers.basis === 'referrals' ? of.startsWith('referral:') : unit === tiers.unit;
}

function worthOf(tiers: Tiers, other: Activity, at: Millis): Fraction {
  return tiers.basis === 'referrals' ? fraction(isDoneAt(other, at) ? 1 : 0) : fraction(targetAt(other, at));
}

/** The base left is as the tiers read it; the order's rate and its own reading of the base stay those of its moment. */
function weightOf(tiers: Tiers, order: OrderCase, at: Millis): Fraction {
  if (tiers.basis === 'orders') return fraction(1);
  if (tiers.basis === 'points') return fraction(order.givesAt(at)[tiers.unit] ?? 0n);
  const spent = order.baseSumAt(at, overlay(order.times.compiled.rules.base, tiers.base));
  return tiers.basis === 'spend' ? spent : fraction(spent.n > 0n ? 1 : 0);
}

/** Visits are local days: of a day counts what came first and was a visit. */
function oncePerDay(entries: readonly Entry[], compiled: Compiled): Entry[] {
  const days = new Set<number>();
  return entries.filter((entry) => {
    const day = compiled.calendar.dayOf(entry.at);
    if (days.has(day) || entry.amount().n <= 0n) return false;
    days.add(day);
    return true;
  });
}
