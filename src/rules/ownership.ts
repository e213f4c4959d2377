import type { Millis } from '../lib/clock.js';
import type { Known, KnownHousehold, KnownMember, KnownOrder } from './known.js';
import { versionAt } from './versions.js';

/** Whose an order (or a review) is, and since when it counts for them. `member` is the id before any merge. */
export interface Owner {
  member: KnownMember;
  since: Millis;
  /** True when the member asked for a guest's order: then joining later is no objection. */
  claimed: boolean;
}

interface Bond {
  member: KnownMember;
  at: Millis;
}

/** Who is who at which instant: customers' members, claimed orders, merged members (FORMAT 6.1, 6.2). */
export class Ownership {
  private readonly members = new Map<string, KnownMember>();
  private readonly ofCustomer = new Map<string, Bond>();
  private readonly ofOrder = new Map<string, Bond>();
  /** Those that have happened, in their order. */
  readonly merges: Known['merges'] = [];
  private readonly mergeOf = new Map<string, Known['merges'][number]>();
  private readonly households: KnownHousehold[];
  private readonly rules: Known['rules'];

  constructor(known: Known, now: Millis) {
    this.rules = known.rules;
    this.households = [...(known.households ?? [])].sort((a, b) => b.from - a.from || (a.head < b.head ? -1 : 1));
    for (const member of known.members) this.members.set(member.id, member);
    for (const merge of known.merges.filter((one) => one.at <= now).sort((a, b) => a.at - b.at)) this.merge(merge);
    for (const link of [...known.links].sort((a, b) => a.at - b.at)) {
      const bond = this.bond(link.member, link.at, now);
      // The first link of a customer holds: who is the same person as another is merged, not linked away.
      if (bond && !this.ofCustomer.has(link.customer)) this.ofCustomer.set(link.customer, bond);
    }
    for (const claim of [...known.claims].sort((a, b) => a.at - b.at)) {
      const bond = this.bond(claim.member, claim.at, now);
      if (bond && !this.ofOrder.has(claim.order)) this.ofOrder.set(claim.order, bond);
    }
  }

  /** Who was merged once is nobody any more; a merge into oneself is none. */
  private merge(merge: Known['merges'][number]): void {
    if (this.mergeOf.has(merge.from) || this.memberAt(merge.into, merge.at) === merge.from) return;
    this.mergeOf.set(merge.from, merge);
    this.merges.push(merge);
  }

  private bond(id: string, at: Millis, now: Millis): Bond | null {
    const member = this.members.get(id);
    if (!member) return null;
    const since = Math.max(at, member.joined);
    return since <= now ? { member, at: since } : null;
  }

  ownerOfCustomer(customer: string): Owner | null {
    const bond = this.ofCustomer.get(customer);
    return bond ? { member: bond.member, since: bond.at, claimed: false } : null;
  }

  ownerOf(order: KnownOrder): Owner | null {
    if (order.customer !== null) return this.ownerOfCustomer(order.customer);
    const bond = this.ofOrder.get(order.id);
    return bond ? { member: bond.member, since: bond.at, claimed: true } : null;
  }

  /** The store of which somebody had been a customer first, by an instant; null = of none. */
  storeOf(member: string, at: Millis): string | null {
    const group = this.groupAt(member, at);
    const theirs = [...this.ofCustomer].filter(([, bond]) => bond.at <= at && group.has(bond.member.id));
    const [first] = theirs.sort(([a, one], [b, other]) => one.at - other.at || (a < b ? -1 : 1));
    const cut = first?.[0].indexOf('/') ?? -1;
    return first && cut >= 0 ? first[0].slice(0, cut) : null;
  }

  /** Into whom a member had been merged by an instant; itself when into nobody. */
  memberAt(id: string, at: Millis): string {
    let current = id;
    for (let merge = this.mergeOf.get(current); merge && merge.at <= at; merge = this.mergeOf.get(current)) {
      current = merge.into;
    }
    return current;
  }

  /**
   * Whose account holds what a member earned at an instant: the head's of the household that they shared then, where the rules of
   * that instant knew households; else their own. One step alone: what a head earns is never another's head's.
   */
  holderAt(id: string, at: Millis): string {
    if (this.households.length === 0) return id;
    const person = this.memberAt(id, at);
    const shared = ({ member, from, until }: KnownHousehold) =>
      member === person && from <= at && (until === null || at < until);
    const found = this.households.find(shared);
    return found && versionAt(this.rules, at).rules.household ? found.head : id;
  }

  /** Everybody who is the same person as `id` at an instant. */
  groupAt(id: string, at: Millis): Set<string> {
    if (this.merges.length === 0) return new Set([id]);
    const self = this.memberAt(id, at);
    return new Set([...this.members.keys()].filter((other) => this.memberAt(other, at) === self));
  }
}

/** When each of a person's members joined. */
export const joinsOf = ({ members }: Known, group: { has(member: string): boolean }): Millis[] =>
  members.filter(({ id }) => group.has(id)).map(({ joined }) => joined);
