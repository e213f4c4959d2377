import type { Millis } from '../../lib/clock.js';
import type { EarlyWindow } from '../openings.js';
import type { LineTest } from './kind.js';

/** What of a member's past is pinned to an order at its moment (FORMAT 5.2, 5.3). */
export interface Pins {
  moment: Millis;
  /** The level held just before the moment; null when the program has no tiers. */
  tier: string | null;
  membership: boolean;
  /** 1 = the first order that counted. */
  nth: number;
  /** When the member joined; null = never. */
  joined: Millis | null;
  past: PinnedPast;
}

/** The rest of it, worked out when a condition asks: all of what had happened strictly before the order's moment. */
export interface PinnedPast {
  /** When the member's order before this one was placed; null = there was none. */
  lastOrder(): Millis | null;
  /** In how many earlier orders, with their moment from `since` on, a line that passes was bought and kept. */
  bought(passes: LineTest | null, since: Millis): number;
  /** Whether another member brought them. */
  referred(): boolean;
  /** What they could use of a unit. */
  balance(unit: string): bigint;
  /** The birthday that they had told by then, MM-DD; null = none. */
  birthday(): string | null;
  /** Whether they had chosen this local day (2027-03-05) by then, under a rule. */
  ownDay(rule: string, day: string): boolean;
  /** When their standing lets them buy what opens under this access. */
  early(access: string): readonly EarlyWindow[];
}

/** Of somebody of whom nothing is known. */
export const NO_PAST: PinnedPast = {
  lastOrder: () => null,
  bought: () => 0,
  referred: () => false,
  balance: () => 0n,
  birthday: () => null,
  ownDay: () => false,
  early: () => [],
};

/** The pins of an order whose member has no past, or whose rules do not ask for it. */
export function plainPins(moment: Millis, joined: Millis | null): Pins {
  return { moment, tier: null, membership: false, nth: 1, joined, past: NO_PAST };
}
