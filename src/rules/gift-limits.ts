import type { Millis } from '../lib/clock.js';
import type { Activity, Step } from './activities.js';
import type { Calendar } from './calendar.js';
import type { Limits } from './deeds/kind.js';
import type { Ownership } from './ownership.js';
import { periodOf } from './rule-limits.js';

/** A gift of which a person has so many within a period at most: a review, a friend who was brought. */
export interface LimitedGift {
  activity: Activity;
  /** Whose period it is of; of one person's gifts the earlier have the room. */
  at: Millis;
  limits: Limits | undefined;
  /** All that is given for it to everybody together had been had: it is in vain, and takes no room. */
  inVain: boolean;
  calendar: Calendar;
}

interface Kept {
  beyond: Set<Activity>;
  tooLate: Set<Activity>;
}
const nothingKept = (): Kept => ({ beyond: new Set(), tooLate: new Set() });

const PERIODS = ['day', 'week', 'month', 'year', 'lifetime'] as const satisfies (keyof Limits)[];

/**
 * Takes from gifts of one kind what is beyond the limits: at every instant the first of each person are given, as many as there is
 * room for, whatever became of others by then. After a merge those of both are one person's.
 *
 * @returns those that would be given now, were it not for the person's limits (`beyond`), or for those of all (`tooLate`)
 */
export function keepWithin(gifts: readonly LimitedGift[], ownership: Ownership): Kept {
  if (!gifts.some(({ limits, inVain }) => limits !== undefined || inVain)) return nothingKept();
  const sorted = [...gifts].sort((a, b) => a.at - b.at || (a.activity.of < b.activity.of ? -1 : 1));
  const asked = new Map(sorted.map(({ activity }) => [activity, activity.steps]));
  const merges = ownership.merges.map((merge) => merge.at);
  const instants = [...asked.values()].flatMap((steps) => steps.map(({ at }) => at));
  for (const { activity } of sorted) activity.steps = [];
  let kept = nothingKept();
  for (const at of [...new Set([...instants, ...merges])].sort((a, b) => a - b)) {
    kept = keepAt(at, sorted, asked, ownership);
  }
  return kept;
}

function keepAt(
  at: Millis,
  sorted: readonly LimitedGift[],
  asked: ReadonlyMap<Activity, readonly Step[]>,
  ownership: Ownership,
): Kept {
  const { beyond, tooLate } = nothingKept();
  const used = new Map<string, number>();
  for (const { activity, at: when, limits, calendar, inVain } of sorted) {
    const wanted = asked.get(activity)?.findLast((step) => step.at <= at)?.target ?? 0n;
    const person = ownership.memberAt(activity.member, at);
    const places = PERIODS.map((per) => [`${person} ${per} ${periodOf(per, calendar, when)}`, limits?.[per]] as const);
    const room = places.every(([place, most]) => most === undefined || (used.get(place) ?? 0) < most);
    if (wanted > 0n && room && !inVain) for (const [place] of places) used.set(place, (used.get(place) ?? 0) + 1);
    if (wanted > 0n && !room) beyond.add(activity);
    if (wanted > 0n && room && inVain) tooLate.add(activity);
    const target = room && !inVain ? wanted : 0n;
    if (target !== (activity.steps.at(-1)?.target ?? 0n)) activity.steps.push({ at, target });
  }
  return { beyond, tooLate };
}
