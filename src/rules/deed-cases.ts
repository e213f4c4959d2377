import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity } from './activities.js';
import type { Calendar } from './calendar.js';
import { civilOf } from './calendar.js';
import { compile } from './compile.js';
import { deedBar } from './deeds/index.js';
import type { DeedRule } from './deeds/index.js';
import type { Limits } from './deeds/kind.js';
import { Answers } from './gift-conditions.js';
import type { Known, KnownDeed } from './known.js';
import { placeRule } from './leaderboards.js';
import type { PlaceRule } from './leaderboards.js';
import type { Ownership } from './ownership.js';
import { versionAt } from './versions.js';

/** A deed with what it gives over time, and why it gives nothing. */
export interface DeedCase {
  deed: KnownDeed;
  version: number;
  rule: DeedRule | PlaceRule | null;
  /** Why it gives nothing whatever else happens; null = it competes for the room under its limits. */
  barred: string | null;
  /** The condition that fails, where that is why. */
  missed: string | null;
  /** Whether its member's own limits leave room for it by now: then it competes for a turn under those of all together. */
  wants: boolean;
  /** Whether it is within its limits from an instant on; ascending, each differs from the one before. */
  counts: { at: Millis; holds: boolean }[];
  activity: Activity | null;
}

export const deedKey = ({ kind, id }: Pick<KnownDeed, 'kind' | 'id'>): string => `${kind}:${id}`;

export function countsAt({ counts }: DeedCase, at: Millis): boolean {
  return counts.findLast((step) => step.at <= at)?.holds ?? false;
}

/**
 * Everything that members did beside ordering. Of a person's deeds under one rule the earliest are given for, as many as the
 * limits of their day, week, month, year and life leave room for; after a merge those of both are one person's.
 */
export function deedCases(known: Known, ownership: Ownership, now: Millis, answers = new Answers()): DeedCase[] {
  const cases = known.deeds.filter(({ at }) => at <= now).map((deed) => caseOf(known, deed, answers));
  const byRule = new Map<string, DeedCase[]>();
  for (const one of cases) {
    if (one.barred !== null || !one.rule) continue;
    const name = `${one.rule.kind}:${one.rule.id}`;
    byRule.set(name, [...(byRule.get(name) ?? []), one]);
  }
  for (const list of byRule.values()) limit(list.sort(before), known, ownership);
  for (const one of cases) if (one.counts.length > 0) one.activity = activityOf(one, known);
  return cases;
}

function caseOf(known: Known, deed: KnownDeed, answers: Answers): DeedCase {
  const { version, rules } = versionAt(known.rules, deed.at);
  const rule =
    deed.kind === 'place'
      ? placeRule(rules, deed.of)
      : (rules.deeds.find(({ id, kind }) => id === deed.of && kind === deed.kind) ?? null);
  const bar = barOf(known, deed, rule);
  const when = rule && 'when' in rule ? rule.when : undefined;
  const asked = { when, zone: rules.zone, at: deed.at, of: { member: deed.member } };
  const missed = bar === null ? answers.missed(deedKey(deed), asked) : null;
  const barred = missed === null ? bar : 'condition';
  return { deed, version, rule, barred, missed, wants: false, counts: [], activity: null };
}

function barOf(known: Known, { member, at }: KnownDeed, rule: DeedCase['rule']): string | null {
  const joined = known.members.find(({ id }) => id === member)?.joined ?? Infinity;
  const { startsAt, earnsUntil, calendar } = compile(versionAt(known.rules, at).rules);
  if (at < joined) return 'before-joining';
  if (!rule) return 'no-rule';
  if (at < startsAt) return 'before-start';
  if (at >= earnsUntil) return 'program-ended';
  return rule.kind === 'place' ? null : deedBar(rule, at, calendar);
}

/** Who did it first; of one instant by id. */
export function before({ deed: a }: DeedCase, { deed: b }: DeedCase): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** What is done later never takes the room of what was done before: only merges change what has been settled. */
function limit(sorted: readonly DeedCase[], known: Known, ownership: Ownership): void {
  const merges = ownership.merges.map((merge) => merge.at);
  for (const at of [...new Set([...sorted.map(({ deed }) => deed.at), ...merges])].sort((a, b) => a - b)) {
    const used = new Map<string, number>();
    for (const one of sorted) {
      const { deed, rule, counts } = one;
      if (deed.at > at || !rule) continue;
      const { calendar } = compile(versionAt(known.rules, deed.at).rules);
      const person = ownership.memberAt(deed.member, at);
      const places = placesOf(rule.limits, deed.at, calendar).map(
        ([place, most]) => [`${person} ${place}`, most] as const,
      );
      one.wants = places.every(([place, most]) => (used.get(place) ?? 0) < most);
      const holds = one.wants && hasTurn(deed, rule, calendar);
      if (holds) for (const [place] of places) used.set(place, (used.get(place) ?? 0) + 1);
      if (holds !== (counts.at(-1)?.holds ?? false)) counts.push({ at, holds });
    }
  }
}

/** What of a rule turns rest on. */
interface Shared {
  id: string;
  inAll?: Limits | undefined;
}

function hasTurn({ at, turns }: KnownDeed, rule: Shared, calendar: Calendar): boolean {
  return turns === undefined || turnsOf('deed', rule, at, calendar).every(([place]) => turns.includes(place));
}

/** By their names, the limits of all members together that a deed or goal of a rule falls under then, each with how often in all. */
export function turnsOf(
  kind: 'deed' | 'goal' | 'gift',
  { id, inAll }: Shared,
  at: Millis,
  calendar: Calendar,
): [place: string, most: number][] {
  return placesOf(inAll ?? {}, at, calendar).map(([place, most]) => [`${kind} ${id}/${place}`, most]);
}

/** The local periods that a deed falls into, each with how many of it there may be. */
function placesOf(limits: Limits, at: Millis, calendar: Calendar): [place: string, most: number][] {
  const day = calendar.dayOf(at);
  const { year, month } = civilOf(day);
  const names = {
    day: `day ${day}`,
    week: `week ${Math.floor((day + 3) / 7)}`,
    month: `month ${year}-${month}`,
    year: `year ${year}`,
    lifetime: 'ever',
  };
  return (Object.keys(names) as (keyof typeof names)[]).flatMap((period): [string, number][] => {
    const most = limits[period];
    return most === undefined ? [] : [[names[period], most]];
  });
}

function activityOf({ deed, rule, counts }: DeedCase, known: Known): Activity | null {
  if (!rule || rule.gives === 0) return null;
  const compiled = compile(versionAt(known.rules, deed.at).rules);
  const steps = counts.map(({ at, holds }) => ({ at, target: holds ? BigInt(rule.gives) : 0n }));
  return activity(deedKey(deed), deed.member, rule.unit, compiled, steps);
}
