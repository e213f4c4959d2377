import * as z from 'zod';
import { historyAnswer, memberAnswer } from '../storefront/schemas.js';
import { errorAnswer, listedMember } from './people-schemas.js';

export { errorAnswer, listedMember };

const points = z.string().regex(/^-?\d+$/);
const instant = z.iso.datetime();
const locale = z.enum(['en', 'nl', 'nb', 'pl']).default('en');
const { balances, tier, ladder, stamps, goals } = memberAnswer.shape;

export const personParams = z.strictObject({ id: z.uuid() });
export const personQuery = z.strictObject({
  at: instant.optional().meta({ description: 'as it was at that instant' }),
  locale,
});
export const personAnswer = z.strictObject({
  ...listedMember,
  ...{ tier, ladder, stamps, goals },
  balances: balances.meta({ description: 'by unit; of units that the program has no more, those that hold something' }),
  lots: z
    .array(
      z.strictObject({
        unit: z.string(),
        of: z.string().meta({ description: 'what gave it: order:1/1042, join:7' }),
        given: points,
        left: points,
        earned: instant,
        usable: instant,
        ends: instant.nullable(),
      }),
    )
    .meta({ description: 'what has something left, in the order in which it is used; in the past, as it stood' }),
  parts: z
    .array(z.strictObject({ unit: z.string(), cause: z.string(), kind: z.string(), points }))
    .meta({ description: 'by unit they add up to available + pending - owed' }),
  at: instant.nullable().meta({ description: 'null = now' }),
});

export const personHistoryQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  locale,
});
export const personHistoryAnswer = historyAnswer;

export const whyQuery = z.strictObject({
  order: z.string().trim().min(1).max(100).meta({ description: 'its number, or a day as 2026-11-22' }),
  locale,
});
export const whyAnswer = z.strictObject({
  answers: z.array(
    z.strictObject({
      order: z.string(),
      at: instant,
      gives: z.record(z.string(), points),
      reason: z.string().nullable().meta({ description: 'why nothing, where it gave nothing' }),
      version: z.int().nullable().meta({ description: 'of the rules that decided' }),
      verdicts: z.array(
        z.strictObject({
          rule: z.string(),
          verdict: z.enum(['applied', 'not-met', 'excluded']),
          sentence: z.string(),
          unit: z.string().nullable(),
          exact: z.string().nullable().meta({ description: 'before rounding, as a fraction' }),
        }),
      ),
    }),
  ),
});

export const blockRequest = z.strictObject({
  blocked: z.boolean(),
  reason: z.string().trim().min(1).max(500),
});
export const exportAnswer = z
  .record(z.string(), z.unknown())
  .meta({ description: 'all that is held of them: who they are, and every row that is theirs, by what it is' });
export const heldAnswer = z.strictObject({
  person: z.boolean().meta({ description: 'whether anything of a name or an address is known' }),
  customers: z.int(),
  orders: z.int(),
  answers: z.int(),
  redemptions: z.int(),
  lines: z.int().meta({ description: 'of the books: they stay, without a name' }),
});
export const eraseQuery = z.strictObject({ code: z.string().min(1).max(40) });
