import { Calendar } from '../calendar.js';
import type { When } from '../rule-parts.js';
import type { Asked, Need, WhenKind, WhenKinds, WhenWord } from './kind.js';
import { MEMBER, PAST } from './member.js';
import { ORDER } from './order.js';
import { REMAINING } from './remaining.js';
import { TIME } from './time.js';

export type { Asked, LineAt, LineTest, Need } from './kind.js';
export { asksOfProduct, prepareWhere, whereWords } from './line.js';
export { NO_PAST, plainPins } from './pins.js';
export type { PinnedPast, Pins } from './pins.js';

/** Every condition on an order, in the order in which they are asked. A new one is its word in rule-parts.ts and its line here. */
const WHEN: WhenKinds = { ...TIME, ...ORDER, ...MEMBER, ...PAST, ...REMAINING };

export const whenWords = Object.keys(WHEN) as WhenWord[];

/** What each is called when it fails; at last what is not asked of the order: a pause, a limit that is used up. */
export const missedNames = [
  ...new Set(whenWords.map((word) => WHEN[word].missed ?? word)),
  ...['where', 'paused', 'limit', 'shared-limit'],
];

/** Null = every condition holds; otherwise the first that fails, by its name. */
export type Check = (asked: Asked) => string | null;

/** The conditions of a rule made ready; null = it has none. */
export function prepareWhen(when: When | undefined, zone: string): Check | null {
  if (!when) return null;
  const calendar = Calendar.of(when.zone ?? zone);
  const checks = whenWords.flatMap((word) => {
    const wanted = when[word];
    const { missed, prepare } = WHEN[word] as WhenKind<unknown>;
    return wanted === undefined ? [] : [{ missed: missed ?? word, holds: prepare(wanted, calendar) }];
  });
  if (checks.length === 0) return null;
  return (asked) => {
    for (const { missed, holds } of checks) if (!holds(asked)) return missed;
    return null;
  };
}

/** What of a member's past these conditions ask for. */
export function needsOfWhen(when: When | undefined): Need[] {
  return whenWords.flatMap((word) => (when?.[word] === undefined ? [] : (WHEN[word].needs ?? [])));
}
