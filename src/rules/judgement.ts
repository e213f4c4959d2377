import type { Because } from './books.js';
import type { Pins } from './conditions/index.js';
import type { Fraction } from './fraction.js';
import type { KnownOrder } from './known.js';
import type { Room } from './rule-limits.js';

/** What an order's lines give at an instant, before anybody asks whether the order stands. */
export interface Judgement {
  gives: Record<string, bigint>;
  lines: Record<string, Record<string, bigint>>;
  extra: Record<string, bigint>;
  missed: { id: string; why: string }[];
  /** Of promotions with a ceiling: the part that was granted, and all that they would have given. */
  promotions: Record<string, bigint>;
  gains: Record<string, bigint>;
  /** By unit, of `gives` what rules gave whose points have an end of their own. */
  apart: Record<string, Record<string, bigint>>;
  /** Whole points of rules and promotions that have limits, as their limits count them. */
  used: Record<string, bigint>;
  /** The program's base that is left, and the exact points before rounding, all units together. */
  base: Fraction;
  some: boolean;
  because: Because[];
}

/** What one order is judged with. `grants` null = ceilings do not bind (the whole gain is granted). */
export interface Facts {
  order: KnownOrder;
  pins: Pins;
  scale: Fraction;
  grants: Readonly<Record<string, number>> | null;
  /** What the member's earlier orders leave of the rules' limits. */
  room: Room;
}
