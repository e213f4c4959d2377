import type { Often } from './beyond.js';
import { deedsWanted, keyOf, placesInAll } from './deeds.js';
import { isCounted } from './gift-turns.js';
import { goalPayouts, TOO_LATE } from './goals.js';
import type { Known } from './known.js';
import { periodOf } from './limits.js';
import { giftsBeside, tierAt } from './order-points.js';
import type { Payout } from './payouts.js';
import { inForce } from './versions.js';

/**
 * docs/decisions/0010: what all members together are given for is first come. After an arrival at t deeds have their turns, then
 * reviews and friends, then goals. `told` = what is known, with what was decided by now: asked again once more is decided.
 */
export function recordTurns(told: () => Known, contested: Contested, t: number): void {
  let known = told();
  if (contested.deeds) while (decideDeed(known, t)) known = told();
  if (contested.gifts) {
    // a review that is refused leaves its member's own room to another one, which is asked then
    const { reviews, referrals } = known;
    for (let more = reviews.size + referrals.size + 1; more > 0 && decideGifts(known, t); more -= 1) known = told();
  }
  if (contested.goals) decide(known, goalsReached(known, t), (of) => of.startsWith('goal:'));
}

/** A deed has a turn under all of the limits or under none, and is decided about once. Gives whether anything was decided. */
function decideDeed(known: Known, t: number): boolean {
  const { turns } = known.recorded;
  const wanted = deedsWanted(known, t, tierAt).filter(({ rule }) => rule.inAll);
  const wants = (key: string): boolean => wanted.some(({ deed }) => keyOf(deed) === key);
  const lost = deedsLimited(known).find((key) => (turns.get(key) ?? []).length > 0 && !wants(key));
  if (lost !== undefined) return Boolean(turns.set(lost, []));
  const next = wanted.find(({ deed }) => !turns.has(keyOf(deed)));
  if (!next) return false;
  const places = placesInAll(next.rule, next.deed.at, next.rules.zone);
  const taken = (place: string): number => [...turns.values()].filter((had) => had.includes(place)).length;
  const isFree = places.every(({ place, most }) => taken(place) < most);
  turns.set(keyOf(next.deed), isFree ? places.map(({ place }) => place) : []);
  return true;
}

const deedsLimited = (known: Known): string[] =>
  [...known.deeds.values()].flatMap((deed) => {
    const rule = inForce(known.versions, deed.at).deeds?.find(({ id, kind }) => id === deed.of && kind === deed.kind);
    return rule?.inAll ? [keyOf(deed)] : [];
  });

interface Reached {
  of: string;
  at: number;
  name: string;
  inAll: Often;
}

function decideGifts(known: Known, t: number): boolean {
  const reached = giftsBeside(known).flatMap((gift): Reached[] => {
    if (!isCounted(gift) || !gift.inAll || gift.counted > t) return [];
    if (gift.wantedAt(t) === 0 || gift.barredAt(t) === 'limit') return [];
    return [{ of: gift.of, at: gift.counted, name: gift.of.split(':')[0] ?? '', inAll: gift.inAll }];
  });
  return decide(known, reached, (of) => !of.startsWith('goal:'));
}

/** A turn is had for as long as it is reached; what was refused stays so; lost and reached again it is asked anew. */
function decide(known: Known, reached: Reached[], isOfKind: (of: string) => boolean): boolean {
  const { awards } = known.recorded;
  const lost = [...awards.keys()].filter((of) => isOfKind(of) && !reached.some((one) => one.of === of));
  for (const of of lost) awards.delete(of);
  let decided = lost.length > 0;
  const sorted = [...reached].sort((a, b) => a.at - b.at || (a.of < b.of ? -1 : 1));
  for (const { of, at, name, inAll } of sorted) {
    const before = awards.get(of);
    if (before && (before.turns.length > 0 || at >= before.at)) continue;
    const { zone } = inForce(known.versions, at);
    const places = Object.entries(inAll).map(([per, most]) => ({
      place: `${name} ${per} ${periodOf({ per: per as keyof Often }, at, zone)}`,
      most,
    }));
    if (places.length === 0) continue;
    const taken = (place: string) => [...awards.values()].filter(({ turns }) => turns.includes(place)).length;
    const isFree = places.every(({ place, most }) => taken(place) < most);
    awards.set(of, { at, turns: isFree ? places.map(({ place }) => place) : [] });
    decided = true;
  }
  return decided;
}

const goalsReached = (known: Known, t: number): Reached[] =>
  goalPayouts(known, t).flatMap(({ id, payouts }) => payouts.flatMap((payout) => reachedNow(known, id, payout)));

function reachedNow(known: Known, id: string, { of, steps }: Payout): Reached[] {
  const last = steps[steps.length - 1];
  const goal = last && inForce(known.versions, last.at).goals?.find((one) => one.id === id);
  const stands = last?.filled === true && (last.why === null || last.why === TOO_LATE);
  return stands && goal?.inAll ? [{ of, at: last.at, name: `goal ${goal.id}`, inAll: goal.inAll }] : [];
}

/** What is first come for all members together but ceilings; null = nothing. */
export interface Contested {
  deeds: boolean;
  gifts: boolean;
  goals: boolean;
}
export function contestedIn(
  programs: { deeds?: Limited[]; goals?: Limited[]; reviews?: Limited; referral?: Limited }[],
): Contested | null {
  const isAny = (all: (Limited | undefined)[]): boolean => all.some((one) => one?.inAll);
  const contested = {
    deeds: isAny(programs.flatMap(({ deeds = [] }) => deeds)),
    gifts: isAny(programs.flatMap(({ reviews, referral }) => [reviews, referral])),
    goals: isAny(programs.flatMap(({ goals = [] }) => goals)),
  };
  return contested.deeds || contested.gifts || contested.goals ? contested : null;
}
interface Limited {
  inAll?: Often | undefined;
}
