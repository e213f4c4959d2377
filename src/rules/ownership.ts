import type { Millis } from '../lib/clock.js';
import type { Known, KnownMember, KnownOrder } from './known.js';

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
  readonly merges: Known['merges'];

  constructor(known: Known, now: Millis) {
    for (const member of known.members) this.members.set(member.id, member);
    this.merges = known.merges.filter((merge) => merge.at <= now).sort((a, b) => a.at - b.at);
    for (const link of [...known.links].sort((a, b) => a.at - b.at)) {
      const bond = this.bond(link.member, link.at, now);
      // A customer that is linked anew belongs to the newest; the same link again changes nothing.
      if (bond && this.ofCustomer.get(link.customer)?.member !== bond.member) this.ofCustomer.set(link.customer, bond);
    }
    for (const claim of [...known.claims].sort((a, b) => a.at - b.at)) {
      const bond = this.bond(claim.member, claim.at, now);
      if (bond && !this.ofOrder.has(claim.order)) this.ofOrder.set(claim.order, bond);
    }
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

  /** Into whom a member had been merged by an instant; itself when into nobody. */
  memberAt(id: string, at: Millis): string {
    let current = id;
    for (const merge of this.merges) if (merge.at <= at && merge.from === current) current = merge.into;
    return current;
  }

  /** Everybody who is the same person as `id` at an instant. */
  groupAt(id: string, at: Millis): Set<string> {
    if (this.merges.length === 0) return new Set([id]);
    const self = this.memberAt(id, at);
    return new Set([...this.members.keys()].filter((other) => this.memberAt(other, at) === self));
  }
}
