import type { Millis } from '../lib/clock.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import type { Known } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { ordersAskForBalance } from './past-needs.js';
import type { Past } from './past.js';
import { Payouts } from './payouts.js';
import type { ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/** `entry:<member>:<level>#K`: what was given for the K-th time that the member entered the level. */
type Gifts = Map<string, { person: string; level: string; payouts: Payouts }>;

/**
 * What members are given for entering levels over time, judged at every instant at which something about a person changes, by
 * what stands then: a refund that undoes an entry undoes the gift, unless it is kept. Who passes several levels at once enters
 * all of them, so that one large order gives what several small ones give. Who was on a level before the rules gave anything
 * for it has not entered it since.
 */
export function entryGifts(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  past: Past,
  now: Millis,
): Activity[] {
  if (!known.rules.some(({ rules }) => givesForEntry(known, rules))) return [];
  const gifts: Gifts = new Map();
  for (const at of instantsOf(known, orders, ownership, past, now)) {
    for (const merge of ownership.merges) {
      if (merge.at === at) adopt(gifts, merge.from, ownership.memberAt(merge.into, at));
    }
    const people = new Set(known.members.filter((one) => one.joined <= at).map(({ id }) => ownership.memberAt(id, at)));
    for (const person of people) settle(gifts, known, past, person, at);
  }
  return [...gifts.values()].flatMap(({ payouts }) => [...payouts.all.values()]);
}

/** Where points lift and the balance is asked, what an entry gives would hang on itself: such rules are refused (program-rules.ts). */
function givesForEntry(known: Known, { tiers }: ProgramRules): boolean {
  if (tiers?.basis === 'points' && ordersAskForBalance(known.rules)) return false;
  return tiers?.levels.some(({ entry }) => entry !== undefined) ?? false;
}

function settle(gifts: Gifts, known: Known, past: Past, person: string, at: Millis): void {
  const compiled = compile(versionAt(known.rules, at).rules);
  if (!givesForEntry(known, compiled.rules)) return;
  const open = at >= compiled.startsAt && at < compiled.earnsUntil;
  const rises = past.risesAt(person, at);
  for (const [place, { id, entry }] of (compiled.rules.tiers?.levels ?? []).entries()) {
    if (!entry) continue;
    const since = givenSince(known, id, at);
    const entered = rises.filter(({ at: when, from, to }) => when >= since && from < place && place <= to).length;
    const { payouts } = of(gifts, person, id);
    const live = payouts.live.length;
    const filled = open ? entered : Math.min(entered, live);
    payouts.fill(entry.undone === 'keep' ? Math.max(filled, live) : filled, at, entry, compiled);
  }
}

function of(gifts: Gifts, person: string, level: string): { payouts: Payouts } {
  const name = `entry:${person}:${level}`;
  const found = gifts.get(name) ?? { person, level, payouts: new Payouts(name, person) };
  gifts.set(name, found);
  return found;
}

function adopt(gifts: Gifts, from: string, into: string): void {
  for (const { person, level, payouts } of [...gifts.values()]) {
    if (person === from) of(gifts, into, level).payouts.adopt(payouts);
  }
}

/** Since when the rules give for entering a level, without a pause until `at`. */
function givenSince(known: Known, level: string, at: Millis): Millis {
  let since = -Infinity;
  for (const [i, { from, rules }] of known.rules.entries()) {
    if (i > 0 && from > at) break;
    const gives = rules.tiers?.levels.some(({ id, entry }) => id === level && entry !== undefined);
    if (!gives) since = Infinity;
    else if (since === Infinity) since = from;
  }
  return since;
}

/** Every instant at which somebody may enter a level, or never have entered it. */
export function instantsOf(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  past: Past,
  now: Millis,
): Millis[] {
  const all = new Set<Millis>();
  for (const { countsFor, times, changes } of orders) {
    if (countsFor === null) continue;
    for (const at of [countsFor, times.counted, ...changes]) if (at !== null) all.add(Math.max(at, countsFor));
  }
  for (const { at } of known.visits) all.add(at);
  for (const { steps } of past.others) for (const { at } of steps) all.add(at);
  for (const { at } of ownership.merges) all.add(at);
  for (const { from } of known.rules) all.add(from);
  return [...all].filter((at) => at <= now).sort((a, b) => a - b);
}
