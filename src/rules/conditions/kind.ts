import type { OrderLine } from '../../commerce/order.js';
import type { Calendar } from '../calendar.js';
import type { Fraction } from '../fraction.js';
import type { KnownOrder } from '../known.js';
import type { Remains } from '../remains.js';
import type { When, Where } from '../rule-parts.js';
import type { Pins } from './pins.js';

/** What a condition on an order may look at. */
export interface Asked {
  order: KnownOrder;
  pins: Pins;
  /** From the order's minor units to the program's. */
  scale: Fraction;
  remains: Remains;
  /** The base that counts of what remains, in the rule's own reading. */
  base: Fraction;
}

export type Holds = (asked: Asked) => boolean;

/**
 * What a condition asks of a member: only what some rule asks for is ever worked out. All but `joined` is their past, which only
 * the replay of all that is known of them tells.
 */
export type Need =
  'balance' | 'birthday' | 'early' | 'joined' | 'membership' | 'nth' | 'orders' | 'own-day' | 'referral';

/** One word of `when`. */
export interface WhenKind<Wanted> {
  /** The name under which it is missed, where it is not its own. */
  missed?: string;
  needs?: Need;
  prepare(wanted: Wanted, calendar: Calendar): Holds;
}

export type WhenWord = Exclude<keyof When, 'zone'>;
export type WhenKinds<Words extends WhenWord = WhenWord> = { [Word in Words]-?: WhenKind<NonNullable<When[Word]>> };

/** What of a line a condition may need beside the line itself. */
export interface LineAt {
  /** Items left of it. */
  items: number;
  scale: Fraction;
}

export type LineTest = (line: OrderLine, at: LineAt) => boolean;

/** One word of `where`. */
export interface WhereKind<Wanted> {
  /** True when no order says it: it comes from the store's products. */
  ofProduct?: true;
  prepare(wanted: Wanted): LineTest;
}

export type WhereWord = keyof Where;
export type WhereKinds = { [Word in WhereWord]-?: WhereKind<NonNullable<Where[Word]>> };
