import { z } from 'zod';
import { parseInstant } from '../src/lib/instant.js';

/** Takes out what no database text may hold: NUL goes, half a surrogate pair becomes the replacement character. */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '') : whole;
}

/** Text that is kept: cleaned and cut to `most` characters. */
export function text(most = 200) {
  return z.string().transform((raw) => cleanText(raw).slice(0, most));
}

/** Text where empty means absent. */
export function textOrNull(most = 200) {
  return text(most)
    .nullish()
    .transform((value) => (value === undefined || value === null || value.trim() === '' ? null : value));
}

const ID = /^\d{1,20}$/;

/** A platform's id, as text. Those above 2^53 arrive as text already (open-body.ts). */
export const id = z.unknown().transform((raw, context): string => {
  if (typeof raw === 'string' ? ID.test(raw) : Number.isSafeInteger(raw) && (raw as number) >= 0) return String(raw);
  return refused(context, 'not an id');
});

const DECIMAL = /^-?\d{1,15}(\.\d{1,12})?$/;

/**
 * A decimal amount as text. Numbers are taken where a platform writes them (Shopify's refund lines); never in exponent form.
 * One step instead of a union, a transformation and a pipe: an order has dozens of amounts.
 */
export const amount = z.unknown().transform((raw, context): string => {
  const written = typeof raw === 'number' ? String(raw) : raw;
  return typeof written === 'string' && DECIMAL.test(written) ? written : refused(context, 'not a decimal amount');
});

/** The same where an empty text stands for nothing (WooCommerce taxes). */
export const amountOrZero = z
  .union([z.literal('').transform(() => '0'), amount])
  .nullish()
  .transform((value) => value ?? '0');

/** An instant with its offset (Shopify). */
export const instant = z.string().transform((raw, context) => orIssue(parseInstant(raw), context));

/** A `date_*_gmt` of WooCommerce: UTC without saying so. */
export const gmt = z.string().transform((raw, context) => orIssue(parseInstant(raw, 'Z'), context));

function orIssue(at: number | null, context: z.RefinementCtx): number {
  return at ?? refused(context, 'not an instant');
}

function refused(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** Things for people and rules; goods sold by weight are one item. */
export const quantity = z
  .number()
  .nonnegative()
  .max(1_000_000)
  .transform((count) => (Number.isInteger(count) ? count : 1));
