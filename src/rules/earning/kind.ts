import type * as z from 'zod';
import type { Fraction } from '../fraction.js';

/** A line (or the shipping) as an earning rule sees it: what it is worth now, and how many whole items are left. */
export interface EarningLine {
  base: Fraction;
  items: number;
}

/**
 * Exact points of each of the claimed lines, in their order; `factors` stand beside the lines, null = nothing multiplies.
 * Whatever a kind pays, it pays exactly: rounding is done once for the whole order.
 */
export type Claim = (lines: readonly EarningLine[], factors: readonly Fraction[] | null) => Fraction[];

/** What was taken off the shipping, in the program's minor units; null = nothing. */
export type OffShipping = Fraction | 'untold' | null;

/** Whole points that are added once for all the lines that match; nobody's factor multiplies them. */
export type Addition = (lines: readonly EarningLine[], off: OffShipping) => bigint;

interface Shared<Schema extends z.ZodType> {
  schema: Schema;
  /** The figures of the rule's sentence, and which of them are `money` or `points`. */
  figures(rule: z.infer<Schema>): { points: string | number; money?: number };
}

/** A kind whose rules claim lines: one of them per line and unit. */
export interface ClaimingKind<Schema extends z.ZodType> extends Shared<Schema> {
  claims: true;
  prepare(rule: z.infer<Schema>): Claim;
}

/** A kind whose rules add to what the lines give. */
export interface AddingKind<Schema extends z.ZodType> extends Shared<Schema> {
  claims: false;
  prepare(rule: z.infer<Schema>): Addition;
}

export function claimingKind<Schema extends z.ZodType>(
  kind: Omit<ClaimingKind<Schema>, 'claims'>,
): ClaimingKind<Schema> {
  return { ...kind, claims: true };
}

export function addingKind<Schema extends z.ZodType>(kind: Omit<AddingKind<Schema>, 'claims'>): AddingKind<Schema> {
  return { ...kind, claims: false };
}
