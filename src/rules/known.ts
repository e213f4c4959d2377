import type { Millis } from '../lib/clock.js';
import type { DeedKindName } from './deeds/index.js';
import type { Minor, OrderSnapshot } from '../commerce/order.js';
import type { ProgramRules } from './program-rules.js';

/**
 * Everything that is known about a closed group of members by some instant: the input of `replay`. It holds for every
 * order and every non-order activity only the newest state; arrival order matters nowhere, except in what was recorded
 * when it was decided first come (granted reservations, granted parts of ceilings).
 * Member ids and activity ids are opaque strings. E-mail and phone are opaque tokens that are equal exactly when
 * mailbox (letter case and +tag ignored) or phone are the same.
 */
export interface Known {
  rules: RuleVersion[];
  members: KnownMember[];
  links: { member: string; customer: string; at: Millis }[];
  claims: { order: string; member: string; at: Millis }[];
  merges: { from: string; into: string; at: Millis }[];
  orders: KnownOrder[];
  reviews: KnownReview[];
  referrals: KnownReferral[];
  reservations: KnownReservation[];
  adjustments: KnownAdjustment[];
  visits: { member: string; at: Millis }[];
  deeds: KnownDeed[];
  /** Memberships that were bought for somebody else, as far as they were accepted; absent = none. */
  gifts?: KnownGift[];
  /** What was decided of goals under limits of all together; absent = nothing. */
  awards?: KnownAward[];
  /** Points that members sent to others, and points that came that way; absent = none. */
  sent?: KnownSent[];
  received?: KnownReceived[];
  /** Who was in whose household when; absent = nobody in any. */
  households?: KnownHousehold[];
}

/** In force from `from` until the next version's `from`; the first also before. Ascending. */
export interface RuleVersion {
  version: number;
  from: Millis;
  rules: ProgramRules;
}

export interface KnownMember {
  id: string;
  joined: Millis;
  mailbox: string | null;
  phone: string | null;
  /** Every day (MM-DD) that was ever told, with the instant from which it was known; ascending. The newest one holds; null = none. */
  birthdays: { monthDay: string | null; known: Millis }[];
  /** Came with an import: whoever welcomed them elsewhere is not followed by a second welcome. Absent = joined here. */
  brought?: true;
}

/** `id` is unique in the program (`<store>/<order>`), `customer` likewise (`<store>/<customer>`). */
export interface KnownOrder extends Omit<OrderSnapshot, 'name' | 'email' | 'phone' | 'codes' | 'referral' | 'giftTo'> {
  store: string;
  mailbox: string | null;
  phone: string | null;
  redemptions: { id: string; off: Minor }[];
  /** The codes of the shop's own that it carries, in upper case; absent = none. */
  coupons?: string[];
  /** Parts of ceilings granted first come, by promotion, in points (FORMAT 10.2). */
  grants: Record<string, number>;
}

export interface KnownReview {
  id: string;
  at: Millis;
  written: Millis;
  product: string;
  customer: string;
  status: 'pending' | 'approved' | 'spam' | 'removed';
  photo: boolean;
}

export interface KnownReferral {
  id: string;
  at: Millis;
  advocate: string;
  customer: string;
  /** It was found to be a self-referral, and then what showed it was erased with the person. */
  self?: boolean;
}

/**
 * Recorded when it was made and never judged again; only granted ones are here, or those `asked` for. `released` = when it was
 * let go.
 */
export interface KnownReservation {
  id: string;
  member: string;
  at: Millis;
  reward: string;
  unit: string;
  points: number;
  off: Minor;
  released: Millis | null;
  /** From when its points are used without any order: they became money in the platform's own purse. */
  given?: Millis;
  /** False while its code might still be used: until then a cancelled order gives nothing back (it could revive the code). */
  returnable?: boolean;
  /**
   * Only asked for: granted if at its instant no more than this many of its points are lacking; else it never was, and orders that
   * carry it used nothing.
   */
  asked?: number;
}

/**
 * What `order` bought of the membership is `member`'s from `at`, when they accepted it or the shop gave it to them. `starts` = the
 * local day on which its term begins, where one was named; else it begins when it was accepted.
 */
export interface KnownGift {
  order: string;
  member: string;
  at: Millis;
  starts?: string;
}

export interface KnownAdjustment {
  id: string;
  member: string;
  at: Millis;
  unit: string;
  amount: number;
  reason: string;
  /** The last local day on which what is given can be used; absent = as its unit has it. */
  ends?: string;
  /** From when it is taken back as if it had never been; absent = it stands. */
  undone?: Millis;
}

/**
 * Points that a member sent to another. Recorded when it was done and never judged again, like a reservation: what turns out
 * later to have been too much is owed by whoever sent it. `id` is the same on both sides; neither side asks for the other.
 */
export interface KnownSent {
  id: string;
  member: string;
  at: Millis;
  unit: string;
  points: number;
}

/** What came of it: each part ends when it would have ended with whoever sent it; null = never. Ascending, no two alike. */
export interface KnownReceived {
  id: string;
  member: string;
  at: Millis;
  unit: string;
  parts: readonly { points: number; ends: Millis | null }[];
}

/** `member` shared the household of `head` from one instant until another; null = still. At any instant one is in one at most. */
export interface KnownHousehold {
  member: string;
  head: string;
  from: Millis;
  until: Millis | null;
}

/** Something that a member did beside ordering (src/rules/deeds). `id` is unique within its kind; `of` = the id of its rule. */
export interface KnownDeed {
  /** `place` = a place of a leaderboard: its rule is the leaderboard's (src/rules/leaderboards.ts). */
  kind: DeedKindName | 'place';
  id: string;
  of: string;
  member: string;
  at: Millis;
  /** Of a day of one's own: the local day that was chosen, 2027-03-05. */
  day?: string;
  /** The limits of all together under which it has its turn, by name (src/rules/deed-turns.ts); absent = nobody decided about it. */
  turns?: readonly string[];
}

/** Whether a goal that was reached, a review or a friend under limits of all together has its turn (src/rules/goal-turns.ts), recorded when it was decided. */
export interface KnownAward {
  /** `goal:<member>:<goal>[@<period>]#K`, `review:<id>`, `referral:<id>`. */
  of: string;
  /** Whose it is, where the name does not say it. */
  member?: string;
  /** When it had been reached, as it was known then. */
  at: Millis;
  /** The limits under which it has its turn, by name; none = they were used up. */
  turns: readonly string[];
}
