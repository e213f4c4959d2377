import type { Millis } from '../lib/clock.js';
import type { MemberBooks } from './books.js';
import { compile } from './compile.js';
import type { Judged } from './judged.js';
import type { ProgramRules } from './program-rules.js';
import { stampsAt } from './stamps.js';
import { versionAt } from './versions.js';

/** What a member is to a program beside points: the level of the tiers, stamps on cards, a paid membership. */
export type Standing = Pick<MemberBooks, 'tier' | 'stamps' | 'membership'>;

/** Of a program that asks for none of it, and of everybody who is no member. */
export const NO_STANDING: Standing = { tier: null, stamps: {}, membership: null };

/** Whether the rules give members any standing: else nothing of their past need be read to know it. */
export function givesStanding({ tiers, stamps, membership }: ProgramRules): boolean {
  return tiers !== undefined || membership !== undefined || stamps.length > 0;
}

/** A member's standing as of the judgement's instant, by the rules in force then (FORMAT 8). */
export function standingOf({ known, past, now }: Judged, member: string): Standing {
  const { rules } = versionAt(known.rules, now);
  return {
    tier: past.tierAt(member, now, now),
    stamps: stampsOf(rules, { past, now }, member),
    membership: termOf(past.membershipAt(member, now, now)),
  };
}

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
      const all = stampsAt(card, compiled, orders, visits, now);
      return [card.id, { stamps: all % card.needs, filled: Math.floor(all / card.needs) }];
    }),
  );
}

const termOf = (until: Millis | null): Standing['membership'] => (until === null ? null : { until });
