import type { Millis } from '../lib/clock.js';
import type { Badge, GoalStanding } from './goal-standing.js';
import type { Move } from './moves.js';
import type { Perk } from './perk-rules.js';

/** A lot as it stands. given = left + lapsed + drawn, always. `ends` null = never. */
export interface LotState {
  member: string;
  unit: string;
  /** Key of the activity that gave it (FORMAT 7.1): `order:...`, `join:...`, `review:...`, ... */
  of: string;
  given: bigint;
  left: bigint;
  lapsed: bigint;
  drawn: bigint;
  earned: Millis;
  usable: Millis;
  ends: Millis | null;
  /** What is left can be used (until it ends); false = still pending. */
  matured: boolean;
}

export interface UnitBooks {
  available: bigint;
  pending: bigint;
  held: bigint;
  debt: bigint;
  /** Usable lots in drawing order, then pending ones by usable; only those with something left. */
  lots: LotState[];
}

export interface MemberBooks {
  units: Record<string, UnitBooks>;
  tier: string | null;
  stamps: Record<string, { stamps: number; filled: number }>;
  membership: { until: Millis } | null;
  /** What the level and the membership bring beside points now. */
  perks: Perk[];
  /** By goal, how far the member is. */
  goals: Record<string, GoalStanding>;
  badges: Badge[];
  /** The next instant at which a replay is needed without a new fact (a window closes, an order counts, a debt is paid); null = never. */
  due: Millis | null;
}

/** What was taken out of an account, and what stands behind it. taken = drawn + owed + forgiven, always. */
export interface SpendingState {
  /** `redemption:<id>`, `redemption:<id>@<order>` when an order used it again, `adjust:<id>`. */
  key: string;
  member: string;
  unit: string;
  at: Millis;
  taken: bigint;
  owed: bigint;
  forgiven: bigint;
  /** What stands by lot, in the order in which each was first drawn. */
  draws: { of: string; points: bigint }[];
}

export type RedemptionState = 'held' | 'captured' | 'released' | 'returned' | 'refused';

export interface RedemptionBooks {
  state: RedemptionState;
  points: bigint;
  off: number;
  draws: { of: string; points: bigint }[];
}

/** One step of the reasoning behind a figure: which rule, on what, the exact fraction, what it came to. */
export interface Because {
  rule: string;
  /** An earning kind, or `promotion` (a factor), `addition` (points of a promotion), `tier`. */
  kind: string;
  unit: string;
  /** Exact points before rounding, as a fraction: "143/100". */
  exact: string;
  /** Named figures of the arithmetic, e.g. { base: 1430, points: "1", per: 100, factor: "2" }. */
  figures: Record<string, string | number>;
  line?: string;
}

/** What an activity gave, or why it gave nothing; exactly one per activity. */
export interface Decision {
  reason: string;
  /** Whole points by unit, net as of now; units that gave nothing are absent. */
  gives: Record<string, bigint>;
  version: number;
  /** Points by unit allocated to lines by largest remainder, and what belongs to no line. */
  lines: Record<string, Record<string, bigint>>;
  extra: Record<string, bigint>;
  /** Every rule and promotion that did not apply, with the first condition that failed. */
  missed: { id: string; why: string }[];
  promotions: Record<string, bigint>;
  because: Because[];
  /** The head of the household for which it was earned; absent = for nobody but its member. */
  household?: string;
}

/** The state at an instant of a replay of all that is known. */
export interface Books {
  members: Record<string, MemberBooks>;
  /** By activity key: `order:<id>`, `review:<id>`, `referral:<id>`, `join:<member>`. */
  decisions: Record<string, Decision>;
  redemptions: Record<string, RedemptionBooks>;
  /** Every lot that ever was, also empty ones. */
  lots: LotState[];
  spendings: SpendingState[];
  moves: Move[];
}
