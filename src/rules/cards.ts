import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import type { Known } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import type { Past } from './past.js';
import { stampsAt } from './stamps.js';
import { versionAt } from './versions.js';

/**
 * The payouts of filled stamp cards over time. `card:<member>:<card>#K` is the K-th card that the member filled; one that
 * is no longer filled is taken back, the last first, and dated anew when it is filled again. After a merge the cards of
 * both stay paid as long as the stamps of both together fill as many.
 */
export function cardActivities(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  past: Past,
  now: Millis,
): Activity[] {
  if (!known.rules.some((version) => version.rules.stamps.length > 0)) return [];
  const paid = new Map<string, Payouts>();
  for (const at of instantsOf(known, orders, ownership, now)) {
    const { rules } = versionAt(known.rules, at);
    const compiled = compile(rules);
    const people = new Set(known.members.filter((m) => m.joined <= at).map((m) => ownership.memberAt(m.id, at)));
    for (const card of rules.stamps) {
      for (const person of people) {
        const stamps = stampsAt(card, compiled, past.ordersOf(person, at), past.visitsOf(person, at), at);
        const filled = Math.floor(stamps / card.needs);
        payouts(paid, known, ownership, person, card.id, at).fill(filled, at, () => ({
          of: activity('', person, card.pays.unit, compiled, []),
          gives: BigInt(card.pays.gives),
        }));
      }
    }
  }
  return [...paid.values()].flatMap((one) => one.all);
}

/** Every instant at which some card may fill or empty. */
function instantsOf(known: Known, orders: readonly OrderCase[], ownership: Ownership, now: Millis): Millis[] {
  const instants = new Set<Millis>();
  for (const order of orders) {
    if (order.countsFor === null) continue;
    instants.add(order.countsFor);
    for (const at of order.changes) instants.add(Math.max(at, order.countsFor));
  }
  for (const visit of known.visits) instants.add(visit.at);
  for (const merge of ownership.merges) instants.add(merge.at);
  for (const version of known.rules) instants.add(version.from);
  return [...instants].filter((at) => at <= now).sort((a, b) => a - b);
}

function payouts(
  paid: Map<string, Payouts>,
  known: Known,
  ownership: Ownership,
  person: string,
  card: string,
  at: Millis,
): Payouts {
  const key = `${person}\n${card}`;
  let mine = paid.get(key);
  if (!mine) paid.set(key, (mine = new Payouts(person, card)));
  for (const member of known.members) {
    if (member.id === person || ownership.memberAt(member.id, at) !== person) continue;
    const other = paid.get(`${member.id}\n${card}`);
    if (other) mine.adopt(other);
  }
  return mine;
}

class Payouts {
  readonly all: Activity[] = [];
  private live: Activity[] = [];
  private readonly person: string;
  private readonly card: string;

  constructor(person: string, card: string) {
    this.person = person;
    this.card = card;
  }

  adopt(other: Payouts): void {
    this.live = [...other.live, ...this.live];
    other.live = [];
  }

  /** Pays for cards filled, takes back for cards no longer filled. */
  fill(filled: number, at: Millis, make: () => { of: Activity; gives: bigint }): void {
    while (this.live.length > filled) this.live.pop()?.steps.push({ at, target: 0n });
    while (this.live.length < filled) {
      const { of, gives } = make();
      const free = this.all.find((one) => !this.live.includes(one) && one.steps.at(-1)?.target === 0n);
      if (free) {
        free.steps.push({ at, target: gives, anew: true });
        this.live.push(free);
        continue;
      }
      const name = `card:${this.person}:${this.card}#${this.all.length + 1}`;
      const next = { ...of, of: name, cause: name, earned: at, usable: at, fresh: at, steps: [{ at, target: gives }] };
      this.all.push(next);
      this.live.push(next);
    }
  }
}
