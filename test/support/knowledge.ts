import type { Cart } from '../../src/rules/cart.js';
import { bearOnEachOther, ceilingOf, gainsOf, hasCeilings, placesAt, regrant } from '../../src/rules/ceilings.js';
import type { Grant } from '../../src/rules/ceilings.js';
import { grantTurns, turnLocks } from '../../src/rules/deed-turns.js';
import { grantGoalTurns } from '../../src/rules/goal-turns.js';
import type { Known } from '../../src/rules/known.js';
import type { Redeemable } from '../../src/rules/limits.js';
import { Ownership } from '../../src/rules/ownership.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import { replay } from '../../src/rules/replay.js';
import { timesOf, versionAt } from '../../src/rules/versions.js';
import { redeemable } from '../../src/rewards/index.js';
import { learnHousehold } from './learn-household.js';
import { learnSending } from './learn-sending.js';
import { mailboxOf, millis, monthDayOf, num, readCart, readOrder, readProgram, text } from './read-example.js';
import type { Fact } from './read-example.js';

/** What had arrived, and the facts that were recorded first come: reservations and parts of ceilings. */
export class Knowledge {
  readonly known: Known;
  readonly refused = new Map<string, { reason: string; off: number }>();
  private readonly grants = new Map<string, Record<string, Grant>>();
  private readonly paidFirst: string[] = [];
  private readonly versions: { from: number; program: Record<string, unknown> }[];
  private readonly birthdays = new Map<string, Known['members'][number]['birthdays']>();

  constructor(program: Record<string, unknown>) {
    this.versions = [{ from: -8e15, program }];
    this.known = {
      rules: [{ version: 1, from: -8e15, rules: readProgram(program) }],
      members: [],
      links: [],
      claims: [],
      merges: [],
      orders: [],
      reviews: [],
      referrals: [],
      reservations: [],
      adjustments: [],
      visits: [],
      deeds: [],
    };
  }

  rulesAt(at: number): ProgramRules {
    return versionAt(this.known.rules, at).rules;
  }

  learn(fact: Fact, arrives: number): void {
    const at = millis(fact.at);
    const { known } = this;
    const id = String(fact.id);
    const member = String(fact.member);
    switch (fact.kind) {
      case 'rules':
        this.publish(at, fact.program as Record<string, unknown>);
        break;
      case 'order':
        this.learnNewest(known.orders, { ...readOrder(fact, this.rulesAt(at).money), grants: this.grantsOf(id) });
        break;
      case 'review':
        this.learnNewest(known.reviews, {
          id,
          at,
          written: millis(fact.written ?? fact.at),
          product: String(fact.product),
          customer: String(fact.customer),
          status: fact.status as 'pending',
          photo: fact.photo === true,
        });
        break;
      case 'referral':
        if (!known.referrals.some((one) => one.id === id)) {
          known.referrals.push({ id, at, advocate: String(fact.advocate), customer: String(fact.customer) });
        }
        break;
      case 'join':
        this.join(fact, member, at);
        break;
      case 'link':
        known.links.push({ member, customer: String(fact.customer), at });
        break;
      case 'update':
        if (fact.birthday !== undefined) this.tellBirthday(member, fact.birthday, at);
        break;
      case 'claim':
        known.claims.push({ order: String(fact.order), member, at });
        break;
      case 'merge':
        if (!known.merges.some((one) => one.from === fact.from && one.into === fact.into)) {
          known.merges.push({ from: String(fact.from), into: String(fact.into), at });
        }
        break;
      case 'household':
        learnHousehold(known, fact, at);
        break;
      case 'visit':
        if (!known.visits.some((one) => one.member === member && one.at === at)) known.visits.push({ member, at });
        break;
      case 'adjust':
        if (!known.adjustments.some((one) => one.id === id)) {
          const unit = text(fact.unit) ?? 'points';
          known.adjustments.push({ id, member, at, unit, amount: num(fact.amount), reason: text(fact.reason) ?? '' });
        }
        break;
      case 'reserve':
        this.reserve(fact, id, member, at);
        break;
      case 'send':
        learnSending(known, this.rulesAt(at), { id, member, to: String(fact.to), points: num(fact.points), at });
        break;
      case 'release': {
        const held = known.reservations.find((one) => one.id === String(fact.redemption));
        if (held) held.released = Math.min(at, held.released ?? Infinity);
        break;
      }
      case 'deed':
        this.learnDeed(fact, id, member, at);
        break;
      case 'clock':
        break;
      default:
        throw new Error(`the format knows no "${fact.kind}"`);
    }
    this.grantCeilings(fact, Math.max(arrives, at));
    this.grantDeeds(Math.max(arrives, at));
    this.grantGoals(Math.max(arrives, at));
  }

  /** A version's keys replace those of the version before, also when it is learned of late. */
  private publish(from: number, keys: Record<string, unknown>): void {
    const place = this.versions.filter((version) => version.from <= from).length;
    this.versions.splice(place, 0, { from, program: keys });
    this.known.rules.splice(place);
    const before = this.versions.slice(0, place).map((version) => version.program);
    let program: Record<string, unknown> = Object.assign({}, ...before) as Record<string, unknown>;
    for (const version of this.versions.slice(place)) {
      program = { ...program, ...version.program };
      const number = this.known.rules.length + 1;
      this.known.rules.push({ version: number, from: version.from, rules: readProgram(program) });
    }
  }

  /** What it is of is said by its rule, where the fact does not. */
  private learnDeed({ of, does, chosen }: Fact, id: string, member: string, at: number): void {
    const { deeds } = this.known;
    const rule = this.rulesAt(at).deeds.find((one) => one.id === of);
    const kind = (text(does) ?? rule?.kind ?? 'event') as 'event';
    if (!deeds.some((one) => one.kind === kind && one.id === id))
      deeds.push({ kind, id, of: String(of), member, at, ...(chosen === undefined ? {} : { day: String(chosen) }) });
  }

  private learnNewest<T extends { id: string; at: number }>(all: T[], newest: T): void {
    const i = all.findIndex((one) => one.id === newest.id);
    if (i < 0) all.push(newest);
    else if ((all[i]?.at ?? 0) <= newest.at) all[i] = newest;
  }

  private join(fact: Fact, member: string, at: number): void {
    const { known } = this;
    const held = known.members.find((one) => one.id === member);
    if (!held) {
      const birthdays = this.birthdaysOf(member);
      known.members.push({
        id: member,
        joined: at,
        mailbox: mailboxOf(fact.email),
        phone: text(fact.phone),
        birthdays,
      });
    }
    for (const customer of (fact.customers ?? []) as string[]) {
      known.links.push({ member, customer, at });
    }
    // heard of late it is still what was said at joining: before whatever was said at that very instant
    if (fact.birthday !== undefined && !held) this.tellBirthday(member, fact.birthday, at, 'unshift');
  }

  private birthdaysOf(member: string): Known['members'][number]['birthdays'] {
    const told = this.birthdays.get(member) ?? [];
    this.birthdays.set(member, told);
    return told;
  }

  private tellBirthday(member: string, date: unknown, at: number, put: 'push' | 'unshift' = 'push'): void {
    this.birthdaysOf(member)[put]({ monthDay: monthDayOf(date), known: at });
    this.birthdaysOf(member).sort((a, b) => a.known - b.known);
  }

  private reserve(fact: Fact, id: string, member: string, at: number): void {
    if (this.refused.has(id) || this.known.reservations.some((one) => one.id === id)) return;
    const rules = this.rulesAt(at);
    const reward = rules.rewards.find((one) => one.id === fact.reward);
    if (!reward) {
      this.refused.set(id, { reason: 'no-reward', off: 0 });
      return;
    }
    const asked = fact.points === undefined || fact.points === null ? null : BigInt(num(fact.points));
    const cart = readCart(fact.cart as Record<string, unknown> | undefined, rules.money);
    const offer = this.offer(member, String(fact.reward), cart, at, asked);
    const free = offer.points === 0n && offer.binding === null;
    if (offer.points === 0n && !free) {
      this.refused.set(id, { reason: offer.binding ?? 'balance', off: 0 });
      return;
    }
    const { unit } = reward;
    this.known.reservations.push({
      id,
      member,
      at,
      reward: reward.id,
      unit,
      points: Number(offer.points),
      off: offer.off,
      released: null,
    });
  }

  /** How much of a reward the member could redeem on the cart at an instant. */
  offer(
    member: string,
    reward: string,
    cart: Cart,
    at: number,
    asked: bigint | null,
    books = replay(this.known, at),
  ): Redeemable {
    const rules = this.rulesAt(at);
    const rule = rules.rewards.find((one) => one.id === reward);
    if (!rule) return { points: 0n, off: 0, binding: 'no-reward' };
    const of = books.members[this.current(member, at)];
    const available = of?.units[rule.unit]?.available ?? 0n;
    return redeemable(
      rules,
      rule,
      { now: at, isMember: of !== undefined, tier: of?.tier ?? null, available },
      cart,
      asked,
    );
  }

  current(member: string, at: number): string {
    return new Ownership(this.known, at).memberAt(member, at);
  }

  /** Points left under each ceiling, by the rules of an instant. */
  room(at: number): Record<string, number> {
    const rules = this.rulesAt(at);
    const out: Record<string, number> = {};
    for (const id of placesAt(rules, at)) {
      const ceiling = ceilingOf(rules, id);
      if (ceiling !== null) out[id] = Math.max(0, Number(ceiling - this.granted(id)));
    }
    return out;
  }

  granted(promotion: string): bigint {
    let sum = 0n;
    for (const of of this.grants.values()) sum += of[promotion]?.part ?? 0n;
    return sum;
  }

  /** Takes ceilings' parts in the order in which orders first arrived paid; what falls frees room before what rises. */
  private grantCeilings(fact: Fact, now: number): void {
    const { known } = this;
    const order = known.orders.find((one) => one.id === String(fact.id));
    if (fact.kind === 'order' && order?.paid != null && order.paid <= now && !this.paidFirst.includes(order.id)) {
      this.paidFirst.push(order.id);
    }
    if (this.paidFirst.length === 0 || !known.rules.some(({ rules }) => hasCeilings(rules))) return;
    // what an order has of a ceiling may bear on the others of its member: one by one then, as long as anything moves
    const bear = bearOnEachOther(known.rules);
    let gains = gainsOf(known, now);
    for (let more = true; more;) {
      const fell = this.paidFirst.filter((id) => this.regrantOrder(id, gains.get(id) ?? {}, true));
      if (bear && fell.length > 0) gains = gainsOf(known, now);
      const rises = (id: string) => this.regrantOrder(id, gains.get(id) ?? {}, false);
      const rose = bear ? this.paidFirst.some(rises) : this.paidFirst.filter(rises).length > 0;
      more = bear && (fell.length > 0 || rose);
      if (more) gains = gainsOf(known, now);
    }
  }

  /** Whoever did what all together are given for so often has it first come, as of each arrival. */
  private grantDeeds(now: number): void {
    const { known } = this;
    if (!known.rules.some(({ rules }) => turnLocks(rules).length > 0)) return;
    known.deeds = grantTurns(known, now, countedOf(known.deeds)).known.deeds;
  }

  /** Who reached a goal that so many may reach has it first come, as of each arrival. */
  private grantGoals(now: number): void {
    const { known } = this;
    const everybody = new Set(known.members.map(({ id }) => id));
    const { awards } = grantGoalTurns(known, now, everybody, countedOf(known.awards ?? [])).known;
    if (awards) known.awards = awards;
  }

  /** Gives whether anything moved. */
  private regrantOrder(id: string, gains: Record<string, bigint>, falls: boolean): boolean {
    const order = this.known.orders.find((one) => one.id === id);
    if (!order) return false;
    let moved = false;
    const { rules } = timesOf(this.known.rules, order).compiled;
    const held = this.grants.get(id) ?? {};
    for (const promotion of new Set([...Object.keys(gains), ...Object.keys(held)])) {
      const ceiling = ceilingOf(rules, promotion) ?? 0n;
      const gain = gains[promotion] ?? 0n;
      const had = held[promotion]?.gain ?? 0n;
      if (falls ? gain >= had : gain <= had) continue;
      moved = true;
      held[promotion] = regrant(held[promotion] ?? null, gain, ceiling - this.granted(promotion));
    }
    this.grants.set(id, held);
    order.grants = this.grantsOf(id);
    return moved;
  }

  private grantsOf(order: string): Record<string, number> {
    const held = Object.entries(this.grants.get(order) ?? {});
    return Object.fromEntries(held.map(([promotion, grant]) => [promotion, Number(grant.part)]));
  }
}

/** How many have a turn under each limit of all together. */
function countedOf(all: readonly { turns?: readonly string[] | undefined }[]): Map<string, bigint> {
  const counted = new Map<string, bigint>();
  for (const place of all.flatMap(({ turns }) => turns ?? [])) counted.set(place, (counted.get(place) ?? 0n) + 1n);
  return counted;
}
