import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { turnsOf } from './deed-cases.js';
import { ALL_TAKEN, memberOfAward } from './goal-awards.js';
import type { Goal } from './goals/index.js';
import { judge } from './judged.js';
import type { Known, KnownAward } from './known.js';
import { filledAt } from './payouts.js';
import type { ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/** The names of the locks of all turns of goals that have limits of all together. */
export function goalLocks({ goals }: ProgramRules): string[] {
  return goals.filter(({ inAll }) => inAll !== undefined).map(({ id }) => `goal ${id}/`);
}

export interface GoalTurns {
  known: Known;
  /** What is decided now, by the name of the award; null = nothing any more. */
  changed: Map<string, KnownAward | null>;
  /** How many more are taken of each limit of all together. */
  more: Map<string, bigint>;
}

/**
 * Gives those who reached a goal their turns under limits of all together: first come, so that what was decided stands for as
 * long as it is reached. What is no longer reached gives its turns back first; reached again it is asked anew. A day, week,
 * month and year are those in which it was reached. Only for members of the `family`: of others not all is known. `granted` =
 * how many were had under each, by everybody.
 */
export function grantGoalTurns(
  known: Known,
  now: Millis,
  family: ReadonlySet<string>,
  granted: ReadonlyMap<string, bigint>,
): GoalTurns {
  const result: GoalTurns = { known, changed: new Map(), more: new Map() };
  if (!known.rules.some(({ rules }) => goalLocks(rules).length > 0)) return result;
  const take = (place: string, n: bigint) => result.more.set(place, (result.more.get(place) ?? 0n) + n);
  const decided = new Map(known.awards?.map((one) => [one.of, one]));
  const standing = reachedBy(known, now, family);
  for (const [of, one] of decided) {
    if (standing.has(of) || !family.has(memberOfAward(of) ?? '')) continue;
    for (const place of one.turns) take(place, -1n);
    result.changed.set(of, null);
  }
  for (const [of, { at, goal }] of standing) {
    const before = decided.get(of);
    if (before && (before.turns.length > 0 || at >= before.at)) continue;
    const places = turnsOf('goal', goal, at, compile(versionAt(known.rules, at).rules).calendar);
    if (places.length === 0) continue;
    const taken = (place: string) => (granted.get(place) ?? 0n) + (result.more.get(place) ?? 0n);
    const free = places.every(([place, most]) => taken(place) < BigInt(most));
    const turns = free ? places.map(([place]) => place) : [];
    for (const place of turns) take(place, 1n);
    result.changed.set(of, { of, at, turns });
  }
  const awards = [...new Map<string, KnownAward | null>([...decided, ...result.changed]).values()];
  result.known = { ...known, awards: awards.filter((one) => one !== null) };
  return result;
}

/** What members of a family have reached that is limited so, whoever was first first; of one instant by name. */
function reachedBy(known: Known, now: Millis, family: ReadonlySet<string>): Map<string, { at: Millis; goal: Goal }> {
  const all = judge(known, now)
    .goals.payouts()
    .flatMap(({ goal: id, activity, stands, inVain }) => {
      const at = filledAt(activity);
      const goal = versionAt(known.rules, at).rules.goals.find((one) => one.id === id);
      if (
        !stands ||
        (inVain ?? ALL_TAKEN) !== ALL_TAKEN ||
        !goal?.inAll ||
        !family.has(memberOfAward(activity.of) ?? '')
      )
        return [];
      return [{ of: activity.of, at, goal }];
    });
  all.sort((a, b) => a.at - b.at || (a.of < b.of ? -1 : 1));
  return new Map(all.map((one) => [one.of, one]));
}
