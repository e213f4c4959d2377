import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { floor } from './fraction.js';
import { joinedOf, personOf } from './goal-awards.js';
import { countedFor } from './goals/index.js';
import { progressIn } from './goals/windows.js';
import type { Judged } from './judged.js';
import { versionAt } from './versions.js';

/** How far a member is with a goal. */
export interface GoalStanding {
  /** What counts now towards reaching it (next), of what is needed: pieces, minor units, or periods of a streak. */
  have: bigint;
  needs: number;
  /** How often it was reached, and since when it was (for the last time); null = never. */
  times: number;
  reached: Millis | null;
  /** By when what is missing must be done; null = there is time. */
  ends: Millis | null;
}

/** A badge that a member wears: by which goal, and since when. */
export interface Badge {
  goal: string;
  name: string;
  since: Millis;
}

/** By the rules in force at the judgement's instant. */
export function goalsOf(judged: Judged, member: string): { goals: Record<string, GoalStanding>; badges: Badge[] } {
  const { known, ownership, now, goals: awards } = judged;
  const { rules, calendar } = compile(versionAt(known.rules, now).rules);
  const person = personOf(known, ownership, member, now);
  if (rules.goals.length === 0 || person.members.length === 0) return { goals: {}, badges: [] };
  const standing = awards.standing(member);
  const goals: Record<string, GoalStanding> = {};
  const badges: Badge[] = [];
  for (const goal of rules.goals) {
    const counted = countedFor(goal, judged, person, now, calendar);
    const { have, ends } = progressIn(goal, counted, joinedOf(person), now, calendar);
    const mine = standing.filter((award) => award.goal === goal.id);
    const [first, last] = [mine[0], mine.at(-1)];
    goals[goal.id] = { have: floor(have), needs: goal.needs, times: mine.length, reached: last?.since ?? null, ends };
    if (goal.badge !== undefined && first) badges.push({ goal: goal.id, name: goal.badge, since: first.since });
  }
  return { goals, badges };
}
