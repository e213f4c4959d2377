import { isDeepStrictEqual } from 'node:util';
import type { Millis } from '../lib/clock.js';
import { type Grant, ceilingOf, gainsOverTime, hasCeilings, regrant } from '../rules/ceilings.js';
import type { Known, KnownOrder, RuleVersion } from '../rules/known.js';
import { timesOf } from '../rules/versions.js';

/** One change of what promotions with a ceiling would give an order. */
interface Change {
  at: Millis;
  order: string;
  version: number;
  gains: Record<string, bigint>;
}

/**
 * Who had what of the ceilings if other rules had been in force: the one thing that no group's own facts can tell, since
 * everybody takes of the same. Told of all groups first, in any order; it keeps only the orders that would be given any.
 * Nothing arrives late here: whoever paid first came first. A promotion under which every order would gain what it gained,
 * and whose ceiling is the same, stands as it was granted.
 */
export class FirstCome {
  private readonly versions: readonly RuleVersion[];
  private readonly published: readonly RuleVersion[] | null;
  private readonly since: Millis | null;
  private readonly changes: Change[] = [];
  /** Promotions whose parts are shared out anew. */
  private readonly anew = new Set<string>();
  /** Under each, what orders have that the draft does not judge. */
  private readonly granted = new Map<string, bigint>();
  private parts = new Map<string, Record<string, number>>();

  /** `published` null = nothing was granted before: everything is shared out. */
  constructor(versions: readonly RuleVersion[], published: readonly RuleVersion[] | null, since: Millis | null) {
    this.versions = versions;
    this.published = published;
    this.since = since;
    const rules = versions.at(-1)?.rules;
    const before = published?.at(-1)?.rules;
    for (const { id } of rules?.promotions ?? []) {
      const ceiling = rules ? ceilingOf(rules, id) : null;
      if (ceiling !== null && (!before || ceilingOf(before, id) !== ceiling)) this.anew.add(id);
    }
  }

  /** Whether there is anything to share out. */
  static concerns(versions: readonly RuleVersion[]): boolean {
    return versions.some(({ rules }) => hasCeilings(rules));
  }

  private judges(order: KnownOrder): boolean {
    return this.since === null || timesOf(this.versions, order).moment >= this.since;
  }

  /** Takes note of a group; `own` tells which orders are counted here rather than with another group. */
  note(known: Known, now: Millis, own: (order: KnownOrder) => boolean): void {
    const after = gainsOverTime({ ...known, rules: [...this.versions] }, now);
    const before = this.published ? gainsOverTime({ ...known, rules: [...this.published] }, now) : null;
    for (const order of known.orders) {
      if (!own(order)) continue;
      if (!this.judges(order)) {
        for (const [id, part] of Object.entries(order.grants)) this.take(id, BigInt(part));
        continue;
      }
      const steps = after.get(order.id) ?? [];
      if (before) this.compare(before.get(order.id)?.at(-1)?.gains ?? {}, steps.at(-1)?.gains ?? {});
      const { version } = timesOf(this.versions, order);
      for (const { at, gains } of steps) this.changes.push({ at, order: order.id, version, gains });
    }
  }

  private compare(before: Record<string, bigint>, after: Record<string, bigint>): void {
    if (isDeepStrictEqual(before, after)) return;
    for (const id of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (before[id] !== after[id]) this.anew.add(id);
    }
  }

  private take(promotion: string, points: bigint): void {
    this.granted.set(promotion, (this.granted.get(promotion) ?? 0n) + points);
  }

  /** After all groups: every order has its turn, in the order of what happened. */
  share(): void {
    const held = new Map<string, Record<string, Grant>>();
    this.changes.sort((a, b) => a.at - b.at || (a.order < b.order ? -1 : 1));
    for (const change of this.changes) {
      const own = held.get(change.order) ?? {};
      held.set(change.order, own);
      const moved = [...new Set([...Object.keys(own), ...Object.keys(change.gains)])].filter((id) => this.anew.has(id));
      for (const id of moved) this.turn(own, id, change);
    }
    for (const [order, own] of held) {
      this.parts.set(order, Object.fromEntries(Object.entries(own).map(([id, { part }]) => [id, Number(part)])));
    }
    this.changes.length = 0;
  }

  private turn(own: Record<string, Grant>, id: string, { gains, version }: Change): void {
    const rules = this.versions.find((one) => one.version === version)?.rules;
    const ceiling = (rules && ceilingOf(rules, id)) ?? 0n;
    const before = own[id] ?? null;
    const after = regrant(before, gains[id] ?? 0n, ceiling - (this.granted.get(id) ?? 0n));
    this.take(id, after.part - (before?.part ?? 0n));
    own[id] = after;
  }

  /** The orders of a group with the parts that they would have. */
  withParts(orders: readonly KnownOrder[]): KnownOrder[] {
    return orders.map((order) => {
      if (!this.judges(order)) return order;
      const kept = Object.entries(order.grants).filter(([id]) => !this.anew.has(id));
      return { ...order, grants: { ...Object.fromEntries(kept), ...this.parts.get(order.id) } };
    });
  }
}
