import type { Perk } from '../../rules/perk-rules.js';
import type { Goal } from '../../rules/goals/index.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import { NO_STANDING, type Standing } from '../../rules/standing.js';
import { floor, fraction, parseFraction, times } from '../../rules/fraction.js';
import { type MemberProfile, nextChanges } from '../../loyalty/read-member.js';
import type { Millis } from '../../lib/clock.js';
import { cardView, goalSentence, ladderView } from './progress-view.js';
import type { Spoken } from './spoken.js';
import type { MemberAnswer } from './verbs.js';

export const iso = (at: Millis): string => new Date(at).toISOString();

/** Minor units of the program's money as the API writes them. */
export function moneyOf(rules: ProgramRules, minor: number): { minor: number; currency: string; exponent: number } {
  return { minor, currency: rules.money.code, exponent: rules.money.exponent };
}

/** What whole points are worth, rounded down; null for a unit without a stated value. */
export function worthOf(rules: ProgramRules, unit: string, points: bigint): ReturnType<typeof moneyOf> | null {
  const value = rules.units[unit]?.value;
  if (value === undefined || value === '0' || value === 0) return null;
  return moneyOf(rules, Number(floor(times(fraction(points), parseFraction(value)))));
}

/** The answer for somebody who is not (yet) a member: nothing, of every unit. */
export function strangerView(spoken: Spoken, customer: string | null): MemberAnswer {
  const { rules } = spoken;
  const empty = { available: '0', pending: '0', held: '0', debt: '0', worth: null, nextToEnd: null, nextUsable: null };
  return {
    member: null,
    customer,
    balances: Object.fromEntries(Object.keys(rules.units).map((unit) => [unit, empty])),
    ...standingView(spoken, NO_STANDING),
    donated: null,
  };
}

/** A member's balances and what becomes of them next. `link` makes a shareable address of a referral code. */
export function memberView(
  spoken: Spoken,
  profile: MemberProfile,
  customer: string,
  link: (code: string) => string,
  now: Millis,
  donated: string | null = null,
): MemberAnswer {
  const { rules } = spoken;
  return {
    member: {
      id: profile.publicId,
      joined: iso(profile.joined),
      referralCode: profile.referralCode,
      referralLink: link(profile.referralCode),
    },
    customer,
    balances: Object.fromEntries(Object.keys(rules.units).map((unit) => [unit, unitView(rules, profile, unit, now)])),
    ...standingView(spoken, profile.standing),
    donated,
  };
}

function standingView(
  spoken: Spoken,
  standing: Standing,
): Pick<MemberAnswer, 'tier' | 'ladder' | 'stamps' | 'membership' | 'perks' | 'goals' | 'badges'> {
  const { rules, nameOf } = spoken;
  const { tier, stamps, membership, perks, goals, badges } = standing;
  return {
    tier,
    ladder: ladderView(spoken, standing),
    stamps: Object.fromEntries(rules.stamps.map((card) => [card.id, cardView(spoken, card, stamps[card.id])])),
    membership: membership && { until: iso(membership.until) },
    perks: perks.map((perk) => perkView(rules, perk)),
    goals: rules.goals.map((goal) => ({
      ...goalView(goal, goals[goal.id], nameOf('rule', goal.id)),
      sentence: goalSentence(spoken, goal, goals[goal.id]),
    })),
    badges: badges.map((badge) => ({ ...badge, since: iso(badge.since) })),
  };
}

function goalView(
  goal: Goal,
  standing: Standing['goals'][string] | undefined,
  named: string | null,
): Omit<MemberAnswer['goals'][number], 'sentence'> {
  const { id, counts, within, needs, gives, unit, badge = null } = goal;
  const [reached, ends] = [standing?.reached ?? null, standing?.ends ?? null];
  return {
    id,
    name: named ?? goal.name ?? id,
    counts: within.kind === 'streak' ? `${within.period}s` : counts.kind,
    have: (standing?.have ?? 0n).toString(),
    needs: needs.toString(),
    gives: { unit, points: gives.toString() },
    badge,
    times: standing?.times ?? 0,
    reached: reached === null ? null : iso(reached),
    ends: ends === null ? null : iso(ends),
  };
}

function perkView(rules: ProgramRules, perk: Perk): MemberAnswer['perks'][number] {
  const minCart = perk.kind !== 'access' && perk.minCart !== undefined ? moneyOf(rules, perk.minCart) : null;
  return {
    kind: perk.kind,
    minCart,
    percent: perk.kind === 'percent' ? percentOf(perk.percent) : null,
    access: perk.kind === 'access' ? { id: perk.id, hours: perk.hours ?? null } : null,
  };
}

/** For showing; what is computed with stays an exact fraction. */
export function percentOf(text: string | number): number {
  const { n, d } = parseFraction(text);
  return Number(n) / Number(d);
}

/** What is still in their books of units that the program has no more; those with nothing in them are left out. */
export function formerBalances(rules: ProgramRules, profile: MemberProfile, now: Millis): MemberAnswer['balances'] {
  const former = [...profile.balances.values()].filter(
    ({ unit, available, pending, held, debt }) =>
      !Object.hasOwn(rules.units, unit) && [available, pending, held, debt].some((points) => points !== 0n),
  );
  return Object.fromEntries(former.map(({ unit }) => [unit, unitView(rules, profile, unit, now)]));
}

function unitView(
  rules: ProgramRules,
  profile: MemberProfile,
  unit: string,
  now: Millis,
): MemberAnswer['balances'][string] {
  const balance = profile.balances.get(unit);
  const { ends, usable } = nextChanges(profile.lots, unit, now);
  const available = balance?.available ?? 0n;
  const next = (change: typeof ends) => change && { points: change.points.toString(), at: iso(change.at) };
  return {
    available: available.toString(),
    pending: (balance?.pending ?? 0n).toString(),
    held: (balance?.held ?? 0n).toString(),
    debt: (-(balance?.debt ?? 0n)).toString(),
    worth: worthOf(rules, unit, available),
    nextToEnd: next(ends),
    nextUsable: next(usable),
  };
}
