import type { Millis } from '../lib/clock.js';
import type { Known, KnownAward } from './known.js';

/** Of what was done or reached for nothing because others had had all that is given for it; else a condition's name says why. */
export const ALL_TAKEN = 'all-taken';

/** Whether the limits of all together were used up when it was reached; who reached it sooner than was known has yet to be asked. */
export function isInVain(decided: KnownAward | undefined, at: Millis): boolean {
  return decided !== undefined && decided.turns.length === 0 && at >= decided.at;
}

/** What was decided of goals, reviews and friends under limits of all together, by its name. */
export function decidedIn({ awards }: Known): Map<string, KnownAward> {
  return new Map(awards?.map((one) => [one.of, one]));
}
