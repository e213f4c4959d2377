import { isDeepStrictEqual } from 'node:util';
import type { Millis } from '../lib/clock.js';
import type { RuleVersion } from './known.js';
import type { ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/** By these something happens to a member without any activity of theirs. */
const BY_ITSELF = ['zone', 'units', 'tiers', 'stamps', 'goals', 'membership', 'birthday', 'ends'] as const;

/**
 * Whether a publication changes what members have although nothing else happens: cards are counted anew, birthdays are
 * given, points live as long as the program. What activities give is judged by the version of their own moment.
 */
export function changesByItself(before: ProgramRules, after: ProgramRules): boolean {
  return BY_ITSELF.some((key) => !isDeepStrictEqual(before[key], after[key]));
}

/** The next instant after `now` at which a version comes into force that bears on all members; null = none is published. */
export function nextPublication(versions: readonly RuleVersion[], now: Millis): Millis | null {
  const coming = versions.filter(({ from }) => {
    return from > now && changesByItself(versionAt(versions, from - 1).rules, versionAt(versions, from).rules);
  });
  return coming.length === 0 ? null : Math.min(...coming.map(({ from }) => from));
}
