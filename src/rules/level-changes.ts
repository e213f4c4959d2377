import type { Millis } from '../lib/clock.js';
import { isDoneAt, stirsOf as stirsOfGift, targetAt } from './activities.js';
import type { Calendar } from './calendar.js';
import { compile } from './compile.js';
import { yearlyDay } from './expiry.js';
import { floor, ZERO } from './fraction.js';
import type { Judged } from './judged.js';
import { reviewAt, reviewFrom } from './level-reviews.js';
import { joinsOf } from './ownership.js';
import type { Tiers } from './program-rules.js';
import { isYearly, newYearOf } from './tiers.js';
import { versionAt } from './versions.js';

/**
 * Why a level changed: enough was `reached`; something was given back (`returned`); what counted no longer does, because its
 * year or window is over and the grace with it (`over`); it was no longer earned, and the review came at which levels fall
 * (`reviewed`); two became one (`merged`); other rules came into force (`rules`).
 */
export type LevelReason = 'reached' | 'returned' | 'over' | 'reviewed' | 'merged' | 'rules';

export interface LevelChange {
  at: Millis;
  /** Ids of levels; null = no levels were there. */
  from: string | null;
  to: string | null;
  why: LevelReason;
  /** The activity that lifted or lowered it, `order:<id>`; null where none did. */
  of: string | null;
  /** What counted towards the levels once it had changed. */
  sum: bigint;
  /** What entering the higher, or keeping the lost one, asks for; null where rules changed. */
  asks: number | null;
}

/** A level that was no longer earned from an instant on, and was kept by grace: until it falls, or is earned again before. */
export interface LevelGrace {
  at: Millis;
  level: string;
  until: Millis;
}

/** What became of a member's level since joining. */
export interface LevelHistory {
  joined: Millis;
  /** The level on joining; null = there were none. */
  first: string | null;
  changes: LevelChange[];
  graces: LevelGrace[];
  /** The level held now is kept by grace until then; null = it is earned, or no rules give grace. */
  falls: Millis | null;
}

/** Something at which a level may change, and which activity it is of. */
interface Stir {
  at: Millis;
  kind: 'counts' | 'changes' | 'merge' | 'rules' | 'time';
  of: string | null;
}

/**
 * Every change of a member's level until now, as it was when it happened: of what stood then, by the rules in force. Oldest
 * first; none without levels.
 */
export const levelChanges = (judged: Judged, member: string): LevelChange[] => levelHistory(judged, member).changes;

/** The same with the level it began with, and every grace that began. */
export function levelHistory(judged: Judged, member: string): LevelHistory {
  const { known, past, now } = judged;
  const joined = known.members.find(({ id }) => id === member)?.joined ?? now;
  const stirs = stirsOf(judged, member, joined);
  const changes: LevelChange[] = [];
  // whoever joins stands on the first level, whatever counts from that instant on
  const first = compile(versionAt(known.rules, joined).rules).rules.tiers?.levels[0]?.id ?? null;
  const mayGrace = known.rules.some(({ rules: { tiers } }) => tiers && (tiers.graceDays > 0 || tiers.downgradeEach));
  const graces: LevelGrace[] = [];
  let level = first;
  let falls: Millis | null = null;
  const instants = stirs.map((stir) => stir.at).filter((at) => at <= now);
  for (const at of [...new Set(instants)].sort((a, b) => a - b)) {
    const to = past.tierAt(member, at, at);
    if (to !== level) changes.push(changeAt(judged, member, at, level, to, stirs));
    level = to;
    if (!mayGrace || level === null) continue;
    const until = past.climbAt(member, at)?.falls ?? null;
    if (until !== null && until !== falls && until > at) graces.push({ at, level, until });
    falls = until;
  }
  return { joined, first, changes, graces, falls };
}

function changeAt(
  { known, past }: Judged,
  member: string,
  at: Millis,
  from: string | null,
  to: string | null,
  stirs: readonly Stir[],
): LevelChange {
  const { rules, calendar } = compile(versionAt(known.rules, at).rules);
  const levels = rules.tiers?.levels ?? [];
  const place = (id: string | null): number => levels.findIndex((one) => one.id === id);
  const up = place(to) > place(from);
  const here = stirs.filter((stir) => stir.at === at);
  const of = (...kinds: Stir['kind'][]) => here.find(({ kind }) => kinds.includes(kind));
  const lost = levels[place(from)];
  const cause = up ? of('rules', 'merge', 'counts', 'changes') : of('rules', 'merge', 'changes');
  const waited = !up && rules.tiers?.downgradeEach !== undefined;
  const why = cause?.kind === 'rules' ? 'rules' : waited ? 'reviewed' : cause?.kind === 'merge' ? 'merged' : null;
  const over = !up && (why === 'reviewed' || (why === null && !cause));
  const ended = over ? finished(rules.tiers, calendar, at) : at;
  // at a review in the midst of a year its sum so far is told
  const counted = why === 'reviewed' && (past.climbAt(member, ended)?.ends ?? 0) > at ? at : ended;
  return {
    ...{ at, from, to, of: why === 'reviewed' ? null : (cause?.of ?? null) },
    why: why ?? (up ? 'reached' : over ? 'over' : 'returned'),
    sum: floor(past.climbAt(member, counted)?.sum ?? ZERO),
    asks: why === 'rules' ? null : up ? (levels[place(to)]?.enter ?? null) : (lost?.keep ?? lost?.enter ?? null),
  };
}

/** Of a year that is over what counted in it, of a rolling window what is left. */
function finished(tiers: Tiers | undefined, calendar: Calendar, at: Millis): Millis {
  return tiers && isYearly(tiers.window) ? calendar.addDays(at, -tiers.graceDays) - 1 : at;
}

/** All instants since joining at which the level may change; those of time alone follow from what counted and when. */
function stirsOf(judged: Judged, member: string, joined: Millis): Stir[] {
  const { known, ownership, now } = judged;
  const births = joinsOf(known, ownership.groupAt(member, now));
  const facts = factsOf(judged, member).filter(
    ({ at, kind }) => (kind === 'rules' ? at > joined : at >= joined) && at <= now,
  );
  const times = known.rules.flatMap(({ rules }) =>
    rules.tiers
      ? timesOf(rules.tiers, compile(rules).calendar, births, [joined, ...facts.map(({ at }) => at)], now)
      : [],
  );
  return [...facts, ...times.filter((at) => at > joined).map((at): Stir => ({ at, kind: 'time', of: null }))];
}

/** What happened to the member that may bear on the level. */
function factsOf({ known, ownership, past, now }: Judged, member: string): Stir[] {
  const stirs: Stir[] = [
    ...known.rules.map(({ from }): Stir => ({ at: from, kind: 'rules', of: null })),
    ...ownership.merges.map(({ at }): Stir => ({ at, kind: 'merge', of: null })),
    ...past.visitsOf(member, now).map((at): Stir => ({ at, kind: 'counts', of: null })),
  ];
  for (const { order, countsFor, changes } of past.ordersOf(member, now)) {
    const of = `order:${order.id}`;
    if (countsFor !== null) stirs.push({ at: countsFor, kind: 'counts', of });
    for (const at of changes) if (at !== countsFor) stirs.push({ at, kind: 'changes', of });
  }
  const group = ownership.groupAt(member, now);
  for (const one of past.others) {
    if (!group.has(one.member)) continue;
    for (const at of stirsOfGift(one)) {
      const rises = targetAt(one, at) > targetAt(one, at - 1) || (isDoneAt(one, at) && !isDoneAt(one, at - 1));
      stirs.push({ at, kind: rises ? 'counts' : 'changes', of: one.of });
    }
  }
  return stirs;
}

/** When what counted may stop to count, and when the graces that begin then are over. */
function timesOf(
  { window, graceDays, levels, downgradeEach: each }: Tiers,
  calendar: Calendar,
  joined: readonly Millis[],
  counted: readonly Millis[],
  now: Millis,
): Millis[] {
  const ends = new Set<Millis>();
  if (window.kind === 'rolling') for (const at of counted) ends.add(calendar.addDays(at, window.days));
  if (isYearly(window)) {
    const last = calendar.yearOf(now) + 1;
    for (const newYear of new Set(joined.map((at) => newYearOf(window, calendar, at)))) {
      for (let year = calendar.yearOf(Math.min(now, ...counted)); year <= last; year++) {
        ends.add(calendar.startOf(yearlyDay(newYear, year)));
      }
    }
  }
  if (each !== undefined) {
    for (let at = reviewFrom(calendar, each, Math.min(...counted)); at <= now; at = reviewAt(calendar, each, at, 1)) {
      ends.add(at);
    }
  }
  if (graceDays === 0 || each !== undefined) return [...ends];
  // a grace may begin when something is given back, too; each further step down needs its own
  const begins = [...ends, ...counted];
  const steps = levels.map((_, i) => i);
  return begins.flatMap((at) => steps.map((i) => calendar.addDays(at, i * graceDays)));
}
