import type { DeedRule, Often } from './beyond.js';
import { instantOf } from './calendar.js';
import { type LevelAt, missedBy } from './gift-conditions.js';
import type { Gift } from './gift.js';
import { periodOf } from './limits.js';
import type { Deed, Known } from './known.js';
import { whoIs } from './known.js';
import type { Rules } from './versions.js';
import { inForce, isRunning } from './versions.js';

/** A deed that its rule may give for: docs/decisions/0010. */
interface Judged {
  deed: Deed;
  rule: DeedRule;
  rules: Rules;
}

function judgedOf(known: Known, deed: Deed, levelAt: LevelAt): Judged | null {
  const rules = inForce(known.versions, deed.at);
  const rule = (rules.deeds ?? []).find(({ id, kind }) => id === deed.of && kind === deed.kind);
  const joined = known.members.get(deed.member)?.joined ?? Infinity;
  if (!rule || deed.at < joined || !isRunning(rules, deed.at)) return null;
  if (rule.kind === 'social' && rule.on !== true) return null;
  if (rule.from && deed.at < instantOf(rule.from, rules.zone)) return null;
  if (rule.to && deed.at >= instantOf(rule.to, rules.zone)) return null;
  const asked = { when: rule.when, zone: rules.zone, member: deed.member, at: deed.at };
  return missedBy(known, asked, levelAt) === null ? { deed, rule, rules } : null;
}

/** Some kinds are given for once, unless they say otherwise. */
function limitsOf({
  kind,
  limits: { points: _, ...limits } = {},
}: DeedRule): [per: 'day' | 'week' | 'month' | 'year' | 'lifetime', most: number][] {
  const once = kind === 'survey' || kind === 'social' || (kind === 'check-in' && Object.keys(limits).length === 0);
  const yearly = kind === 'own-day' && Object.keys(limits).length === 0;
  const all = once ? { lifetime: 1, ...limits } : yearly ? { year: 1 } : limits;
  return Object.entries(all) as ReturnType<typeof limitsOf>;
}

const inOrder = (a: Judged, b: Judged): number => a.deed.at - b.deed.at || (a.deed.id < b.deed.id ? -1 : 1);

export const keyOf = ({ kind, id }: Pick<Deed, 'kind' | 'id'>): string => `${kind}:${id}`;

/** The limits of all together that a deed of a rule falls under. */
export const placesInAll = (
  { id, inAll = {} }: Pick<DeedRule, 'id' | 'inAll'>,
  at: number,
  zone: string,
): { place: string; most: number }[] =>
  (Object.entries(inAll) as [keyof Often, number][]).map(([per, most]) => ({
    place: `${id} ${per} ${periodOf({ per }, at, zone)}`,
    most,
  }));

/** Others had had all that is given for it, when it was decided (docs/decisions/0010). */
function isTooLate(known: Known, { deed, rule, rules }: Judged): boolean {
  const turns = known.recorded.turns.get(keyOf(deed));
  return turns !== undefined && !placesInAll(rule, deed.at, rules.zone).every(({ place }) => turns.includes(place));
}

/**
 * The deeds that would count as of t, were it not for others: of one person and rule the earliest, as many as their limits leave room
 * for. What others had had all of takes no room.
 */
export function deedsWanted(known: Known, t: number, levelAt: LevelAt): Judged[] {
  const all = [...known.deeds.values()].flatMap((deed) => (deed.at <= t ? (judgedOf(known, deed, levelAt) ?? []) : []));
  const used = new Map<string, number>();
  return all.sort(inOrder).filter((one) => {
    const { deed, rule, rules } = one;
    const places = limitsOf(rule).map(([per, most]) => {
      const period = periodOf({ per }, deed.at, rules.zone);
      return { place: `${whoIs(known, deed.member, t)} ${rule.id} ${per} ${period}`, most };
    });
    const hasRoom = places.every(({ place, most }) => (used.get(place) ?? 0) < most);
    if (hasRoom && !isTooLate(known, one)) for (const { place } of places) used.set(place, (used.get(place) ?? 0) + 1);
    return hasRoom;
  });
}

/** The deeds that count as of t. */
export const deedsCounting = (known: Known, t: number, levelAt: LevelAt): Judged[] =>
  deedsWanted(known, t, levelAt).filter((one) => !isTooLate(known, one));

export const deedGifts = (known: Known, levelAt: LevelAt): Gift[] =>
  [...known.deeds.values()].flatMap((deed): Gift[] => {
    const rules = inForce(known.versions, deed.at);
    const rule = (rules.deeds ?? []).find(({ id, kind }) => id === deed.of && kind === deed.kind);
    if (!rule || (rule.gives ?? 0) === 0) return [];
    const counts = (t: number) => deedsCounting(known, t, levelAt).some((other) => other.deed === deed);
    return [
      {
        of: keyOf(deed),
        unit: rule.unit ?? 'points',
        member: deed.member,
        counted: deed.at,
        changes: [deed.at, ...known.merges.map((merge) => merge.at).filter((at) => at > deed.at)],
        amountAt: (t) => (t >= deed.at && counts(t) ? (rule.gives ?? 0) : 0),
        datedAt: () => ({ counted: deed.at, usable: deed.at, rules }),
      },
    ];
  });

/** Whether somebody had chosen a local day under a rule, strictly before an instant. */
export const chosenBefore =
  (known: Known, member: string, instant: number, levelAt: LevelAt) =>
  (rule: string, day: string): boolean =>
    deedsCounting(known, instant - 1, levelAt).some(
      ({ deed }) =>
        deed.of === rule && deed.chosen === day && whoIs(known, deed.member, instant) === whoIs(known, member, instant),
    );
