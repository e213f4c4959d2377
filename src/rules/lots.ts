import type { Millis } from '../lib/clock.js';
import type { LotState, SpendingState } from './books.js';
import type { Compiled } from './compile.js';
import { cutShort, endOfLot, slides } from './expiry.js';
import type { Expiry } from './program-rules.js';

/** What the moves of a lot's rises are called. */
export type GivingKind = 'earn' | 'adjust' | 'receive';

/** A lot in the making: its state, and what its activity's rules said about it. */
export interface Lot extends LotState {
  cause: string;
  kind: GivingKind;
  compiled: Compiled;
  /** The instant its days count from unless an activity moved it. */
  fresh: Millis;
  expiry: Expiry;
  clawback: 'debt' | 'zero';
  /** Its end has come; `revived` = points came back after it and live their one term of grace. */
  ended: boolean;
  revived: boolean;
  /** The end by its own rules, or of its grace; `ends` is never later than the program's. */
  lasts: Millis | null;
}

/** What is taken, from which lots; `to` = the account that holds it now. */
export interface Spending extends Omit<SpendingState, 'draws' | 'forgiven'> {
  cause: string;
  to: 'held' | 'redeemed' | 'issued';
  draws: { lot: Lot; points: bigint }[];
  forgiven: Map<Lot, bigint>;
}

export interface LotTerms {
  of: string;
  cause: string;
  kind: GivingKind;
  unit: string;
  compiled: Compiled;
  expiry: Expiry;
  earned: Millis;
  usable: Millis;
  fresh: Millis;
  /** When it ends whatever its terms say. */
  lasts?: Millis | null;
}

/**
 * A new, empty lot; `active` = the member's last activity, from which inactivity counts if it is later; `redeemsUntil` = when
 * the program ends by the rules in force.
 */
export function openLot(terms: LotTerms, member: string, active: Millis, redeemsUntil: Millis): Lot {
  const { of, cause, kind, compiled, expiry, unit, earned, usable, fresh } = terms;
  const rules = compiled.rules.units[unit];
  const own = endOfLot(compiled, expiry, slides(expiry) ? Math.max(fresh, active) : fresh);
  const lasts = terms.lasts === undefined ? own : terms.lasts;
  return {
    member,
    unit,
    of,
    cause,
    kind,
    compiled,
    earned,
    usable,
    fresh,
    given: 0n,
    left: 0n,
    lapsed: 0n,
    drawn: 0n,
    matured: false,
    expiry,
    lasts,
    ends: cutShort(lasts, redeemsUntil),
    clawback: rules?.clawback ?? 'debt',
    ended: false,
    revived: false,
  };
}

/** The order of `of` keys (FORMAT 7.1): an order's lot is known by the order's id, a card's by card and number. */
export function bareKey(of: string): string {
  if (of.startsWith('order:')) return of.slice(6);
  return of.startsWith('card:') ? `card:${of.slice(of.indexOf(':', 5) + 1)}` : of;
}

export function byKey(a: string, b: string): number {
  const [left, right] = [bareKey(a), bareKey(b)];
  return left < right || (left === right && a < b) ? -1 : 1;
}

type Dated = Pick<LotState, 'ends' | 'earned' | 'of'>;

/** Soonest end, then oldest, then key (FORMAT 7.3). */
export function drawingOrder(a: Dated, b: Dated): number {
  const ends = (a.ends ?? Infinity) - (b.ends ?? Infinity);
  if (a.ends !== b.ends && ends !== 0) return ends;
  if (a.earned !== b.earned) return a.earned - b.earned;
  return byKey(a.of, b.of);
}

export function forgivenOf(spending: Spending): bigint {
  let sum = 0n;
  for (const part of spending.forgiven.values()) sum += part;
  return sum;
}

/** The oldest first; of one instant redemptions before what is taken by hand, then by key. */
export function bySpending(a: Spending, b: Spending): number {
  const byHand = Number(a.key.startsWith('adjust:')) - Number(b.key.startsWith('adjust:'));
  return a.at - b.at || byHand || (a.key < b.key ? -1 : 1);
}
