import type { Millis } from '../lib/clock.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import type { Known } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import type { Past } from './past.js';
import { Payouts } from './payouts.js';
import { cardAt } from './stamps.js';
import { versionAt } from './versions.js';

/**
 * The payouts of filled stamp cards over time. `card:<member>:<card>#K` is the K-th card that the member filled,
 * `card:<member>:<card>@<stamps>#K` the K-th that came so far; one that is no longer filled is taken back, the last first, and dated anew when it is filled again. A payout is what the rules paid
 * when it was filled; how many are filled is asked of the rules in force, and a card that they no longer have is neither
 * filled nor emptied. After a merge the cards of both stay paid as long as the stamps of both together fill as many.
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
        const state = cardAt(card, compiled, past.ordersOf(person, at), past.visitsOf(person, at), at);
        payoutsOf(paid, known, ownership, person, card.id, at).fill(state.filled, at, card.pays, compiled);
        card.steps?.forEach((step, i) => {
          const payouts = payoutsOf(paid, known, ownership, person, `${card.id}@${step.at}`, at);
          payouts.fill(state.steps[i] ?? 0, at, step.pays, compiled);
        });
      }
    }
  }
  return [...paid.values()].flatMap((one) => [...one.all.values()]);
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

function payoutsOf(
  paid: Map<string, Payouts>,
  known: Known,
  ownership: Ownership,
  person: string,
  card: string,
  at: Millis,
): Payouts {
  const key = `${person}\n${card}`;
  let mine = paid.get(key);
  if (!mine) paid.set(key, (mine = new Payouts(`card:${person}:${card}`, person)));
  for (const member of known.members) {
    if (member.id === person || ownership.memberAt(member.id, at) !== person) continue;
    const other = paid.get(`${member.id}\n${card}`);
    if (other) mine.adopt(other);
  }
  return mine;
}
