import type { Millis } from '../lib/clock.js';
import { stirsOf } from './activities.js';
import type { Activity } from './activities.js';
import { compile } from './compile.js';
import { Answers } from './gift-conditions.js';
import { countedFor } from './goals/index.js';
import type { Goal } from './goals/index.js';
import type { GoalFacts, Person } from './goals/kind.js';
import { reachedIn } from './goals/windows.js';
import { anniversary } from './goals/years.js';
import { ALL_TAKEN, decidedIn, isInVain } from './in-vain.js';
import type { Known, KnownAward } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import { filledAt, Payouts } from './payouts.js';
import { versionAt } from './versions.js';

/** A goal that a person has reached, and since when. */
export interface Award {
  goal: string;
  since: Millis;
}

/** What reaching a goal once gives over time. */
export interface Payout {
  goal: string;
  activity: Activity;
  /** Whether it is reached now; `inVain` = it is, but for nothing: others had had all of it, or a condition fails. */
  stands: boolean;
  inVain: string | null;
}

/** `goal:<member>:<goal>[@<period>]#K`: the K-th time that the member reached it. */
interface GoalPayouts {
  person: string;
  goal: string;
  payouts: Payouts;
}

/** Whose an award is by its key; undefined = it is none. */
export function memberOfAward(key: string): string | undefined {
  return key.startsWith('goal:') ? key.split(':')[1] : undefined;
}

/** What goals have given over time, and what stands of it. */
export class GoalAwards {
  private readonly all = new Map<string, GoalPayouts>();

  of(person: string, goal: string, label: string): Payouts {
    const name = `goal:${person}:${goal}${label === '' ? '' : `@${label}`}`;
    let found = this.all.get(name);
    if (!found) this.all.set(name, (found = { person, goal, payouts: new Payouts(name, person) }));
    return found.payouts;
  }

  /** The periods for which a person was ever given for a goal. */
  labelsOf(person: string, goal: string): string[] {
    const start = `goal:${person}:${goal}`;
    return [...this.all].flatMap(([name, one]) =>
      one.person === person && one.goal === goal ? [name.slice(start.length + 1)] : [],
    );
  }

  merge(from: string, into: string): void {
    for (const [name, { person, goal, payouts }] of [...this.all]) {
      if (person === from) this.of(into, goal, name.slice(`goal:${from}:${goal}`.length + 1)).adopt(payouts);
    }
  }

  /** Every payout that ever was, with its goal. After a merge it is one of whoever was merged away, and stands among the other's. */
  payouts(): Payout[] {
    const every = [...this.all.values()];
    const standing = new Map(
      every.flatMap(({ payouts }) => payouts.live.map((one) => [one, payouts.inVain.get(one) ?? null] as const)),
    );
    return every.flatMap(({ goal, payouts }) =>
      [...payouts.all.values()].map((one) => {
        return { goal, activity: one, stands: standing.has(one), inVain: standing.get(one) ?? null };
      }),
    );
  }

  /** What a person has reached and still has, in the order in which they did; not what they were too late for. */
  standing(person: string): Award[] {
    return [...this.all.values()]
      .filter((one) => one.person === person)
      .flatMap(({ goal, payouts }) =>
        payouts.live.filter((one) => !payouts.inVain.has(one)).map((one) => ({ goal, since: filledAt(one) })),
      )
      .sort((a, b) => a.since - b.since || (a.goal < b.goal ? -1 : 1));
  }
}

/**
 * What reaching goals gives over time, judged at every instant at which something about a person changes, of what stands
 * then: an order that goes takes back what it had reached. How often a goal is reached is asked of the rules in force; a
 * goal that they no longer have is neither reached nor lost.
 */
export function goalAwards(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  facts: GoalFacts,
  now: Millis,
  answers = new Answers(),
): GoalAwards {
  const awards = new GoalAwards();
  if (!known.rules.some(({ rules }) => rules.goals.length > 0)) return awards;
  const turns = decidedIn(known);
  const stirred = stirrings(known, orders, facts, ownership, now);
  for (const at of [...stirred.keys()].sort((a, b) => a - b)) {
    for (const merge of ownership.merges) {
      if (merge.at === at) awards.merge(merge.from, ownership.memberAt(merge.into, at));
    }
    const people = new Set([...(stirred.get(at) ?? [])].map((member) => ownership.memberAt(member, at)));
    for (const person of people)
      settle(awards, personOf(known, ownership, person, at), known, facts, { turns, answers }, at);
  }
  return awards;
}

export function personOf(known: Known, ownership: Ownership, id: string, at: Millis): Person {
  const members = known.members.filter((one) => one.joined <= at && ownership.memberAt(one.id, at) === id);
  return { id, members };
}

export function joinedOf({ members }: Person): Millis {
  return Math.min(...members.map(({ joined }) => joined));
}

function settle(
  awards: GoalAwards,
  person: Person,
  known: Known,
  facts: GoalFacts,
  { turns, answers }: { turns: ReadonlyMap<string, KnownAward>; answers: Answers },
  at: Millis,
): void {
  if (person.members.length === 0) return;
  const compiled = compile(versionAt(known.rules, at).rules);
  const open = at >= compiled.startsAt && at < compiled.earnsUntil;
  for (const goal of compiled.rules.goals) {
    const asked = { when: goal.when, zone: compiled.rules.zone, at, of: { member: person.id } };
    const missed = (of: string): string | null =>
      answers.missed(`${of}@${at}`, asked) ??
      (goal.inAll !== undefined && isInVain(turns.get(of), at) ? ALL_TAKEN : null);
    const counted = countedFor(goal, facts, person, at, compiled.calendar);
    const reached = reachedIn(goal, counted, joinedOf(person), compiled.calendar);
    for (const label of new Set([...reached.keys(), ...awards.labelsOf(person.id, goal.id)])) {
      const payouts = awards.of(person.id, goal.id, label);
      const filled = reached.get(label) ?? 0;
      payouts.fill(open ? filled : Math.min(filled, payouts.live.length), at, goal, compiled, missed);
    }
  }
}

/** Every instant at which somebody may reach or lose a goal, with who that is. */
function stirrings(
  known: Known,
  orders: readonly OrderCase[],
  facts: GoalFacts,
  ownership: Ownership,
  now: Millis,
): Map<Millis, Set<string>> {
  const all = new Map<Millis, Set<string>>();
  const note = (at: Millis, ...members: string[]): void => {
    if (at > now) return;
    const here = all.get(at) ?? new Set();
    for (const member of members) here.add(member);
    all.set(at, here);
  };
  for (const { owner, countsFor, changes } of orders) {
    if (countsFor === null || !owner) continue;
    note(countsFor, owner.member.id);
    for (const at of changes) note(Math.max(at, countsFor), owner.member.id);
  }
  for (const { member, at } of known.visits) note(at, member);
  for (const { deed, counts } of facts.deeds) for (const { at } of counts) note(at, deed.member);
  for (const { activity } of facts.reviews) if (activity) note(activity.earned, activity.member);
  for (const { activities } of facts.referrals)
    for (const one of activities) for (const at of stirsOf(one)) note(at, one.member);
  const everybody = known.members.map(({ id }) => id);
  for (const merge of ownership.merges) note(merge.at, merge.from, merge.into);
  for (const { from } of known.rules) note(from, ...everybody);
  for (const one of known.members) for (const at of anniversariesOf(known, one.joined, now)) note(at, one.id);
  return all;
}

/** By the calendar of each version that counts years. */
function anniversariesOf(known: Known, joined: Millis, now: Millis): Millis[] {
  return known.rules.flatMap(({ rules }) => {
    if (!countsYears(rules.goals)) return [];
    const { calendar } = compile(rules);
    const all: Millis[] = [];
    for (let n = 1; anniversary(joined, n, calendar) <= now; n++) all.push(anniversary(joined, n, calendar));
    return all;
  });
}

export function countsYears(goals: readonly Goal[]): boolean {
  return goals.some(({ counts }) => counts.kind === 'years');
}
