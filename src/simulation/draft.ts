import { isDeepStrictEqual } from 'node:util';
import type { Millis } from '../lib/clock.js';
import { compile } from '../rules/compile.js';
import type { Judged } from '../rules/judged.js';
import type { KnownReservation, RuleVersion } from '../rules/known.js';
import type { ProgramRules, RewardRule } from '../rules/program-rules.js';
import { versionAt } from '../rules/versions.js';

/** Rules that nobody published, as if they had been in force from an instant on; null = always. */
export interface Draft {
  rules: ProgramRules;
  since: Millis | null;
}

const ALWAYS = -8e15;

/** The versions as if the draft had been published to begin then: what was in force before stays, what came after never was. */
export function versionsWith(published: readonly RuleVersion[], { rules, since }: Draft): RuleVersion[] {
  if (since === null) return [{ version: 1, from: ALWAYS, rules }];
  // the first version is in force before it begins, too
  const before = published.filter(({ from }, i) => i === 0 || from < since);
  const past = before.map((version) => ({ ...version, from: Math.min(version.from, since - 1) }));
  return [...past, { version: (past.at(-1)?.version ?? 0) + 1, from: since, rules }];
}

/** A redemption that would not have been: its reward is not there, or not for them, or the points would not have been. */
export interface Refusal {
  redemption: string;
  why: 'no-reward' | 'program-ended' | 'tiers' | 'max' | 'min' | 'step' | 'balance';
}

/**
 * The reservations as they would be asked for under these rules: the same reward, at the price that it would have had then,
 * granted if the points would have been there. `published` = by what they were granted; null = by nobody yet. What stands in the
 * way by the published rules as well, seen from today, was granted on what was known at the time and stands. `lacking` = by id,
 * points that were not there, seen from today: no more may be lacking than were.
 */
export function askAnew(
  judged: Judged,
  published: Judged | null,
  since: Millis | null,
  lacking: ReadonlyMap<string, number>,
): { reservations: KnownReservation[]; refused: Refusal[] } {
  const refused: Refusal[] = [];
  const reservations = judged.known.reservations.flatMap((one): KnownReservation[] => {
    if (since !== null && one.at < since) return [one];
    const before = published && rewardAt(published, one);
    const after = rewardAt(judged, one);
    const why = after ? barAt(judged, after, one) : 'no-reward';
    if (why !== null && published && (!before || barAt(published, before, one) !== null)) return [one];
    if (why !== null) refused.push({ redemption: one.id, why });
    if (why !== null || !after) return [];
    const price = isDeepStrictEqual(before, after) ? {} : priceOf(after, one);
    return [{ ...one, unit: after.unit, ...price, asked: lacking.get(one.id) ?? 0 }];
  });
  return { reservations, refused };
}

function rewardAt({ known }: Judged, { reward, at }: KnownReservation): RewardRule | null {
  return versionAt(known.rules, at).rules.rewards.find(({ id }) => id === reward) ?? null;
}

/** What can be told without the cart, which is not kept: minimum carts and shares of them are taken to hold as they did. */
function barAt(judged: Judged, reward: RewardRule, { member, at, points }: KnownReservation): Refusal['why'] | null {
  if (at >= compile(versionAt(judged.known.rules, at).rules).redeemsUntil) return 'program-ended';
  if (reward.tiers) {
    const tier = judged.past.tierAt(judged.ownership.memberAt(member, at), at, at);
    if (tier === null || !reward.tiers.includes(tier)) return 'tiers';
  }
  if (reward.kind !== 'slider') return null;
  if (reward.max !== undefined && points > reward.max) return 'max';
  if (points < Math.max(1, reward.min ?? reward.step)) return 'min';
  return points % reward.step === 0 ? null : 'step';
}

/** A slider is moved as far as it was; what a percentage came to on a cart that is not kept stays. */
function priceOf(reward: RewardRule, { points, off }: KnownReservation): Pick<KnownReservation, 'points' | 'off'> {
  if (reward.kind === 'slider') return { points, off: (points / reward.step) * reward.off };
  return { points: reward.points, off: reward.kind === 'amount-off' ? reward.off : off };
}
