import type { Millis } from '../lib/clock.js';
import { plainPins } from './conditions/index.js';
import { finalAt, finalUnits, limitedIn } from './final-units.js';
import type { Pins } from './conditions/index.js';
import type { Fraction } from './fraction.js';
import { judgeLines } from './judge-lines.js';
import type { Judgement } from './judgement.js';
import type { KnownOrder, RuleVersion } from './known.js';
import type { Owner } from './ownership.js';
import { baseLines, remainsOf, scaleOf, sumOf } from './remains.js';
import type { BaseLine, Remains } from './remains.js';
import type { BaseRules, ProgramRules } from './program-rules.js';
import { WHOLE_ROOM } from './rule-limits.js';
import type { Room } from './rule-limits.js';
import { timesOf } from './versions.js';
import type { OrderTimes } from './versions.js';

/** What is fixed about one order, and what it is worth at any instant. Everything costly is worked out once per change. */
export class OrderCase {
  readonly order: KnownOrder;
  readonly owner: Owner | null;
  readonly times: OrderTimes;
  readonly scale: Fraction | null;
  /** Why it can never count for a member, whatever happens to it; null = it can. */
  readonly barred: string | null;
  /** The program passes over orders of whoever placed it. */
  private readonly excluded: boolean;
  /** From when it counts for its member: max(counted, link or claim). Null = not (yet) at all. */
  readonly countsFor: Millis | null;
  private instants: Millis[];
  /** The member's past as pinned to it; set by whoever knows the past, before anything is judged. */
  pins: () => Pins;
  /** What the member's earlier orders leave of the rules' limits; set by whoever knows them. */
  roomAt: (at: Millis) => Room = () => WHOLE_ROOM;
  private readonly remains = new Map<number, Remains>();
  private readonly sums = new Map<number, Fraction>();
  private readonly judgements = new Map<number, Judgement>();

  constructor(order: KnownOrder, owner: Owner | null, versions: readonly RuleVersion[]) {
    this.order = order;
    this.owner = owner;
    this.times = timesOf(versions, order);
    this.scale = scaleOf(this.times.compiled.rules, order.money);
    this.excluded = isExcluded(order, this.times.compiled.rules.excludes);
    this.barred = this.bar();
    const { counted } = this.times;
    this.countsFor = counted === null || !owner || this.barred !== null ? null : Math.max(counted, owner.since);
    this.instants = changesOf(order);
    this.pins = () => plainPins(this.times.moment, this.owner?.member.joined ?? null);
  }

  /** Every instant at which something about it changes, ascending. */
  get changes(): Millis[] {
    return this.instants;
  }

  set changes(all: Millis[]) {
    this.instants = all;
    for (const worked of [this.remains, this.sums, this.judgements]) worked.clear();
  }

  private bar(): string | null {
    const { order, owner, times } = this;
    const { compiled, moment } = times;
    if (!owner) return order.customer === null ? 'guest' : 'not-a-member';
    if (order.test) return 'test-order';
    if (this.excluded) return 'excluded';
    if (moment < compiled.startsAt) return 'before-start';
    if (moment >= compiled.earnsUntil) return 'program-ended';
    const early = moment < owner.member.joined && !owner.claimed;
    return early && compiled.rules.earlierOrders === 'none' ? 'before-joining' : null;
  }

  private segment(at: Millis): number {
    let i = 0;
    while (i < this.changes.length && (this.changes[i] ?? Infinity) <= at) i++;
    return i;
  }

  remainsAt(at: Millis): Remains {
    const segment = this.segment(at);
    let remains = this.remains.get(segment);
    if (!remains) this.remains.set(segment, (remains = remainsOf(this.order, at)));
    return remains;
  }

  cancelledAt(at: Millis): boolean {
    return this.order.cancelled !== null && this.order.cancelled <= at;
  }

  /** An open or lost chargeback; an inquiry is nothing, a won one restores. */
  disputedAt(at: Millis): boolean {
    return this.order.disputes.some(
      (dispute) =>
        dispute.kind === 'chargeback' && dispute.opened <= at && !(dispute.won !== null && dispute.won <= at),
    );
  }

  /** Counted as an order of its customer's, whoever that is, and standing (FORMAT 4.8). */
  standsForCustomer(at: Millis): boolean {
    const { counted } = this.times;
    if (counted === null || counted > at || this.order.test || this.excluded) return false;
    return !this.cancelledAt(at) && !this.disputedAt(at) && this.remainsAt(at).some;
  }

  /** Paid, and neither cancelled, disputed nor all given back: bought, whether or not it counts already. */
  wasBoughtBy(at: Millis): boolean {
    const { paid, test } = this.order;
    if (paid === null || paid > at || test || this.excluded) return false;
    return !this.cancelledAt(at) && !this.disputedAt(at) && this.remainsAt(at).some;
  }

  /** Counted for its member, and standing. */
  standsAt(at: Millis): boolean {
    return this.countsFor !== null && this.countsFor <= at && this.standsForCustomer(at);
  }

  /** The base that is left, line by line, in a reading of it; without asking whether the order stands. */
  baseAt(at: Millis, base: BaseRules): BaseLine[] {
    return this.scale === null ? [] : baseLines(this.order, this.remainsAt(at), base, this.scale);
  }

  baseSumAt(at: Millis, base: BaseRules = this.times.compiled.rules.base): Fraction {
    if (base !== this.times.compiled.rules.base) return sumOf(this.baseAt(at, base));
    const segment = this.segment(at);
    let sum = this.sums.get(segment);
    if (!sum) this.sums.set(segment, (sum = sumOf(this.baseAt(at, base))));
    return sum;
  }

  /** What the lines would give at an instant if the order stood; cached, since it changes only with the order. */
  judgementAt(at: Millis): Judgement {
    const segment = this.segment(at);
    let judgement = this.judgements.get(segment);
    if (!judgement) {
      if (this.scale === null) throw new RangeError(`no booked rate for ${this.order.money.code}`);
      const { order, scale } = this;
      const facts = { order, pins: this.pins(), scale, grants: order.grants, room: this.roomAt(at) };
      judgement = judgeLines(this.times.compiled, facts, this.remainsAt(at));
      this.judgements.set(segment, judgement);
    }
    return judgement;
  }

  /** Whole points by unit as of an instant. */
  givesAt(at: Millis): Record<string, bigint> {
    const gives = this.plainlyAt(at);
    const finals = finalUnits(this, at);
    if (finals.length === 0) return gives;
    const all = { ...gives };
    for (const unit of finals) {
      delete all[unit];
      const points = this.plainlyAt(this.asOf(unit, at))[unit];
      if (points !== undefined) all[unit] = points;
    }
    return all;
  }

  /** Whole points that it takes of the limits of rules as of an instant, by what they bear upon; what is final stays taken. */
  usedAt(at: Millis): Record<string, bigint> {
    const used = this.plainlyUsedAt(at);
    const finals = finalUnits(this, at);
    if (finals.length === 0 || !this.times.compiled.sharesRoom) return used;
    const all = { ...used };
    for (const unit of finals) {
      const then = this.plainlyUsedAt(this.asOf(unit, at));
      for (const key of limitedIn(this.times.compiled, unit)) {
        delete all[key];
        if (then[key] !== undefined) all[key] = then[key];
      }
    }
    return all;
  }

  private plainlyUsedAt(at: Millis): Record<string, bigint> {
    return this.scale !== null && this.standsAt(at) ? this.judgementAt(at).used : {};
  }

  private plainlyAt(at: Millis): Record<string, bigint> {
    return this.scale !== null && this.standsAt(at) ? this.judgementAt(at).gives : {};
  }

  /** The instant that tells what it gives of a unit: that one, or the last before what it gave was final. */
  asOf(unit: string, at: Millis): Millis {
    return Math.min(at, finalAt(this, unit) - 1);
  }

  /** The reason of the decision, the first that holds (FORMAT section 11). */
  reasonAt(at: Millis): string {
    if (this.barred !== null) return this.barred;
    if (this.scale === null) return 'currency';
    const { order, times } = this;
    if (this.cancelledAt(at)) return 'cancelled';
    const something = order.lines.some((line) => line.kind === 'product' && line.net + line.tax > 0);
    if (something && !this.remainsAt(at).some) return 'refunded';
    if (order.paid === null || order.paid > at) return 'not-paid';
    if (times.counted === null || this.waitsForParcels(at)) return 'not-fulfilled';
    if (this.disputedAt(at)) return 'disputed';
    if (times.counted > at) return 'waiting';
    if (!something) return 'zero-base';
    const judgement = this.judgementAt(at);
    if (Object.keys(judgement.gives).length > 0) return 'earned';
    if (judgement.base.n <= 0n) return 'zero-base';
    return judgement.some ? 'rounds-to-zero' : 'no-rule';
  }

  private waitsForParcels(at: Millis): boolean {
    const { counts } = this.times.compiled.rules;
    const after = typeof counts === 'string' ? counts : counts.after;
    return after === 'fulfilled' && (this.order.fulfilled === null || this.order.fulfilled > at);
  }
}

/** Whether it is of somebody whom the program leaves out: staff by role or tag, businesses with terms of their own. */
export function isExcluded(order: KnownOrder, who: ProgramRules['excludes']): boolean {
  if (who === undefined) return false;
  const has = (names: string[] | undefined, of: string[] | undefined) =>
    names?.some((one) => of?.includes(one)) ?? false;
  if (who.companies && order.company) return true;
  return has(who.roles, order.roles) || has(who.customerTags, order.customerTags);
}

function changesOf(order: KnownOrder): Millis[] {
  const all = new Set<Millis>();
  for (const refund of order.refunds) {
    all.add(refund.at);
    if (refund.failed !== null) all.add(refund.failed);
  }
  if (order.cancelled !== null) all.add(order.cancelled);
  for (const dispute of order.disputes) {
    if (dispute.kind !== 'chargeback') continue;
    all.add(dispute.opened);
    if (dispute.won !== null) all.add(dispute.won);
  }
  return [...all].sort((a, b) => a - b);
}
