import type { Opening } from './beyond.js';
import { instantOf } from './calendar.js';
import type { Before } from './conditions.js';
import { chosenBefore } from './deeds.js';
import type { LevelAt } from './gift-conditions.js';
import type { Known } from './known.js';
import { membershipAt } from './membership.js';
import { inForce, type Rules } from './versions.js';

const HOUR = 60 * 60_000;

/** What of a member's past their level and their deeds answer, as of strictly before an instant. */
export const askedBefore = (
  known: Known,
  member: string,
  instant: number,
  levelAt: LevelAt,
): Pick<Before, 'hasChosen' | 'early'> => ({
  hasChosen: chosenBefore(known, member, instant, levelAt),
  early: (access) => {
    const rules = inForce(known.versions, instant);
    const hours = hoursEarlier(known, rules, access, member, instant, levelAt);
    return (rules.openings ?? [])
      .filter((one) => one.access === access)
      .map((one) => ({ ...windowOf(one, rules, hours), where: one.where }));
  },
});

/** docs/decisions/0015: by the level and the membership held; of several the earliest holds. */
function hoursEarlier(
  known: Known,
  rules: Rules,
  access: string,
  member: string,
  instant: number,
  levelAt: LevelAt,
): number {
  const level = levelAt(known, member, instant, instant - 1)?.id;
  const ofLevel = rules.tiers?.levels.find(({ id }) => id === level)?.perks ?? [];
  const isPaid = membershipAt(known, member, instant, instant - 1) !== null;
  const perks = [...ofLevel, ...(isPaid ? (rules.membership?.perks ?? []) : [])];
  return Math.max(0, ...perks.map((perk) => (perk.kind === 'access' && perk.id === access ? (perk.hours ?? 0) : 0)));
}

function windowOf({ opens }: Opening, { zone }: Rules, hours: number): { from: number; opens: number } {
  const everybody = instantOf(opens, zone);
  return { from: everybody - hours * HOUR, opens: everybody };
}
