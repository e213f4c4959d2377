import type { Millis } from '../lib/clock.js';
import type { MemberBooks } from './books.js';
import { compile } from './compile.js';
import { goalsOf } from './goal-standing.js';
import type { Judged } from './judged.js';
import { type LevelChange, levelChanges } from './level-changes.js';
import { perksHeld } from './openings.js';
import { perksHolding } from './perk-conditions.js';
import type { ProgramRules } from './program-rules.js';
import { cardAt } from './stamps.js';
import type { Climb } from './tier-windows.js';
import { versionAt } from './versions.js';

/** What a member is to a program beside points: the level of the tiers, stamps on cards, a paid membership. */
export type Standing = InBooks & {
  /** How far it is on the way up the tiers; null without tiers. */
  climb: Climb | null;
  /** Every change of the level, oldest first. */
  levels: LevelChange[];
};
type InBooks = Pick<MemberBooks, 'tier' | 'stamps' | 'membership' | 'perks' | 'goals' | 'badges'>;

/** Of a program that asks for none of it, and of everybody who is no member. */
export const NO_STANDING: Standing = {
  tier: null,
  climb: null,
  levels: [],
  stamps: {},
  membership: null,
  perks: [],
  goals: {},
  badges: [],
};

/** Whether the rules give members any standing: else nothing of their past need be read to know it. */
export function givesStanding({ tiers, stamps, membership, goals }: ProgramRules): boolean {
  return tiers !== undefined || membership !== undefined || stamps.length > 0 || goals.length > 0;
}

/** A member's standing as of the judgement's instant, by the rules in force then (FORMAT 8). */
export function standingOf(judged: Judged, member: string): InBooks {
  const { known, past, now } = judged;
  const { rules } = versionAt(known.rules, now);
  const tier = past.tierAt(member, now, now);
  const membership = termOf(past.membershipAt(member, now, now));
  const stamps = stampsOf(rules, { past, now }, member);
  const held = perksHeld(rules, tier, membership !== null);
  const perks = perksHolding(held, rules.zone, past, member, now);
  return { tier, stamps, membership, perks, ...goalsOf(judged, member) };
}

/** The same with the way up and what became of the level, which the books do not keep. */
export const standingNow = (judged: Judged, member: string): Standing => ({
  ...standingOf(judged, member),
  climb: judged.past.climbAt(member, judged.now),
  levels: levelChanges(judged, member),
});

function stampsOf(
  rules: ProgramRules,
  { past, now }: Pick<Judged, 'past' | 'now'>,
  member: string,
): Standing['stamps'] {
  if (rules.stamps.length === 0) return {};
  const compiled = compile(rules);
  const [orders, visits] = [past.ordersOf(member, now), past.visitsOf(member, now)];
  return Object.fromEntries(
    rules.stamps.map((card) => {
      const { stamps, filled } = cardAt(card, compiled, orders, visits, now);
      return [card.id, { stamps, filled }];
    }),
  );
}

const termOf = (until: Millis | null): Standing['membership'] => (until === null ? null : { until });
