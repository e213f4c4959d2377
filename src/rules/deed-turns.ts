import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { before, deedCases, deedKey, turnsOf } from './deed-cases.js';
import type { DeedCase } from './deed-cases.js';
import type { DeedRule } from './deeds/index.js';
import { hasGiftConditions } from './gift-conditions.js';
import { judge } from './judged.js';
import type { Known, KnownDeed } from './known.js';
import { Ownership } from './ownership.js';
import type { ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/** The name of the lock of all turns of a rule; undefined = it has no limits of all together. */
export function turnLocks({ deeds }: ProgramRules): string[] {
  return deeds.filter(({ inAll }) => inAll !== undefined).map(({ id }) => `deed ${id}/`);
}

export interface Turns {
  known: Known;
  /** By key of the deed, the turns that it has now. */
  changed: Map<string, readonly string[]>;
  /** How many more are taken of each limit of all together. */
  more: Map<string, bigint>;
}

/**
 * Gives deeds their turns under limits of all together: first come, so that what was decided stands. A deed has a turn under all
 * of its limits or under none. What its member's own limits no longer leave room for (a merge) gives its turns back first.
 * `granted` = how many were had under each, by everybody.
 */
export function grantTurns(known: Known, now: Millis, granted: ReadonlyMap<string, bigint>): Turns {
  const result: Turns = { known, changed: new Map(), more: new Map() };
  const take = (place: string, n: bigint) => result.more.set(place, (result.more.get(place) ?? 0n) + n);
  for (let next = nextOf(known, now); next; next = nextOf(result.known, now)) {
    const { deed, rule, wants } = next;
    const had = deed.turns ?? [];
    for (const place of had) take(place, -1n);
    const places = wants ? placesOf(known, deed, rule) : [];
    const taken = (place: string) => (granted.get(place) ?? 0n) + (result.more.get(place) ?? 0n);
    const turns = places.every(([place, most]) => taken(place) < BigInt(most)) ? places.map(([place]) => place) : [];
    for (const place of turns) take(place, 1n);
    result.changed.set(deedKey(deed), turns);
    result.known = withTurns(result.known, deed, turns);
  }
  return result;
}

type Ruled = DeedCase & { rule: DeedRule };

/** The deed whose turns are to be decided next: of those that have one in vain, else of those that nobody decided about, the first. */
function nextOf(known: Known, now: Millis): Ruled | undefined {
  if (!known.deeds.some((deed) => deed.at <= now && mayBeDecided(known, deed))) return undefined;
  const all = hasGiftConditions(known.rules)
    ? judge(known, now).deeds
    : deedCases(known, new Ownership(known, now), now);
  const cases = all
    .filter((one): one is Ruled => one.rule !== null && 'inAll' in one.rule && one.rule.inAll !== undefined)
    .sort(before);
  const inVain = cases.find(({ deed, wants }) => !wants && (deed.turns ?? []).length > 0);
  return inVain ?? cases.find(({ deed, wants }) => wants && deed.turns === undefined);
}

/** What was refused stays so: only what has a turn, or was not asked about, is worth judging anybody for. */
function mayBeDecided(known: Known, { at, kind, of, turns }: KnownDeed): boolean {
  if (turns?.length === 0) return false;
  const { deeds } = versionAt(known.rules, at).rules;
  return deeds.some((rule) => rule.kind === kind && rule.id === of && rule.inAll !== undefined);
}

function placesOf(known: Known, { at }: KnownDeed, rule: DeedRule): [place: string, most: number][] {
  return turnsOf('deed', rule, at, compile(versionAt(known.rules, at).rules).calendar);
}

function withTurns(known: Known, deed: KnownDeed, turns: readonly string[]): Known {
  const isIt = (one: KnownDeed) => one.kind === deed.kind && one.id === deed.id;
  return { ...known, deeds: known.deeds.map((one) => (isIt(one) ? { ...one, turns } : one)) };
}
